import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { dryRun, optionsField, simplify, updateOptions } from '../../shared/actions/fields';
import type { InputItem, Operation } from '../../shared/actions/operation';
import { InputError } from '../../shared/protocol/errors';
import type { Locator } from '../../shared/protocol/locator';
import { recordId } from '../../shared/text/recordId';
import { namedValues, somethingNamed } from '../../shared/writing/namedValues';
import { updateReport } from '../../shared/writing/update';
import type { PrestaShopRecord } from '../api/records';
import type { PrestaShopShop } from '../api/reads';
import { textsByLanguage } from '../languages/texts';
import { shopLanguages } from '../languages/shopLanguages';
import { otherFields } from '../writing/fields';
import { creator, plainDifferences, plainValues, updater } from '../writing/batches';
import { deleter } from '../writing/deleteBatch';
import { toWire } from '../writing/fieldRules';
import { updateRecord } from '../writing/update';
import { writeProfileOf } from '../writing/writeProfiles';
import { locatorOf, recordNamed, viewed } from './readOnlyResources';
import type { SimpleRead } from './readOnlyResources';

/** How records of a resource are written; what is read of them is in the {@link SimpleRead}. */
export interface SimpleWrite {
	read: SimpleRead;
	/** Singular of the resource, for request bodies. */
	node: string;
	/** Fields that a new record must have, as parameters of their own. */
	required: readonly INodeProperties[];
	/** Further fields, by the names the shop uses. */
	optional: readonly INodeProperties[];
	/** Texts that exist once per language: a plain text stands for every language. */
	translated?: readonly string[];
	/** What is sent unless something else is named. */
	defaults?: Readonly<Record<string, string>>;
	/** What a new record is recognised by after an unclear answer. */
	recognisedBy: readonly string[];
	/** A record with texts in several languages is changed by itself, others by the hundred. */
	isPlain: boolean;
	/**
	 * Checks values that the shop would take without a word, and looks things up. `before` is the record
	 * that is changed.
	 */
	check?(
		shop: PrestaShopShop,
		values: Readonly<Record<string, unknown>>,
		before: PrestaShopRecord | undefined,
	): Promise<Record<string, unknown>>;
	/** What users should know before they create one. */
	note?: string;
	/** Rights that the checks need besides. */
	needs?: readonly string[];
	uses?: readonly string[];
	/** The name of "Create", where that would promise too much. */
	createName?: { name: string; action: string; description: string };
}

type Values = Readonly<Record<string, unknown>>;

function collection(
	displayName: string,
	name: string,
	options: readonly INodeProperties[],
): INodeProperties {
	return {
		displayName,
		name,
		type: 'collection',
		placeholder: 'Add field',
		default: {},
		options: [...options].sort((a, b) => a.displayName.localeCompare(b.displayName)),
	};
}

function languageRights({ translated = [] }: SimpleWrite): string[] {
	return translated.length > 0 ? ['languages GET'] : [];
}

/** Creates records of a resource; those of all input items share requests. */
export function createOne(spec: SimpleWrite): Operation<PrestaShopRecord> {
	const { read, createName } = spec;
	const create = creator({ resource: read.path, node: spec.node }, spec.recognisedBy);
	return {
		value: 'create',
		name: createName?.name ?? 'Create',
		action: createName?.action ?? `Create ${read.one}`,
		description:
			createName?.description ??
			`Create ${read.one}; those of many input items share requests${spec.note === undefined ? '' : `. ${spec.note}`}`,
		needs: [
			`${read.path} GET`,
			`${read.path} POST`,
			...languageRights(spec),
			...(spec.needs ?? []),
		],
		uses: [...(read.timed ? ['configurations GET'] : []), ...(spec.uses ?? [])],
		items: 'together',
		fields: [
			...spec.required,
			collection('Additional Fields', 'additionalFields', spec.optional),
			otherFields,
			simplify,
			optionsField([dryRun]),
		],
		run: async (shop, values, item) => {
			const own = Object.fromEntries(spec.required.map(({ name }) => [name, values[name]]));
			const given = namedValues(
				{ ...own, ...(values.additionalFields as Values) },
				{ label: 'Additional Fields', otherFields: String(values.otherFields) },
			);
			const named = { ...spec.defaults, ...given };
			const checked = spec.check ? await spec.check(shop, named, undefined) : named;
			const record = await newRecord(shop, spec, checked);
			if ((values.options as Values).dryRun === true) {
				return { dryRun: true, would: 'create', record: record as IDataObject, reason: 'dry run' };
			}
			const made = await item.together(create, record);
			const [shown] = await viewed(shop, read, [made], values);
			return { ...shown, created: true };
		},
	};
}

/** The values in the shop's form. */
async function newRecord(
	shop: PrestaShopShop,
	{ read, translated = [] }: SimpleWrite,
	values: Values,
): Promise<PrestaShopRecord> {
	const { rules, refused, associations } = writeProfileOf(read.path);
	const record: PrestaShopRecord = {};
	for (const [name, value] of Object.entries(values)) {
		const why = refused[name];
		if (why !== undefined) throw new InputError(`"${name}" cannot be set.`, why);
		if (name === 'id') throw new InputError('"id" cannot be given.', 'The shop sets it by itself.');
		if (name === 'associations') {
			record.associations = rowsOf(value, associations);
		} else if (translated.includes(name)) {
			record[name] = await inLanguages(shop, name, value);
		} else {
			record[name] = toWire(name, value, rules[name], undefined);
		}
	}
	return record;
}

function rowsOf(
	value: unknown,
	known: Readonly<Record<string, readonly string[]>>,
): Record<string, Array<Record<string, string>>> {
	const fix = `Give lists of IDs: ${Object.keys(known).join(', ') || 'it has none that can be set'}.`;
	const wrong = new InputError('"associations" cannot be set like this.', fix);
	if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong;
	return Object.fromEntries(
		Object.entries(value as Record<string, unknown>).map(([name, rows]) => {
			if (!known[name] || !Array.isArray(rows)) throw wrong;
			const ids = rows.map((row: unknown) =>
				typeof row === 'object' && row !== null ? (row as { id?: unknown }).id : row,
			);
			return [name, ids.map((id) => ({ id: recordId(String(id), name) }))];
		}),
	);
}

async function inLanguages(shop: PrestaShopShop, name: string, value: unknown) {
	const languages = (await shopLanguages(shop)) ?? [];
	if (typeof value === 'object' && value !== null) {
		const texts = await textsByLanguage(shop, name, value);
		return [...texts].map(([id, text]) => ({ id, value: text }));
	}
	const text = String(value);
	const ids = languages.length > 0 ? languages.map(({ id }) => id) : ['1'];
	return ids.map((id) => ({ id, value: text }));
}

/** Changes records of a resource. */
export function updateOne(spec: SimpleWrite): Operation<PrestaShopRecord> {
	const { read, translated = [], isPlain } = spec;
	const update = updater({ resource: read.path, node: spec.node });
	const settable = [...spec.required, ...spec.optional]
		.filter(({ name }) => !translated.includes(name))
		.map((property): INodeProperties => ({ ...property, required: false }));
	return {
		value: 'update',
		name: 'Update',
		action: `Update ${read.one}`,
		description: `Change fields of ${read.one} and nothing else${isPlain ? '; those of many input items share requests' : ''}`,
		needs: [`${read.path} GET`, `${read.path} PUT|PATCH`, ...languageRights(spec)],
		uses: [...(read.timed ? ['configurations GET'] : []), ...(spec.uses ?? [])],
		items: isPlain ? 'together' : 'oneByOne',
		fields: [
			locatorOf(read),
			collection('Update Fields', 'updateFields', settable),
			otherFields,
			simplify,
			updateOptions,
		],
		run: async (shop, values, item) => {
			const named = somethingNamed(
				namedValues(values.updateFields as Values, { otherFields: String(values.otherFields) }),
			);
			const before = await recordNamed(shop, read, values[read.idName] as Locator);
			const checked = spec.check ? await spec.check(shop, named, before) : named;
			const options = values.options as { dryRun?: boolean; onlyIfChanged?: boolean };
			const updated = isPlain
				? await plainUpdate(shop, spec, { before, checked, options }, item, update)
				: await updateRecord(shop, read.path, before.id ?? '', checked, options);
			const [shown] = await viewed(shop, read, [updated.record], values);
			return {
				...shown,
				...updateReport(updated),
				...(options.dryRun === true && { dryRun: true, would: 'update' }),
			};
		},
	};
}

async function plainUpdate(
	shop: PrestaShopShop,
	{ read }: SimpleWrite,
	{
		before,
		checked,
		options: { dryRun: isDry = false, onlyIfChanged = true },
	}: {
		before: PrestaShopRecord;
		checked: Values;
		options: { dryRun?: boolean; onlyIfChanged?: boolean };
	},
	item: InputItem<PrestaShopRecord>,
	update: ReturnType<typeof updater>,
) {
	const { refused } = writeProfileOf(read.path);
	for (const name of Object.keys(checked)) {
		const why = refused[name];
		if (why !== undefined) throw new InputError(`"${name}" cannot be changed.`, why);
		if (typeof before[name] === 'string' && name !== 'id') continue;
		throw new InputError(
			`${read.one.replace(/^./, (letter) => letter.toUpperCase())} of this shop has no field "${name}".`,
			`Its fields are ${Object.keys(before)
				.filter((field) => typeof before[field] === 'string' && field !== 'id')
				.sort()
				.join(', ')}.`,
		);
	}
	const next = await plainValues(shop, read.path, checked);
	const changed = plainDifferences(read.path, before, next);
	const nothing = { record: before, changed, written: false, warnings: [] };
	if (Object.keys(changed).length === 0 && onlyIfChanged) {
		return { ...nothing, reason: 'nothing to change' };
	}
	if (isDry) return { ...nothing, reason: 'dry run' };
	return await item.together(update, { before, next });
}

/** Deletes records of a resource; those of all input items share requests. */
export function deleteOne({ read }: SimpleWrite): Operation<PrestaShopRecord> {
	const remove = deleter(read.path);
	return {
		value: 'delete',
		name: 'Delete',
		action: `Delete ${read.one}`,
		description: `Delete ${read.one} for good; those of many input items share requests. Returns it as it was.`,
		needs: [`${read.path} GET`, `${read.path} DELETE`],
		uses: read.timed ? ['configurations GET'] : [],
		items: 'together',
		fields: [locatorOf(read), simplify, optionsField([dryRun])],
		run: async (shop, values, item) => {
			const before = await recordNamed(shop, read, values[read.idName] as Locator);
			const [shown] = await viewed(shop, read, [before], values);
			if ((values.options as Values).dryRun === true) {
				return { ...shown, deleted: false, dryRun: true, would: 'delete', reason: 'dry run' };
			}
			await item.together(remove, before.id ?? '');
			return { ...shown, deleted: true };
		},
	};
}

import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Condition } from '../api/conditions';
import { contains, is } from '../api/conditions';
import { languageIdOf } from '../languages/shopLanguages';
import { by, locator } from '../../shared/pickers/locators';
import { InputError } from '../../shared/protocol/errors';
import {
	filtersField,
	limit,
	maxOutputCharacters,
	optionsField,
	returnAll,
	simplify,
	wanted,
} from '../../shared/actions/fields';
import type { Operation, Resource } from '../../shared/actions/operation';
import type { Locator } from '../../shared/protocol/locator';
import { recordId } from '../../shared/text/recordId';
import { shaped } from '../../shared/output/recordShape';
import { anew, notFound } from '../../shared/reading/records';
import type { PrestaShopRecord } from '../api/records';
import { language } from '../languages/fields';
import { byId, zoneOf } from '../api/reads';
import type { PrestaShopShop } from '../api/reads';
import { listing, lookup } from '../api/query';

import type { RecordShape, ShapeView } from '../api/recordShape';
import { withoutSecrets } from '../api/secrets';

/** A condition users may set. */
export interface SimpleFilter {
	property: INodeProperties;
	/** The condition in the shop's terms; `undefined` when nothing can match. */
	where(shop: PrestaShopShop, value: unknown): Promise<Condition[] | undefined>;
}

/** A resource that is only read: by ID, or a list with a few conditions. */
export interface SimpleRead {
	/** Value of the `resource` parameter, and its name. */
	value: string;
	name: string;
	/** "an address", "addresses": for the action and for messages. */
	one: string;
	many: string;
	/** What is in the records, for descriptions. */
	holds: string;
	/** Resource of the webservice. */
	path: string;
	/** Parameter that names a record, and its picker. */
	idName: string;
	/** Another way to name one, such as a code. */
	key?: { mode: string; label: string; placeholder: string; field: string };
	picker: string;
	filters: readonly SimpleFilter[];
	shape: RecordShape;
	/** Whether times or texts of several languages are in `shape`. */
	timed?: boolean;
	multilingual?: boolean;
	order?: 'oldest' | 'newest';
	/** The shop keeps deleted records (old versions, above all); they are left out unless asked for. */
	keepsDeleted?: boolean;
	/** Joins more to simplified records, with the rights it takes. */
	join?(shop: PrestaShopShop, record: PrestaShopRecord, view: ShapeView): Promise<IDataObject>;
	uses?: readonly string[];
}

/** A condition on a field that holds the ID of another record. */
export function idFilter(property: INodeProperties, field: string): SimpleFilter {
	return {
		property,
		where: async (_shop, value) => [is(field, recordId(String(value), property.displayName))],
	};
}

export function flagFilter(property: INodeProperties, field: string): SimpleFilter {
	return { property, where: async (_shop, value) => [is(field, value === true ? '1' : '0')] };
}

export function textFilter(property: INodeProperties, field: string): SimpleFilter {
	return { property, where: async (_shop, value) => [is(field, String(value))] };
}

/** A condition for texts that contain the value. */
export function partFilter(property: INodeProperties, field: string): SimpleFilter {
	return { property, where: async (_shop, value) => [contains(field, String(value))] };
}

/** Get and Get Many of a resource that is only read. */
export function simpleReads(spec: SimpleRead): Resource<PrestaShopRecord> {
	return { value: spec.value, name: spec.name, operations: [getOne(spec), getMany(spec)] };
}

type Values = Readonly<Record<string, unknown>>;

function getOne(spec: SimpleRead): Operation<PrestaShopRecord> {
	return {
		value: 'get',
		name: 'Get',
		action: `Get ${spec.one}`,
		description: `Retrieve ${spec.one} by its ID${spec.key ? ` or ${spec.key.field}` : ''}: ${spec.holds}`,
		needs: [`${spec.path} GET`],
		uses: usesOf(spec),
		findsOne: true,
		items: 'together',
		fields: [locatorOf(spec), simplify, optionsOf(spec, false)],
		run: async (shop, values) => {
			const record = await recordNamed(shop, spec, values[spec.idName] as Locator);
			const [row] = await viewed(shop, spec, [record], values);
			return row ?? {};
		},
	};
}

function getMany(spec: SimpleRead): Operation<PrestaShopRecord> {
	return {
		value: 'getAll',
		name: 'Get Many',
		action: `Get many ${spec.many}`,
		description: `Retrieve many ${spec.many}${spec.order === 'newest' ? ', the newest first' : ''}: ${spec.holds}`,
		needs: [`${spec.path} GET`],
		uses: usesOf(spec),
		items: 'together',
		fields: [
			returnAll,
			limit,
			filtersField(spec.filters.map(({ property }) => property)),
			simplify,
			optionsOf(spec, true),
		],
		run: async (shop, values) => {
			const where = await conditionsOf(shop, spec, values);
			if (where === undefined) return [];
			const count = wanted(values as { returnAll: boolean; limit: number });
			const list = listing({ resource: spec.path, where, order: spec.order, limit: count });
			return await viewed(shop, spec, await shop.list(list, count, 'leaveOut'), values);
		},
	};
}

function usesOf({ uses = [], timed, multilingual }: SimpleRead): string[] {
	return [
		...uses,
		...(timed ? ['configurations GET'] : []),
		...(multilingual ? ['languages GET'] : []),
	];
}

/**
 * The one record a locator names.
 *
 * @throws InputError when there is none, or several have the key
 */
export async function recordNamed(
	shop: PrestaShopShop,
	{ path, name, key }: SimpleRead,
	{ mode, value }: Locator,
): Promise<PrestaShopRecord> {
	const noun = name.toLowerCase();
	if (key === undefined || mode !== key.mode) {
		const id = recordId(value, name);
		const record = await byId(shop, path, id, anew);
		if (record) return record;
		throw notFound(`${noun} with the ID`, id);
	}
	const [record, ...others] = await shop.find(lookup(path, key.field), value.trim());
	if (!record) throw notFound(`${noun} with the ${key.field}`, value);
	if (others.length === 0) return record;
	const ids = [record, ...others].map(({ id }) => id ?? '').join(', ');
	throw new InputError(
		`Several records have the ${key.field} "${value}" (IDs ${ids}).`,
		'Name one by its ID.',
	);
}

/** The field that names a record. */
export function locatorOf({ name, idName, picker, one, key }: SimpleRead): INodeProperties {
	return locator({
		displayName: name,
		name: idName,
		description: `The ${one.replace(/^an? /, '')} to work with`,
		list: picker,
		modes: [
			by('id', 'By ID', 'e.g. 3'),
			...(key ? [by(key.mode, key.label, key.placeholder)] : []),
		],
	});
}

const includeDeleted: INodeProperties = {
	displayName: 'Include Deleted',
	name: 'includeDeleted',
	type: 'boolean',
	default: false,
	description: 'Whether to return records that were deleted or replaced in the shop as well',
};

function optionsOf({ multilingual, keepsDeleted }: SimpleRead, many: boolean): INodeProperties {
	return optionsField([
		...(keepsDeleted && many ? [includeDeleted] : []),
		...(multilingual ? [language] : []),
		maxOutputCharacters,
	]);
}

async function conditionsOf(
	shop: PrestaShopShop,
	{ filters, keepsDeleted }: SimpleRead,
	values: Values,
): Promise<Condition[] | undefined> {
	const { includeDeleted: withDeleted } = values.options as Values;
	const where: Condition[] = keepsDeleted && withDeleted !== true ? [is('deleted', '0')] : [];
	for (const [name, value] of Object.entries(values.filters as Values)) {
		const filter = filters.find(({ property }) => property.name === name);
		const conditions = filter ? await filter.where(shop, value) : [];
		if (conditions === undefined) return undefined;
		const twice = conditions.find(({ field }) => where.some((other) => other.field === field));
		if (filter && twice) {
			throw new InputError(
				`The filter "${filter.property.displayName}" cannot be combined with the others.`,
				'PrestaShop takes one condition per field: keep one of them.',
			);
		}
		where.push(...conditions);
	}
	return where;
}

/** Records as the operation shows them. */
export async function viewed(
	shop: PrestaShopShop,
	{ shape, timed, multilingual, join }: SimpleRead,
	records: readonly PrestaShopRecord[],
	{ simplify: simple, options }: Values,
): Promise<IDataObject[]> {
	if (simple !== true) return records.map((record) => withoutSecrets(record) as IDataObject);
	const view = {
		zone: timed && records.length > 0 ? await zoneOf(shop) : undefined,
		language: multilingual
			? await languageIdOf(shop, String((options as Values).language ?? ''))
			: undefined,
	};
	return await Promise.all(
		records.map(async (record) => ({
			...shaped(record.id ?? '', record, shape, view),
			...(join && (await join(shop, record, view))),
		})),
	);
}

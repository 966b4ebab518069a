import type { IDataObject } from 'n8n-workflow';

import type { ShopLanguage } from '../languages/shopLanguages';
import { textsByLanguage, textsOf, withTexts } from '../languages/texts';
import { InputError } from '../../shared/protocol/errors';
import { refuseBlank } from '../../shared/text/userInput';
import type { Difference } from '../../shared/writing/update';
import type { AssociationRow, FieldValue, PrestaShopRecord } from '../api/records';
import { idRule, sameValue, toWire } from './fieldRules';
import type { PrestaShopShop } from '../api/reads';
import { MASK } from '../../shared/writing/namedValues';
import { isSecret } from '../api/secrets';
import type { WriteProfile } from './writeProfiles';

/** Values by the shop's field names, as users give them. */
export type NamedValues = Readonly<Record<string, unknown>>;

/** Named values checked against the record they change. */
export interface ResolvedChanges {
	names: readonly string[];
	/** The record after the change, as far as it is named. */
	next: PrestaShopRecord;
}

/**
 * Checks names and values against the record itself: the shop ignores misspelt fields without a
 * word (PrestaShop webservice reference, section 4.2).
 *
 * @throws InputError naming the field
 */
export async function resolveChanges(
	shop: PrestaShopShop,
	profile: WriteProfile,
	record: PrestaShopRecord,
	named: NamedValues,
	generation: number | undefined,
): Promise<ResolvedChanges> {
	const next: PrestaShopRecord = {};
	const names = Object.keys(named).filter((name) => named[name] !== undefined);
	for (const name of names) {
		const value = named[name];
		if (name === 'associations') {
			next.associations = toAssociations(profile, value);
			continue;
		}
		checkName(profile, record, name);
		const before = record[name] as FieldValue | undefined;
		const rule = profile.rules[name] ?? (holdsId(name, before) ? idRule : undefined);
		if (!Array.isArray(before)) {
			next[name] =
				value === '' && profile.nullable.includes(name)
					? ''
					: toWire(name, value, rule, generation);
			continue;
		}
		const texts = await textsByLanguage(shop, name, value);
		for (const [language, text] of texts) {
			// An empty text is meant; one that only looks empty is not.
			if (text !== '') refuseBlank(name, text);
			// Only the ones a link needs must not be empty.
			texts.set(
				language,
				text === '' && !rule?.matches ? '' : toWire(name, text, rule, generation),
			);
		}
		const known = textsOf(before);
		const stranger = [...texts.keys()].find((id) => !known.has(id));
		if (stranger !== undefined) {
			throw new InputError(
				`"${name}" cannot be set in the language ${stranger}: the shop has no such language for this ${profile.label}.`,
				`It has the language IDs ${[...known.keys()].join(', ')}.`,
			);
		}
		next[name] = withTexts(before, texts);
	}
	return { names, next };
}

/** Fields that refer to other records are called so in every resource of PrestaShop. */
function holdsId(name: string, value: FieldValue | undefined): boolean {
	return name.startsWith('id_') && typeof value === 'string' && /^\d+$/.test(value);
}

function checkName({ label, refused }: WriteProfile, record: PrestaShopRecord, name: string): void {
	const why = name === 'id' ? 'It names the record.' : refused[name];
	if (why !== undefined) throw new InputError(`"${name}" cannot be changed.`, why);
	if (Object.hasOwn(record, name)) return;
	const fields = Object.keys(record).filter(
		(field) => !['id', 'associations'].includes(field) && refused[field] === undefined,
	);
	throw new InputError(
		`A ${label} of this shop has no field "${name}".`,
		`Its fields are ${fields.sort().join(', ')}.`,
	);
}

/** Rows may be given as objects, or as bare IDs. */
function toAssociations(
	{ label, associations }: WriteProfile,
	value: unknown,
): Record<string, AssociationRow[]> {
	const wrong = (name: string, fix: string) =>
		new InputError(`The association "${name}" of a ${label} cannot be set like this.`, fix);
	if (typeof value !== 'object' || value === null || Array.isArray(value)) {
		throw wrong('associations', 'Give an object such as {"categories": [2, 5]}.');
	}
	const result: Record<string, AssociationRow[]> = {};
	for (const [name, rows] of Object.entries(value as Record<string, unknown>)) {
		const fields = associations[name];
		if (!fields) {
			const known = Object.keys(associations);
			throw wrong(
				name,
				known.length === 0
					? 'None of its associations can be set.'
					: `These can be replaced: ${known.join(', ')}.`,
			);
		}
		if (!Array.isArray(rows))
			throw wrong(name, 'Give a list of all rows: they replace the old ones.');
		result[name] = rows.map((row: unknown) => {
			const given = (typeof row === 'object' && row !== null ? row : { id: row }) as IDataObject;
			const entries = fields.map((field): [string, string] => [field, String(given[field] ?? '')]);
			const bad = entries.find(([, text]) => !/^\d+$/.test(text));
			if (bad) throw wrong(name, `Each row needs ${fields.join(' and ')} as a number.`);
			return Object.fromEntries(entries);
		});
	}
	return result;
}

/**
 * Every field whose value in `after` differs from `before`; fields that `after` does not have are
 * not looked at, nor is `date_upd`, which every save moves.
 */
export function differences(
	before: PrestaShopRecord,
	after: PrestaShopRecord,
	profile: WriteProfile,
	languages: readonly ShopLanguage[] | undefined,
): Record<string, Difference> {
	const found: Record<string, Difference> = {};
	for (const [field, now] of Object.entries(after)) {
		if (field === 'date_upd' || field === 'id') continue;
		const difference =
			field === 'associations'
				? differentRows(before.associations ?? {}, after.associations ?? {})
				: differentValue(field, before[field] as FieldValue, now as FieldValue, profile, languages);
		if (difference) found[field] = difference;
	}
	return found;
}

function differentValue(
	field: string,
	before: FieldValue | undefined,
	after: FieldValue,
	{ rules }: WriteProfile,
	languages: readonly ShopLanguage[] | undefined,
): Difference | undefined {
	const rule = rules[field];
	if (!Array.isArray(after)) {
		const old = typeof before === 'string' ? before : '';
		if (sameValue(old, after, rule)) return undefined;
		return isSecret(field) ? { before: MASK, after: MASK } : { before: old, after };
	}
	const old = textsOf(before);
	const changed = after.filter(({ id, value }) => (old.get(id) ?? '') !== value);
	if (changed.length === 0) return undefined;
	const key = (id: string) => languages?.find((each) => each.id === id)?.isoCode || id;
	return {
		before: Object.fromEntries(changed.map(({ id }) => [key(id), old.get(id) ?? ''])),
		after: Object.fromEntries(changed.map(({ id, value }) => [key(id), value])),
	};
}

type Rows = Readonly<Record<string, readonly AssociationRow[]>>;

function differentRows(before: Rows, after: Rows): Difference | undefined {
	const same = (name: string) => rowsText(before[name]) === rowsText(after[name]);
	const changed = Object.keys(after).filter((name) => !same(name));
	if (changed.length === 0) return undefined;
	const pick = (rows: Rows) =>
		Object.fromEntries(changed.map((name) => [name, rows[name] ?? []])) as IDataObject;
	return { before: pick(before), after: pick(after) };
}

/** Order does not count, nor do fields of a row that only one side names. */
function rowsText(rows: readonly AssociationRow[] | undefined): string {
	return (rows ?? [])
		.map(({ id, id_feature_value: value }) => `${String(id)}/${String(value ?? '')}`)
		.sort()
		.join();
}

/** The named fields that do not hold what they were given. */
export function stillMissing(
	after: PrestaShopRecord,
	{ next }: ResolvedChanges,
	profile: WriteProfile,
	languages: readonly ShopLanguage[] | undefined,
): string[] {
	return Object.keys(differences(after, next, profile, languages));
}

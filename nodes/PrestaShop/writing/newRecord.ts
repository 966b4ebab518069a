import { textsByLanguage } from '../languages/texts';
import { InputError } from '../../shared/protocol/errors';
import type { AssociationRow, PrestaShopRecord } from '../api/records';
import { idRule, toWire } from './fieldRules';
import type { PrestaShopShop } from '../api/reads';
import { keyRights } from '../api/keyRights';
import { fieldNamed } from '../api/resourceSchema';
import type { ResourceSchema } from '../api/resourceSchema';
import { MASK } from '../../shared/writing/namedValues';
import { writeProfileOf } from './writeProfiles';

/**
 * Checks a new record against the fields of its resource: the shop ignores misspelt ones without a
 * word (section 4.2). Texts that exist once per language are given by language.
 *
 * @throws InputError naming the field
 */
export async function newRecord(
	shop: PrestaShopShop,
	resource: string,
	schema: ResourceSchema,
	given: Readonly<Record<string, unknown>>,
): Promise<PrestaShopRecord> {
	const { generation } = await keyRights(shop);
	const { rules } = writeProfileOf(resource);
	const record: PrestaShopRecord = {};
	for (const [name, value] of Object.entries(given)) {
		if (name === 'associations') {
			record.associations = associationsOf(schema, resource, value);
			continue;
		}
		if (name === 'id') throw new InputError('"id" cannot be given.', 'The shop sets it by itself.');
		const field = fieldNamed(schema, resource, name, ({ readOnly }) => !readOnly);
		const rule = rules[name] ?? (field.format === 'isUnsignedId' ? idRule : undefined);
		if (value === MASK) {
			throw new InputError(`"${name}" is masked.`, 'Give its real value, or leave it out.');
		}
		if (!field.multilingual) {
			record[name] = toWire(name, value, rule, generation);
			continue;
		}
		const texts = await textsByLanguage(shop, name, value);
		record[name] = [...texts].map(([id, text]) => ({
			id,
			value: toWire(name, text, rule, generation),
		}));
	}
	const missing = schema.fields
		.filter(({ required, name }) => required && record[name] === undefined)
		.map(({ name }) => name);
	if (missing.length === 0) return record;
	throw new InputError(
		`The record lacks ${missing.join(', ')}, which ${resource} must have.`,
		'Add them to "Record".',
	);
}

function associationsOf(
	{ associations }: ResourceSchema,
	resource: string,
	given: unknown,
): Record<string, AssociationRow[]> {
	const wrong = (what: string, fix: string) => new InputError(`"associations" ${what}.`, fix);
	if (typeof given !== 'object' || given === null || Array.isArray(given)) {
		throw wrong('is not an object', 'Give something like {"categories": [{"id": 2}]}.');
	}
	const result: Record<string, AssociationRow[]> = {};
	for (const [name, rows] of Object.entries(given as Record<string, unknown>)) {
		const fields = associations[name];
		if (!fields) {
			const known = Object.keys(associations);
			const fix = known.length === 0 ? 'It has none.' : `It has ${known.join(', ')}.`;
			throw wrong(`names "${name}", which ${resource} does not have`, fix);
		}
		if (!Array.isArray(rows)) throw wrong(`has no list in "${name}"`, 'Give a list of rows.');
		result[name] = rows.map((row: unknown) => {
			// A bare ID is a row, too.
			const values = (typeof row === 'object' && row !== null ? row : { id: row }) as Record<
				string,
				unknown
			>;
			const stranger = Object.keys(values).find((key) => !fields.includes(key));
			if (stranger !== undefined) {
				throw wrong(`has "${stranger}" in a row of "${name}"`, `Rows have ${fields.join(', ')}.`);
			}
			return Object.fromEntries(
				Object.entries(values).map(([key, value]) => [key, String(value ?? '')]),
			);
		});
	}
	return result;
}

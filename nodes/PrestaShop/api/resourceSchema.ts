import { InputError, ShopError } from '../../shared/protocol/errors';
import type { Locator } from '../../shared/protocol/locator';
import { settled } from '../../shared/protocol/settled';
import { decode } from './codec';
import type { Schema } from './documents';
import { fieldTable } from './fieldTable';
import { isBroken } from './reads';
import type { PrestaShopShop } from './reads';
import { listing } from './query';

/** One field of a resource. */
export interface ResourceField {
	name: string;
	required: boolean;
	multilingual: boolean;
	/** Never to be sent (error 93). */
	readOnly: boolean;
	/** Conditions on it are possible. */
	filterable: boolean;
	/** Characters, where the shop tells. */
	maxLength?: number;
	/** PrestaShop's validators, where the shop tells. */
	format?: string;
}

/** What a resource holds. */
export interface ResourceSchema {
	/** Who told: the shop itself, the table in this node, or a record of the shop (names only). */
	source: 'shop' | 'table' | 'record';
	fields: readonly ResourceField[];
	/** Fields of the rows of each association. */
	associations: Readonly<Record<string, readonly string[]>>;
}

/** Resources that do not work like tables of records. */
const SPECIAL: Readonly<Record<string, string>> = {
	images: 'Use the resource Image of this node.',
	search: 'Use Product: Get Many or Category: Get Many with a filter.',
};

/**
 * The resource a locator names. Only plain names pass: anything else could change the address.
 *
 * @throws InputError
 */
export function resourceNamed({ value }: Locator): string {
	if (!/^[a-z_]+$/.test(value)) {
		throw new InputError(
			`"Webservice Resource" is "${value}".`,
			'Enter the name of a resource as the shop writes it, such as cart_rules.',
		);
	}
	const instead = SPECIAL[value];
	if (instead === undefined) return value;
	throw new InputError(`The resource "${value}" does not hold records.`, instead);
}

/**
 * The fields of a resource, asked for once per run. Where the shop fails to tell (section 3.7),
 * the table in this node does, and for resources of modules a record of the shop.
 */
export async function schemaOf(shop: PrestaShopShop, resource: string): Promise<ResourceSchema> {
	return await shop.once(`schema of ${resource}`, async () => {
		const asked = await settled(
			async () =>
				await shop.send({ method: 'GET', path: [resource], query: { schema: 'synopsis' } }),
		);
		if (!asked.ok && !isUnreadable(asked.error)) throw asked.error;
		const told = asked.ok ? await settled(async () => decode(asked.value.text)) : undefined;
		if (told?.ok && told.value.kind === 'schema') return fromShop(told.value);
		const known = fieldTable[resource];
		return known === undefined ? await fromRecord(shop, resource) : fromTable(known);
	});
}

function isUnreadable(error: unknown): boolean {
	return isBroken(error) || (error instanceof ShopError && error.failure.kind === 'malformed');
}

function fromShop({ fields, associations }: Schema): ResourceSchema {
	return {
		source: 'shop',
		fields: fields.map(({ name, required, multilingual, maxSize, format, ...rest }) => ({
			name,
			required,
			multilingual,
			readOnly: rest.read_only,
			filterable: !rest.notFilterable,
			...(maxSize !== undefined && { maxLength: maxSize }),
			...(format !== undefined && { format }),
		})),
		associations: Object.fromEntries(
			Object.entries(associations).map(([name, rows]) => [name, rows.map((row) => row.name)]),
		),
	};
}

/** Reads a line of the table. */
export function fromTable(line: string): ResourceSchema {
	const words = line.split(' ');
	const associations = words.flatMap((word) => {
		const [, name, rows = ''] = /^@(\w+)\((.*)\)$/.exec(word) ?? [];
		return name === undefined ? [] : [[name, rows.split(',')] as const];
	});
	const fields = words
		.filter((word) => !word.startsWith('@'))
		.map((word) => ({
			name: word.replace(/\W/g, ''),
			required: word.includes('*'),
			multilingual: word.includes('^'),
			readOnly: word.includes('!'),
			filterable: !word.includes('~'),
		}));
	return { source: 'table', fields, associations: Object.fromEntries(associations) };
}

async function fromRecord(shop: PrestaShopShop, resource: string): Promise<ResourceSchema> {
	const [record] = await shop.list(listing({ resource, limit: 1 }), 1);
	if (!record) {
		throw new InputError(
			`The shop does not tell the fields of "${resource}", and it holds no record to see them in.`,
			'Add a record in the back office first.',
		);
	}
	const { associations = {}, ...fields } = record;
	return {
		source: 'record',
		fields: Object.entries(fields)
			.filter(([name]) => name !== 'id')
			.map(([name, value]) => ({
				name,
				required: false,
				multilingual: Array.isArray(value),
				readOnly: false,
				filterable: true,
			})),
		associations: Object.fromEntries(
			Object.entries(associations).map(([name, rows]) => [
				name,
				Object.keys(rows[0] ?? { id: '' }),
			]),
		),
	};
}

/** The field with this name. Throws `InputError` that lists the fields there are. */
export function fieldNamed(
	{ fields }: ResourceSchema,
	resource: string,
	name: string,
	accepts: (field: ResourceField) => boolean = () => true,
): ResourceField {
	const found = fields.find((field) => field.name === name);
	if (found && accepts(found)) return found;
	const names = fields.filter(accepts).map((field) => field.name);
	throw new InputError(
		found
			? `The field "${name}" of ${resource} cannot be used here.`
			: `The resource ${resource} has no field "${name}".`,
		`Choose one of: ${names.sort().join(', ')}.`,
	);
}

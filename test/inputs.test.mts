/**
 * What no operation of any shop may take for something else: misspelt options, conditions that came out
 * empty, objects, IDs that a shop reads loosely, texts that only look filled in. Made from the operations
 * tables, so that a new operation or field is tested with them.
 */
import type { IDataObject, INodeProperties, INodePropertyCollection } from 'n8n-workflow';
import { readValues } from '../nodes/shared/actions/parameters.ts';
import type { Transport } from '../nodes/shared/http/transport.ts';
import { shopOver } from '../nodes/shared/reading/shop.ts';
import type { Shop } from '../nodes/shared/reading/shop.ts';
import { found } from '../nodes/shared/actions/ifNotFound.ts';
import type { InputItem } from '../nodes/shared/actions/operation.ts';
import type { Call } from '../nodes/shared/protocol/call.ts';
import { InputError, ShopError } from '../nodes/shared/protocol/errors.ts';
import { operationsOf, shopFolders } from './support/operationTables.mts';
import type { Bare, TableEntry } from './support/operationTables.mts';

/** Names that shops have for the ID of a record. */
const ID_FIELDS = [
	'id',
	'order_id',
	'user_id',
	'product_id',
	'stock_id',
	'status_id',
	'category_id',
].concat(['id_product', 'id_product_attribute', 'id_order']);

/** Good enough an answer for a shop that is asked for the rights of a key. */
const RIGHTS = `<prestashop><api>${['customers', 'products']
	.map(
		(name) => `<${name} get="true" put="true" post="true" patch="true" delete="true" head="true"/>`,
	)
	.join('')}</api></prestashop>`;

interface Asked {
	reads: string[];
	writes: string[];
}

/** A shop that answers for any ID with record 5, which has all fields, and takes any write. */
function looseShop(fields: readonly string[]): { shop: Shop<Bare>; asked: Asked } {
	const asked: Asked = { reads: [], writes: [] };
	const record = Object.fromEntries([...fields, ...ID_FIELDS].map((name) => [name, '5']));
	const read = (call: unknown) => {
		asked.reads.push(JSON.stringify(call));
		return [record];
	};
	const transport: Transport<Bare> = {
		address: { host: 'shop.example', url: 'https://shop.example', settings: { timezone: 'UTC' } },
		records: async (call) => read(call),
		send: async (call) => {
			if (call.method === 'GET') read(call);
			else asked.writes.push(JSON.stringify(call));
			const shown = Object.entries(record).map(([name, value]) => `<${name}>${value}</${name}>`);
			const one = `<prestashop><record>${shown.join('')}</record></prestashop>`;
			return { status: 200, headers: {}, text: call.path.length === 0 ? RIGHTS : one };
		},
		errorIn: async () => undefined,
		foresee: () => undefined,
	};
	const shop: Shop<Bare> = {
		...shopOver(transport),
		find: async ({ id }, value) => read([id, value]),
		list: async ({ first }) => read(first),
	};
	return { shop, asked };
}

/** A shop without any record. */
function emptyShop(): Shop<Bare> {
	const gone = async (call: Call) => {
		if (!/^\d+$/.test(call.path.at(-1) ?? '')) return [];
		throw new ShopError({ kind: 'notFound', sent: true, status: 404 }, call, {
			reason: '',
			fix: '',
		});
	};
	const { shop } = looseShop([]);
	return {
		...shop,
		find: async () => [],
		list: async () => [],
		records: gone,
		send: gone as never,
	};
}

/** An input item with an empty file. */
const ITEM: InputItem<Bare> = {
	index: 0,
	file: async () => ({ bytes: new Uint8Array(), fileName: '' }),
	together: async () => ({}) as never,
};

/** Runs an operation with parameters as n8n would hand them over. */
async function run({ operation, fields }: TableEntry, parameters: IDataObject, isTool = false) {
	const changed = fields.find(({ name }) => name === 'updateFields')?.options ?? [];
	const { shop, asked } = looseShop(changed.map(({ name }) => name));
	let error: unknown;
	try {
		const values = readValues(fields, (name) => parameters[name], isTool);
		await operation.run(shop, values, {
			...ITEM,
			together: async () => {
				asked.writes.push('joint');
				return {} as never;
			},
		});
	} catch (caught) {
		error = caught;
	}
	return { error, asked };
}

/** A field in its place: top level, in a collection, or in the rows of a fixed collection. */
interface Place {
	label: string;
	field: INodeProperties;
	/** The parameters with a value in that place. */
	put(parameters: IDataObject, value: unknown): IDataObject;
}

function placesOf(fields: readonly INodeProperties[]): Place[] {
	return fields.flatMap((field): Place[] => {
		const own: Place = {
			label: field.name,
			field,
			put: (parameters, value) => ({ ...parameters, [field.name]: value as never }),
		};
		if (field.type === 'collection') {
			return ((field.options ?? []) as INodeProperties[]).map((option) => ({
				label: `${field.name}.${option.name}`,
				field: option,
				put: (parameters, value) => ({
					...parameters,
					[field.name]: {
						// An address named by its ID has no other fields.
						...(/address/i.test(field.name) ? {} : (parameters[field.name] as IDataObject)),
						[option.name]: value as never,
					},
				}),
			}));
		}
		if (field.type === 'fixedCollection') {
			return ((field.options ?? []) as INodePropertyCollection[]).flatMap(({ name, values }) =>
				values.map((each) => ({
					label: `${field.name}.${name}[].${each.name}`,
					field: each,
					put: (parameters, value) => {
						const { [name]: rows } = (parameters[field.name] ?? {}) as IDataObject;
						const [first = {}] = [rows].flat() as IDataObject[];
						// A row names one thing.
						const rest = Object.entries(first).filter(([key]) => !isIdName(key) && key !== 'sku');
						const row = {
							...Object.fromEntries(rest),
							[each.name]: value as never,
							...partner(each.name, values),
						};
						return { ...parameters, [field.name]: { [name]: [row] } };
					},
				})),
			);
		}
		return [own];
	});
}

const FOLDERS = shopFolders();

describe.each(FOLDERS)('%s', (folder) => {
	const entries = operationsOf(folder);
	const everywhere = entries.flatMap((entry) =>
		placesOf(entry.fields).map((place) => ({
			...place,
			entry,
			name: `${entry.name} ${place.label}`,
		})),
	);

	test.each(
		entries.flatMap((entry) =>
			entry.fields
				.filter(({ type }) => type === 'collection')
				.map((field) => ({ entry, field, name: `${entry.name} ${field.name}` })),
		),
	)('$name refuses an entry it does not have', async ({ entry, field }) => {
		const given = { ...entry.parameters, [field.name]: { dryrun: true } };
		const { error, asked } = await run(entry, given);
		expect(error).toBeInstanceOf(InputError);
		expect((error as InputError).message).toContain('has no entry "dryrun"');
		expect(asked).toEqual({ reads: [], writes: [] });
	});

	const conditions = everywhere.filter(({ label }) => label.startsWith('filters'));
	test.each(conditions.filter(({ label }) => !label.includes('[]')))(
		'$name refuses to be empty',
		async ({ entry, put }) => {
			for (const empty of ['', null, '  ', '\u0000', '\u200b', []]) {
				const { error, asked } = await run(entry, put(entry.parameters, empty));
				expect({ empty, error }).toEqual({ empty, error: expect.any(InputError) });
				expect(asked).toEqual({ reads: [], writes: [] });
			}
		},
	);

	test.each(
		everywhere.filter(({ field: { type } }) =>
			['string', 'resourceLocator', 'dateTime'].includes(type),
		),
	)('$name: an object is never sent as [object Object]', async ({ entry, put, field }) => {
		const object = { a: 1 };
		const value = field.type === 'resourceLocator' ? { mode: 'id', value: object } : object;
		const { asked } = await run(entry, put(entry.parameters, value));
		expect(JSON.stringify(asked)).not.toContain('[object Object]');
	});

	const ids = everywhere.filter(({ field }) => namesRecord(field));
	test.each(ids)('$name takes no loose ID', async ({ entry, put, field }) => {
		for (const loose of LOOSE) {
			const value = field.type === 'resourceLocator' ? { mode: 'id', value: loose } : loose;
			const { error, asked } = await run(entry, put(least(entry), value));
			expect({ loose, error }).toEqual({ loose, error: expect.any(InputError) });
			expect((error as InputError).message).toContain(loose);
			expect(asked.writes).toEqual([]);
			expect(asked.reads.filter((read) => isAskedFor(loose, read))).toEqual([]);
		}
	});

	const texts = everywhere.filter(
		({ field, label }) =>
			field.type === 'string' &&
			(field.required || /^(updateFields|additionalFields|variantFields)\./.test(label)),
	);
	test.each(texts)('$name is not emptied by blanks', async ({ entry, put }) => {
		for (const blank of ['   ', '\u0000', '\u00a0', '\u200b', '\t\n']) {
			const { error, asked } = await run(entry, put(entry.parameters, blank));
			expect({ blank, error }).toEqual({ blank, error: expect.any(InputError) });
			expect(asked.writes).toEqual([]);
		}
	});

	test.each(conditions.filter(({ label }) => !label.includes('[]')))(
		'$name counts as not given when an AI model leaves it empty',
		async ({ entry, put }) => {
			const { filters: _, ...rest } = entry.parameters;
			const without = await run(entry, rest, true);
			const { error, asked } = await run(entry, put(rest, ''), true);
			expect({ error, asked }).toEqual({ error: without.error, asked: without.asked });
		},
	);

	const looks = entries.filter(({ operation }) => operation.findsOne);
	test.each(looks)('$name finds nothing without failing, if that is wanted', async (entry) => {
		const { operation, fields, parameters } = entry;
		const options = { ...(parameters.options as IDataObject), ifNotFound: 'skip' };
		const values = readValues(
			fields,
			(name) => ({ ...least(entry), ...recordOf(entry), options })[name],
		);
		await expect(
			found(async () => await operation.run(emptyShop(), values, ITEM), values),
		).resolves.toEqual([]);
	});
});

/** Whether a request holds a value by itself, and not within another one. */
function isAskedFor(value: string, request: string): boolean {
	return request.split(/[^\p{L}\d.-]+/u).includes(value);
}

const LOOSE = ['5abc', '05', '5-name', '5.0', '1e3', '0x5', '-5', '٥'];

/** Where a record is optional, the one that is not there. */
function recordOf({ fields }: TableEntry): IDataObject {
	return fields.some(({ name }) => name === 'recordId') ? { recordId: '5' } : {};
}

/** A row for a product names one of its variants as well. */
function partner(name: string, siblings: readonly INodeProperties[]): IDataObject {
	const isOfVariants = siblings.some((each) => each.name === 'cost_price');
	return name === 'productId' && isOfVariants ? { variantId: '7' } : {};
}

function isIdName(name: string): boolean {
	return /(^|_)ids?($|_)|Ids?$/.test(name) && !/external|transaction/i.test(name);
}

function namesRecord({ name, type }: INodeProperties): boolean {
	return type === 'resourceLocator' || (type === 'string' && isIdName(name));
}

/** Parameters without what is looked up in the shop before anything else, and with something to write. */
function least({ parameters, fields }: TableEntry): IDataObject {
	const spare = ['translations', 'prices', 'warehouses', 'properties', 'extraFields', 'options'];
	const rest = Object.entries(parameters).filter(([name]) => !spare.includes(name));
	const locators = fields.filter(({ type }) => type === 'resourceLocator').map(({ name }) => name);
	const [changed] = (fields.find(({ name }) => name === 'updateFields')?.options ??
		[]) as INodeProperties[];
	return {
		...(changed && { updateFields: { [changed.name]: changed.default } }),
		...Object.fromEntries(
			rest.map(([name, value]) => [
				name,
				locators.includes(name) && !/resource/i.test(name) ? { mode: 'id', value: '5' } : value,
			]),
		),
	};
}

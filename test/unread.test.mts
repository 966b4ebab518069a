/**
 * What was not read never looks empty: a record that came with nothing but its ID is shown with `null`,
 * not with "no lines", "not paid" or "0". Every simplified read of one record, of every shop.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import type { Operation, Resource } from '../nodes/shared/actions/operation.ts';
import { fieldsOf } from '../nodes/shared/actions/ifNotFound.ts';
import { readValues } from '../nodes/shared/actions/parameters.ts';
import type { Transport } from '../nodes/shared/http/transport.ts';
import { shopOver } from '../nodes/shared/reading/shop.ts';
import type { Shop } from '../nodes/shared/reading/shop.ts';

const root = path.join(import.meta.dirname, '..');
const { n8n } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
	n8n: { nodes: string[] };
};
const folders = [...new Set(n8n.nodes.map((file) => path.basename(path.dirname(file))))];

type Bare = Record<string, unknown>;

/** Every name a shop gives to the ID of a record or of the record it belongs to. */
const BARE: Bare = Object.fromEntries(
	['id', 'order_id', 'user_id', 'product_id', 'stock_id', 'status_id', 'parcel_id', 'category_id']
		.concat(['payment_id', 'shipping_id', 'currency_id', 'lang_id', 'producer_id', 'webhook_id'])
		.concat(['id_product', 'id_product_attribute', 'id_order', 'code'])
		.map((name) => [name, '5'])
		// What makes a row of stock that of a variant.
		.concat([['extended', '1']]),
);

const transport: Transport<Bare> = {
	address: { host: 'shop.example', url: 'https://shop.example', settings: { timezone: 'UTC' } },
	send: async () => ({ status: 200, headers: {}, text: '' }),
	records: async () => [BARE],
	errorIn: async () => undefined,
	foresee: () => undefined,
};

/** A shop in which every record has an ID and nothing else was shown of it. */
const shop: Shop<Bare> = {
	...shopOver(transport),
	find: async () => [BARE],
	list: async () => [BARE],
};

/** True of every shop of its kind, whatever was read. */
const CONSTANTS = ['priceIncludesTax', 'fromCustomer'];

/** Where something looks as if it had been read, as a path. */
function emptyLooking(value: unknown, at = ''): string[] {
	if (Array.isArray(value)) {
		return value.length === 0 ? [at] : value.flatMap((each) => emptyLooking(each, at));
	}
	if (typeof value === 'object' && value !== null) {
		const entries = Object.entries(value);
		if (entries.length === 0) return [at];
		return entries
			.filter(([name]) => !CONSTANTS.includes(name))
			.flatMap(([name, each]) => emptyLooking(each, `${at}.${name}`));
	}
	return [false, 0, ''].includes(value as never) || Number.isNaN(value) ? [`${at}: ${value}`] : [];
}

describe.each(folders)('%s', (folder) => {
	const { resources } = require(path.join(root, 'nodes', folder, 'actions/index.ts')) as {
		resources: Array<Resource<Bare>>;
	};
	const reads = resources.flatMap((resource) =>
		resource.operations
			.filter(
				({ value, fields }) => value === 'get' && fields.some(({ name }) => name === 'simplify'),
			)
			.map((operation) => ({ name: `${resource.value}.${operation.value}`, operation })),
	);

	test.each(reads)('$name', async ({ operation }) => {
		const [shown] = await run(operation);
		expect(shown).toMatchObject({ id: expect.any(String) });
		expect(emptyLooking(shown)).toEqual([]);
	});
});

async function run(operation: Operation<Bare>): Promise<IDataObject[]> {
	const locator = operation.fields.find(({ type }) => type === 'resourceLocator')?.name;
	const values = readValues(fieldsOf(operation, undefined), (name) =>
		name === locator ? { mode: 'id', value: '5' } : undefined,
	);
	const result = await operation.run(shop, values, {} as never);
	return [result].flat() as IDataObject[];
}

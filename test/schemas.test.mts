/**
 * Output schemas: what the editor offers to drag before a node ran for the first time. They are made
 * from real output of the simplified reads. `npm run docs` rewrites them.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { INodeParameters } from 'n8n-workflow';
import { suite } from './PrestaShop/conformance.mts';
import { executeNode } from './support/engine.mts';
import { schemaOf } from './support/outputSchema.mts';

const folder = path.join(import.meta.dirname, '../nodes/PrestaShop/__schema__/v1.0.0');

const byId = (value: string) => ({ __rl: true, mode: 'id', value });

/** A read with simplified output, and what to ask for so that it has something to show. */
const READS: Array<[string, string, INodeParameters]> = [
	['order', 'get', { orderId: byId('1') }],
	['order', 'getAll', {}],
	['order', 'getLatest', { customer: byId('2') }],
	['orderDetail', 'getAll', { orderId: byId('1') }],
	['orderHistory', 'getAll', { orderId: byId('1') }],
	['orderState', 'get', { stateId: byId('4') }],
	['orderState', 'getAll', {}],
	['customer', 'get', { customerId: byId('2') }],
	['customer', 'getAll', {}],
	['product', 'get', { productId: byId('1') }],
	['product', 'getAll', {}],
	['category', 'getAll', {}],
	['stock', 'getAll', {}],
	['language', 'getAll', {}],
	['apiKey', 'checkPermissions', {}],
];

test.each(READS)('the schema of %s.%s is that of its output', async (resource, operation, rest) => {
	const shop = await suite.start('8.2.1');
	try {
		const parameters = { resource, operation, ...rest };
		const { items, error } = await executeNode(shop.bench('full'), parameters);
		expect(error?.message).toBeUndefined();
		expect(items.length).toBeGreaterThan(0);
		const schema = `${JSON.stringify({ ...schemaOf(items.map(({ json }) => json)), version: 1 }, null, '\t')}\n`;
		const file = path.join(folder, resource, `${operation}.json`);
		if (process.env.UPDATE_DOCS === '1') {
			mkdirSync(path.dirname(file), { recursive: true });
			writeFileSync(file, schema);
		}
		expect(existsSync(file) ? readFileSync(file, 'utf8') : 'no file').toBe(schema);
	} finally {
		await shop.close();
	}
});

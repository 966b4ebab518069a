/** Stock: many items in few requests within what the shop grants, and the truth about each of them. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { startShoperSandbox } from '../../sandbox/shoper/shop.mts';
import type { ShoperSandbox } from '../../sandbox/shoper/shop.mts';
import { by, jsonOf, requestsOf, run, wideShop } from './catalogueFixtures.mts';
import type { RunOptions } from './catalogueFixtures.mts';

const BY_CODE: INodeParameters = {
	productId: { __rl: true, mode: 'code', value: '={{ $json.code }}' },
	mode: '={{ $json.mode ?? "set" }}',
	quantity: '={{ $json.quantity }}',
};

const codeOf = (number: number) => `BULK-${String(number).padStart(5, '0')}`;

const itemsOf = (count: number): Array<IDataObject & { code: string; quantity: number }> =>
	Array.from({ length: count }, (_, at) => ({ code: codeOf(at + 1), quantity: 1000 + at }));

async function update(shop: ShoperSandbox, items: IDataObject[], options: RunOptions = {}) {
	return await run(shop, 'stock', 'update', BY_CODE, { items, ...options });
}

/** Quantities in the shop by code. */
function held(shop: ShoperSandbox): Map<string, number> {
	const rows = shop.control.records({ resource: 'product-stocks' });
	return new Map(rows.map(({ code, stock }) => [String(code), Number(stock)]));
}

const bulks = (shop: ShoperSandbox) =>
	requestsOf(shop).filter((request) => request === 'POST /bulk').length;

let shop: ShoperSandbox;

afterEach(async () => {
	await shop.close();
});

test('500 items by code within a bucket of 10: few calls, no failure, no Retry-After ignored', async () => {
	shop = await startShoperSandbox({ bucket: { limit: 10, perSecond: 50 } });
	shop.control.seed({ products: 500 });
	const others = shop.control.records({ resource: 'product-stocks' });
	shop.control.clearRequests();
	const items = itemsOf(500);
	const results = jsonOf(await update(shop, items));
	expect(results.map(({ quantity }) => quantity)).toEqual(items.map(({ quantity }) => quantity));
	const now = held(shop);
	for (const { code, quantity } of items) expect(now.get(code)).toBe(quantity);
	expect(shop.control.ignoredRetryAfters()).toEqual([]);
	expect(shop.control.requests().filter(({ status }) => status === 429)).toEqual([]);
	// The first bulk call is careful; then 25 at a time. Codes 10, reading back 10.
	expect(bulks(shop)).toBe(21);
	expect(requestsOf(shop)).toHaveLength(41);
	const rest = ({ stock: _stock, ...row }: Record<string, unknown>) => row;
	expect(shop.control.records({ resource: 'product-stocks' }).map(rest)).toEqual(others.map(rest));
});

test('a shop that counts each operation of a bulk call gets no more at once than its bucket holds', async () => {
	shop = await startShoperSandbox({ bucket: { limit: 10, perSecond: 50 } });
	shop.control.setBulkCostsEach({ on: true });
	shop.control.seed({ products: 30 });
	shop.control.clearRequests();
	const items = itemsOf(30);
	const results = jsonOf(await update(shop, items));
	expect(results.every(({ changed }) => changed)).toBe(true);
	const now = held(shop);
	for (const { code, quantity } of items) expect(now.get(code)).toBe(quantity);
	expect(shop.control.ignoredRetryAfters()).toEqual([]);
});

describe('with room for everything', () => {
	beforeEach(async () => {
		shop = await wideShop();
		shop.control.seed({ products: 40 });
		shop.control.clearRequests();
	});

	test('one refused item is told, the others are carried out', async () => {
		const items = itemsOf(30);
		const gone = shop.control
			.records({ resource: 'product-stocks' })
			.find(({ code }) => code === codeOf(7));
		// The row disappears between reading and writing.
		shop.control.addFault({ kind: 'delay', delayMs: 200, match: { pathIncludes: '/bulk' } });
		const running = update(shop, items, { goOn: true });
		await until(() => requestsOf(shop).some((request) => request.includes('product-stocks')));
		shop.control.deleteRecord({ resource: 'product-stocks', id: Number(gone?.stock_id) });
		const results = jsonOf(await running);
		expect(results[6]).toMatchObject({
			error: expect.stringContaining('not changed') as string,
			details: { code: 'invalid_request' },
		});
		expect(results.filter(({ changed }) => changed)).toHaveLength(29);
		const now = held(shop);
		for (const { code, quantity } of items) {
			if (code !== codeOf(7)) expect(now.get(code)).toBe(quantity);
		}
	});

	test('a bulk call whose answer was lost is looked at, not sent again', async () => {
		const items = itemsOf(10);
		shop.control.addFault({ kind: 'truncate', match: { pathIncludes: '/bulk' } });
		const results = jsonOf(await update(shop, items));
		expect(results.every(({ changed }) => changed)).toBe(true);
		expect(bulks(shop)).toBe(1);
	});

	test('changes by an amount start from what the shop holds, and are never sent twice', async () => {
		const code = codeOf(5);
		const before = held(shop).get(code) ?? 0;
		const items = [
			{ code, mode: 'changeBy', quantity: 3 },
			{ code, mode: 'changeBy', quantity: -1 },
		];
		const results = jsonOf(await update(shop, items));
		expect(held(shop).get(code)).toBe(before + 2);
		expect(results[0]).toMatchObject({ previousQuantity: before, quantity: before + 2 });
		expect(results[0]?.note).toContain('2 items of this run');
		const writes = requestsOf(shop).filter((request) => request.startsWith('PUT'));
		expect(writes).toHaveLength(1);
		expect(writes[0]).toContain('PUT /products/');
	});

	test('a token without the right to edit products changes the row itself', async () => {
		const token = 'f'.repeat(64);
		shop.control.addToken({ token, rights: { products: 'read', 'product-stocks': 'edit' } });
		const code = codeOf(5);
		const before = held(shop).get(code) ?? 0;
		const [result] = jsonOf(
			await update(shop, [{ code, mode: 'changeBy', quantity: 4 }], { token }),
		);
		expect(result).toMatchObject({ previousQuantity: before, quantity: before + 4 });
		expect(held(shop).get(code)).toBe(before + 4);
	});

	test('a shop without bulk calls is asked one by one', async () => {
		shop.control.addFault({
			kind: 'status',
			status: 400,
			body: '{"error":"invalid_request","error_description":"Missing MODULE \'bulk\'"}',
			match: { pathIncludes: '/bulk' },
		});
		const results = jsonOf(await update(shop, itemsOf(5)));
		expect(results.every(({ changed }) => changed)).toBe(true);
		expect(requestsOf(shop).filter((request) => request.startsWith('PUT'))).toHaveLength(5);
	});

	test('an unknown code among many names its item, and nothing is written', async () => {
		const items = [...itemsOf(3), { code: 'NOWHERE', quantity: 1 }];
		const { error } = await update(shop, items);
		expect(error?.message).toContain('NOWHERE');
		expect(requestsOf(shop).filter((request) => !request.startsWith('GET'))).toEqual([]);
	});

	test('a dry run writes nothing', async () => {
		const [result] = jsonOf(
			await run(shop, 'stock', 'update', {
				productId: by('code', codeOf(1)),
				mode: 'set',
				quantity: 9,
				options: { dryRun: true },
			}),
		);
		expect(result).toMatchObject({ quantity: 9, changed: false, dryRun: true });
		expect(requestsOf(shop).filter((request) => !request.startsWith('GET'))).toEqual([]);
	});

	test('a token that may only read is told which right is missing', async () => {
		const token = 'e'.repeat(64);
		shop.control.addToken({ token, rights: { 'product-stocks': 'read' } });
		const { error } = await update(shop, itemsOf(30), { token });
		expect(error?.message).toContain('Warianty produktów');
		// One refusal is enough: the rest is not tried.
		expect(requestsOf(shop).filter((request) => request.startsWith('PUT')).length).toBeLessThan(3);
	});
});

/** Waits for something that happens by itself within a moment. */
async function until(happened: () => boolean): Promise<void> {
	for (let tries = 0; tries < 400 && !happened(); tries++) {
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
}

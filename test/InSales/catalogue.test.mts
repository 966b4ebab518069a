/** The catalogue at the size of a real shop, read while others edit it. */
import { startInSalesSandbox } from '../../sandbox/insales/shop.mts';
import type { InSalesRecord } from '../../nodes/InSales/api/codec.ts';
import type { InSalesSandbox } from '../../sandbox/insales/shop.mts';
import { contentHash } from '../../nodes/InSales/catalog/cursor.ts';
import { actionBench } from './fixtures.mts';
import { Copy, run, truth } from './catalogFixtures.mts';

const DAY_MS = 86_400_000;

let shop: InSalesSandbox;

beforeEach(async () => {
	shop = await startInSalesSandbox();
	shop.control.freeze();
	shop.control.setLimit({ requests: 1_000_000 });
});

afterEach(async () => {
	await shop.close();
});

/** Edits the shop between the requests of `reading`, as others would; how many edits there were. */
async function whileOthersEdit<T>(reading: Promise<T>, edit: (nth: number) => void) {
	let over = false;
	let edits = 0;
	const watch = async () => {
		let seen = shop.control.requests().length;
		while (!over) {
			await new Promise((resolve) => setImmediate(resolve));
			const now = shop.control.requests().length;
			if (now === seen) continue;
			seen = now;
			for (let times = 0; times < 7; times++) edit(edits++);
		}
	};
	const watching = watch();
	try {
		return { result: await reading, edits };
	} finally {
		over = true;
		await watching;
	}
}

/** 2,000 products: half of them changed in one and the same second, as by a bulk operation. */
function seedProducts(): number[] {
	const now = shop.control.now().ms;
	const first = shop.control.seed({ products: 1_000, since: now - 2 * DAY_MS });
	const ids: number[] = [];
	for (let at = 0; at < 4; at++) {
		const seeded = shop.control.seed({ products: 250, since: now - DAY_MS + at * 1_000 });
		for (let id = seeded.firstProductId; id <= seeded.lastProductId; id++) ids.push(id);
	}
	for (let id = first.firstProductId; id <= first.lastProductId; id++) ids.push(id);
	return ids;
}

test('2,000 products are copied while others edit them: none missed, none told twice', async () => {
	const ids = seedProducts();
	const bench = actionBench(shop, 'chat');
	const copy = new Copy();
	shop.control.clearRequests();
	const { edits } = await whileOthersEdit(copy.sync(bench), (nth) => {
		if (nth % 3 === 0) shop.control.advance({ ms: 1_000 });
		shop.control.updateProduct({ productId: ids[(nth * 37) % ids.length], price: 5_000 + nth });
	});
	expect(edits).toBeGreaterThan(30);
	expect(shop.control.requests().length).toBeLessThanOrEqual(12);
	// What was edited behind the reader's back comes with the next run, five minutes later.
	shop.control.advance({ ms: 300_000 });
	await copy.sync(bench);
	expect([...copy.products].sort()).toEqual([...(await truth(shop))].sort());
	expect(copy.products.size).toBe(2_006);
	expect(copy.repeats).toEqual([]);
	shop.control.advance({ ms: 300_000 });
	const before = copy.cursor;
	shop.control.clearRequests();
	await copy.sync(bench);
	expect(copy.cursor).toBe(before);
	expect(shop.control.requests()).toHaveLength(1);
});

test('in portions of 300 the copy is complete as well', async () => {
	seedProducts();
	const bench = actionBench(shop, 'chat');
	const copy = new Copy();
	let runs = 1;
	while (!(await copy.sync(bench, { maxProducts: 300 }))) runs++;
	expect(runs).toBe(7);
	expect([...copy.products].sort()).toEqual([...(await truth(shop))].sort());
	expect(copy.repeats).toEqual([]);
});

test.each([
	['2026-03-01T12:00:00', '2026-03-01T09:00:00+00:00'],
	['2026-03-01', '2026-02-28T21:00:00+00:00'],
	['2026-03-01T12:00:00Z', '2026-03-01T12:00:00+00:00'],
])(
	'a copy can begin at %s: without an offset it is the local time of the shop',
	async (cursor, since) => {
		shop.control.clearRequests();
		await run(actionBench(shop), 'catalog', 'sync', { cursor });
		expect(shop.control.requests().map(({ path }) => path)).toContainEqual(
			expect.stringContaining(`updated_since=${since}`),
		);
	},
);

test('stock that moves no date comes with the next full pass', async () => {
	shop.control.setGuesses({ stockTouchesProduct: false });
	const bench = actionBench(shop, 'chat');
	const copy = new Copy();
	await copy.sync(bench, { fullPassHours: 24 });
	shop.control.advance({ ms: DAY_MS });
	shop.control.updateProduct({ productId: 502, quantity: 1 });
	await copy.sync(bench, { fullPassHours: 24 });
	expect([...copy.products].sort()).not.toEqual([...(await truth(shop))].sort());
	// The hours are counted by n8n's clock, which a cursor of yesterday stands for.
	const cursor = JSON.parse(copy.cursor) as { full: number };
	copy.cursor = JSON.stringify({ ...cursor, full: cursor.full - DAY_MS });
	await copy.sync(bench, { fullPassHours: 24 });
	expect([...copy.products].sort()).toEqual([...(await truth(shop))].sort());
});

test('all products are listed once each while others edit them', async () => {
	const ids = seedProducts();
	const reading = run(actionBench(shop), 'product', 'getAll', { returnAll: true, simplify: false });
	const { result } = await whileOthersEdit(reading, (nth) => {
		shop.control.advance({ ms: 500 });
		shop.control.updateProduct({ productId: ids[(nth * 53) % ids.length], quantity: nth });
	});
	const found = result.map(({ id }) => Number(id));
	expect(new Set(found).size).toBe(found.length);
	expect(found).toEqual(expect.arrayContaining(ids));
});

test('2,000 orders changed since a time are read while others edit them: none missed, none twice', async () => {
	const now = shop.control.now().ms;
	const seeded = shop.control.seed({ orders: 2_000, since: now - DAY_MS, spacingMs: 20_000 });
	const updatedAfter = new Date(now - 2 * DAY_MS).toISOString();
	const reading = run(actionBench(shop), 'order', 'getAll', {
		returnAll: true,
		simplify: false,
		filters: { updatedAfter },
	});
	const { result, edits } = await whileOthersEdit(reading, (nth) => {
		shop.control.advance({ ms: 500 });
		shop.control.touchOrder({
			orderId: seeded.firstOrderId + ((nth * 53) % 2_000),
			note: `${nth}`,
		});
	});
	expect(edits).toBeGreaterThan(30);
	const found = result.map(({ id }) => Number(id)).filter((id) => id >= seeded.firstOrderId);
	expect(new Set(found).size).toBe(found.length);
	expect(found).toHaveLength(2_000);
});

test('a product is hashed once, however often it is compared', () => {
	const toJSON = jest.fn(() => 'a product');
	const product: InSalesRecord = Object.defineProperty({ id: 1 }, 'toJSON', { value: toJSON });
	expect(contentHash(product)).toBe(contentHash(product));
	expect(contentHash({ id: 1 })).not.toBe(contentHash(product));
	expect(toJSON).toHaveBeenCalledTimes(1);
});

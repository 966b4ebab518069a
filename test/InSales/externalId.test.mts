/** Which order carries an external ID, when several do. */
import type { InSalesRecord } from '../../nodes/InSales/api/codec.ts';
import type { InSalesShop } from '../../nodes/InSales/api/reads.ts';
import { markerLine, markerOf, orderMarked } from '../../nodes/InSales/orders/externalId.ts';

jest.useFakeTimers({ now: Date.UTC(2027, 2, 10, 12), doNotFake: ['nextTick', 'setImmediate'] });

const marker = markerOf('chat-1') ?? { id: '', handle: '' };
const marked = (id: number, more: InSalesRecord = {}): InSalesRecord => ({
	...more,
	id,
	updated_at: '2027-03-10T12:00:00.000+03:00',
	manager_comment: markerLine(marker),
});

/** A shop with these orders, in the order in which it lists them. */
function shopWith(orders: InSalesRecord[]): InSalesShop {
	const memory = new Map<string, unknown>();
	const shop = {
		list: async () => orders,
		once: async (key: string, make: () => Promise<unknown>) => {
			if (!memory.has(key)) memory.set(key, await make());
			return memory.get(key);
		},
	};
	return shop as Partial<InSalesShop> as InSalesShop;
}

test.each([
	['listed first', [80_001, 80_002, 80_003]],
	['listed last', [80_003, 80_002, 80_001]],
	['with a shorter number', [100_000, 99_999]],
])('of several marked orders the oldest counts, %s', async (_, ids) => {
	const found = await orderMarked(shopWith(ids.map((id) => marked(id))), marker, 30);
	expect(found?.id).toBe(Math.min(...ids));
});

describe('a further look', () => {
	test.each([
		['finds an older one', 80_001, 80_001],
		['finds a newer one', 80_003, 80_002],
	])('that %s: the oldest counts', async (_, id, oldest) => {
		const orders = [marked(80_002)];
		const shop = shopWith(orders);
		expect((await orderMarked(shop, marker, 30))?.id).toBe(80_002);
		orders.splice(0, 1, marked(id));
		jest.setSystemTime(Date.now() + 11_000);
		expect((await orderMarked(shop, marker, 30))?.id).toBe(oldest);
	});

	test('has the order as it is by then', async () => {
		const orders = [marked(80_001, { number: 'before' })];
		const shop = shopWith(orders);
		await orderMarked(shop, marker, 30);
		orders.splice(0, 1, marked(80_001, { number: 'after' }));
		jest.setSystemTime(Date.now() + 11_000);
		expect(await orderMarked(shop, marker, 30)).toMatchObject({ id: 80_001, number: 'after' });
	});
});

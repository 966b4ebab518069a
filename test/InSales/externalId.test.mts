/** Which order carries an external ID, when several do. */
import type { InSalesRecord } from '../../nodes/InSales/api/codec.ts';
import type { InSalesShop } from '../../nodes/InSales/api/reads.ts';
import { markerLine, markerOf, orderMarked } from '../../nodes/InSales/orders/externalId.ts';

const marker = markerOf('chat-1') ?? { id: '', handle: '' };
const marked = (id: number): InSalesRecord => ({
	id,
	updated_at: '2027-03-10T12:00:00.000+03:00',
	manager_comment: markerLine(marker),
});

/** A shop with these orders, in the order in which it lists them. */
function shopWith(...orders: InSalesRecord[]): InSalesShop {
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
	const found = await orderMarked(shopWith(...ids.map(marked)), marker, 30);
	expect(found?.id).toBe(Math.min(...ids));
});

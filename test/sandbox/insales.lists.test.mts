/** InSales API reference, section 3: pages, filters, incremental reading. */
import { startInSalesSandbox } from '../../sandbox/insales/shop.mts';
import type { InSalesSandbox } from '../../sandbox/insales/shop.mts';
import { callAdmin, list, object } from './insalesRequests.mts';

const START = Date.parse('2026-03-01T12:00:00+03:00');

let shop: InSalesSandbox;

beforeAll(async () => {
	shop = await startInSalesSandbox({ now: START, empty: true });
	shop.control.freeze();
});

beforeEach(() => {
	shop.control.setNow({ ms: START });
	shop.control.reset();
});

afterAll(async () => {
	await shop.close();
});

async function ids(path: string): Promise<number[]> {
	return list(await callAdmin(shop.url, 'GET', path)).map(({ id }) => Number(id));
}

async function status(path: string): Promise<number> {
	return (await callAdmin(shop.url, 'GET', path)).status;
}

async function count(path: string): Promise<number> {
	return Number(object(await callAdmin(shop.url, 'GET', path)).count);
}

const since = (stamp: string): string => `updated_since=${encodeURIComponent(stamp)}`;

/** `count` orders, `spacingMs` apart, the last one now; ids from 80001. */
function seed(count: number, spacingMs = 1_000): void {
	shop.control.seed({ orders: count, since: START - (count - 1) * spacingMs, spacingMs });
}

describe('pages', () => {
	it('are bare arrays, held between 10 and 250, empty past the end', async () => {
		seed(300);
		const sizes = [];
		for (const query of [
			'',
			'per_page=1',
			'per_page=11',
			'per_page=1000',
			'per_page=250&page=2',
			'per_page=250&page=3',
		])
			sizes.push((await ids(`orders.json?${query}`)).length);
		expect(sizes).toEqual([25, 10, 11, 250, 50, 0]);
		expect((await callAdmin(shop.url, 'GET', 'orders.json?page=99')).text).toBe('[]');
	});

	it('move under the hands of a reader by page number', async () => {
		seed(20);
		const first = await ids('orders.json?per_page=10');
		shop.control.placeOrder();
		const second = await ids('orders.json?per_page=10&page=2');
		expect(second[0]).toBe(first.at(-1));
	});

	it('come newest first without updated_since', async () => {
		seed(12);
		shop.control.touchOrder({ orderId: 80_001 });
		expect((await ids('orders.json')).slice(0, 2)).toEqual([80_012, 80_011]);
		expect((await ids('products.json?per_page=10'))[0]).toBe(506);
	});

	it('guesses about order and size can be turned', async () => {
		seed(40);
		shop.control.setGuesses({ newestFirst: false, defaultPerPage: 30, acceptsZ: false });
		const first = await ids('orders.json');
		expect([first.length, first[0]]).toEqual([30, 80_001]);
		expect(await status('orders.json?updated_since=2026-03-01T08:59:59Z')).toBe(400);
	});

	it('short lists may know no pages', async () => {
		expect(await ids('custom_statuses.json?per_page=10&page=2')).toHaveLength(2);
		shop.control.setGuesses({ shortListsPaged: false });
		expect(await ids('custom_statuses.json?per_page=10&page=2')).toHaveLength(12);
	});
});

describe('incremental reading', () => {
	it('is inclusive and ordered by updated_at, then id', async () => {
		seed(5);
		shop.control.touchOrder({ orderId: 80_002 });
		const from = '2026-03-01T11:59:58.000+03:00';
		expect(await ids(`orders.json?${since(from)}`)).toEqual([80_003, 80_004, 80_002, 80_005]);
		expect(await count(`orders/count.json?${since(from)}`)).toBe(4);
	});

	it('cuts strictly by from_id, only together with updated_since', async () => {
		seed(3, 0);
		const at = '2026-03-01T12:00:00.000+03:00';
		expect(await ids(`orders.json?${since(at)}&from_id=80001`)).toEqual([80_002, 80_003]);
		expect(await ids(`orders.json?${since(at)}&from_id=80003`)).toEqual([]);
		expect(await ids('orders.json?from_id=80002')).toEqual([80_003, 80_002, 80_001]);
	});

	it('loses a second change in the same second to a strict cursor', async () => {
		const { id } = shop.control.placeOrder();
		const [order] = list(await callAdmin(shop.url, 'GET', 'orders.json'));
		shop.control.advance({ ms: 900 });
		shop.control.changeStatus({ orderId: id, permalink: 'v-obrabotke' });
		const cursor = String(order?.updated_at);
		expect(await ids(`orders.json?${since(cursor)}&from_id=${id}`)).toEqual([]);
		expect(await ids(`orders.json?${since(cursor)}`)).toEqual([id]);
	});

	it.each([
		['2026-03-01T11:59:59.000+03:00', 2],
		['2026-03-01T08:59:59+00:00', 2],
		['2026-03-01T08:59:59Z', 2],
		['2026-03-01 11:59:59 +03:00', 2],
		['2026-03-01 11:59:59', 2],
		['2026-03-01', 3],
	])('reads %s', async (text, expected) => {
		seed(3);
		expect(await ids(`orders.json?${since(text)}`)).toHaveLength(expected);
	});

	it('an unescaped plus is a blank, and the date cannot be read', async () => {
		seed(3);
		expect(await status('orders.json?updated_since=2026-03-01T12:00:00+03:00')).toBe(400);
		expect(await status('orders/count.json?updated_since=2026-03-01T12:00:00+03:00')).toBe(400);
		// The documented literal escapes its blanks as plus signs.
		expect(await ids('orders.json?updated_since=2026-03-01+12%3A00%3A00+%2B03%3A00')).toHaveLength(
			1,
		);
		shop.control.setGuesses({ unreadableDates: 'ignore' });
		expect(await ids('orders.json?updated_since=2026-03-01T12:00:00+03:00')).toHaveLength(3);
	});

	it('from_id does not cut collections', async () => {
		const all = list(await callAdmin(shop.url, 'GET', 'collections.json'));
		const stamp = String(all.at(-1)?.updated_at);
		expect(await ids(`collections.json?${since(stamp)}&from_id=35`)).toHaveLength(6);
		expect(await ids(`categories.json?${since(stamp)}&from_id=22`)).toEqual([23]);
	});

	it('works for clients and products, and a late order keeps the time it began', async () => {
		const reserved = shop.control.reserveOrderId();
		shop.control.advance({ ms: 5_000 });
		const next = shop.control.placeOrder();
		const cursor = shop.control.now().stamp;
		expect(await ids(`orders.json?${since(cursor)}`)).toEqual([next.id]);
		shop.control.advance({ ms: 5_000 });
		expect(shop.control.placeOrder({ id: reserved }).id).toBe(reserved);
		expect(await ids(`orders.json?${since(cursor)}`)).toEqual([next.id]);
		expect(await ids(`orders.json?${since('2026-03-01T12:00:00+03:00')}`)).toEqual([
			reserved,
			next.id,
		]);
		const { id } = shop.control.addClient({ name: 'Ирина' });
		expect(await ids(`clients.json?${since(shop.control.now().stamp)}`)).toEqual([id]);
		shop.control.updateProduct({ sku: 'MUG-01', price: 500 });
		expect(await ids(`products.json?${since(shop.control.now().stamp)}`)).toEqual([502]);
	});
});

describe('filters', () => {
	it('knows arrays of statuses, deliveries and payments, in counts too', async () => {
		shop.control.placeOrder({ permalink: 'delivered', deliveryVariantId: 21_798 });
		shop.control.placeOrder({ permalink: 'v-obrabotke', paymentGatewayId: 79_173 });
		shop.control.placeOrder();
		const both = 'fulfillment_status[]=delivered&fulfillment_status[]=accepted';
		expect(await ids(`orders.json?${both}`)).toEqual([80_002, 80_001]);
		expect(await count(`orders/count.json?${both}`)).toBe(2);
		expect(await ids('orders.json?delivery_variant[]=21798')).toEqual([80_001]);
		expect(await ids('orders.json?payment_gateway_id[]=79173')).toEqual([80_002]);
		expect(await count('orders/count.json?fulfillment_status[0]=delivered')).toBe(3);
	});

	it('ignores the others silently, unless switched', async () => {
		shop.control.placeOrder({ paid: true });
		shop.control.placeOrder({ permalink: 'delivered', email: 'ivan@example.com', name: 'Иван' });
		const paths = ['financial_status=paid', 'status=closed', 'q=ivan', 'custom_status=delivered'];
		const counts = async (): Promise<number[]> => {
			const found = [];
			for (const path of paths) found.push(await count(`orders/count.json?${path}`));
			return found;
		};
		expect(await counts()).toEqual([2, 2, 2, 2]);
		shop.control.setFiltersIgnored({ ignored: false });
		expect(await counts()).toEqual([1, 1, 1, 2]);
		shop.control.setFiltersIgnored({ ignored: true });
		expect(await count('orders/count.json?fulfillment_status[]=delivered')).toBe(2);
	});

	it('has no search for clients', async () => {
		shop.control.addClient({ name: 'Анна', email: 'anna@example.com' });
		shop.control.addClient({ name: 'Иван', email: 'ivan@example.com' });
		expect(await ids('clients.json?email=anna@example.com')).toHaveLength(2);
		expect(await status('clients/search.json?email=anna@example.com')).toBe(404);
	});

	it('shows the trash with deleted, everything with with_deleted', async () => {
		expect(await ids('products.json')).not.toContain(507);
		expect(await ids('products.json?deleted=true')).toEqual([507]);
		expect(await ids('products.json?deleted=true&with_deleted=true')).toHaveLength(7);
		seed(2);
		await callAdmin(shop.url, 'DELETE', 'orders/80001.json');
		expect(await ids('orders.json')).toEqual([80_002]);
		const [archived] = list(await callAdmin(shop.url, 'GET', 'orders.json?deleted=true'));
		expect(archived).toMatchObject({ id: 80_001, archived: true });
	});

	it('finds products by category, collection, title and ids', async () => {
		expect(await ids('products.json?category_id=22')).toEqual([501]);
		expect(await ids('products.json?collection_id=30')).toHaveLength(6);
		expect(
			await ids(
				`products.json?${encodeURIComponent('filter[title]')}=${encodeURIComponent('круж')}`,
			),
		).toEqual([502]);
		expect(await ids('products/by_ids.json?product_ids=503,1,501')).toEqual([503, 501]);
		const many = Array.from({ length: 101 }, (_, index) => index + 1).join(',');
		expect(await status(`products/by_ids.json?product_ids=${many}`)).toBe(422);
	});

	it('variant_fields drops the quantity', async () => {
		const shown = await callAdmin(shop.url, 'GET', 'products.json?variant_fields=id,quantity');
		expect(shown.text).not.toContain('"quantity"');
	});
});

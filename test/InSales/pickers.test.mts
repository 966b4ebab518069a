/** Lists of the editor: what they show, how they are searched and paged. */
import { startInSalesSandbox } from '../../sandbox/insales/shop.mts';
import type { InSalesSandbox } from '../../sandbox/insales/shop.mts';
import { searchList } from '../support/engine.mts';
import { actionBench } from './fixtures.mts';

let shop: InSalesSandbox;

beforeEach(async () => {
	shop = await startInSalesSandbox();
});

afterEach(async () => {
	await shop.close();
});

const list = async (method: string, filter?: string, from?: string) =>
	await searchList(actionBench(shop, 'chat'), method, filter, from);

test('delivery methods show ID, title and type, and what suits orders from outside comes first', async () => {
	const { results } = await list('searchDeliveryVariants');
	expect(results.map(({ name }) => name)).toEqual([
		'Курьер · Fixed · ID 21797 · fits: fixed price',
		'Самовывоз · PickUp · ID 21798 · fits: pickup',
		'Пункт выдачи · External · ID 21801 · fits: pickup',
		'Служба доставки · External · ID 21799 · price is worked out at checkout',
		'Почта · PriceDepend · ID 21800 · price is worked out at checkout',
	]);
	expect((await list('searchDeliveryVariants', 'почта')).results).toEqual([
		expect.objectContaining({ value: '21800' }),
	]);
});

test('payment methods show ID, title and type', async () => {
	const { results } = await list('searchPaymentGateways', '79174');
	expect(results).toEqual([{ name: 'Картой на сайте · External · ID 79174', value: '79174' }]);
});

test('statuses are chosen by title and known by permalink; without custom ones by system status', async () => {
	const custom = await list('searchCustomStatuses', 'чата');
	expect(custom.results).toEqual([{ name: 'Новый из чата (new)', value: 'novyy-iz-chata' }]);
	shop.control.setPlan({ customStatuses: false });
	const system = await list('searchCustomStatuses');
	expect(system.results.map(({ value }) => value)).toEqual([
		'new',
		'accepted',
		'approved',
		'dispatched',
		'delivered',
		'declined',
		'returned',
	]);
});

test('orders are found by number, name and phone', async () => {
	const byNumber = await list('searchOrders', '1003');
	expect(byNumber.results).toEqual([
		{ name: expect.stringContaining('№ 1003 · Образцова Мария · +79000000002'), value: '80003' },
	]);
	expect((await list('searchOrders', 'пробный')).results).toHaveLength(1);
});

test('many orders come page by page', async () => {
	shop.control.seed({ orders: 60 });
	const first = await list('searchOrders');
	const second = await list('searchOrders', undefined, String(first.paginationToken));
	expect(first.results).toHaveLength(50);
	expect(second.results).toHaveLength(15);
	expect(second.paginationToken).toBeUndefined();
	expect(new Set([...first.results, ...second.results].map(({ value }) => value)).size).toBe(65);
});

test('clients are found by part of their email', async () => {
	const { results } = await list('searchClients', 'olga@');
	expect(results).toEqual([
		{ name: 'Демина Ольга · +79000000004 · olga@example.com · #4005', value: '4005' },
	]);
});

test('a key without the right sees why, not an empty list', async () => {
	await expect(searchList(actionBench(shop, 'productsOnly'), 'searchOrders')).rejects.toThrow(
		'orders (заказы) – view',
	);
});

/** The lists of the editor. */
import { SHOPER_TOKENS, startShoperSandbox } from '../../sandbox/shoper/shop.mts';
import type { ShoperSandbox } from '../../sandbox/shoper/shop.mts';
import { searchList } from '../support/engine.mts';
import { actionBench, tokenCredentials } from './fixtures.mts';

let shop: ShoperSandbox;

beforeAll(async () => {
	shop = await startShoperSandbox({ bucket: { limit: 1000, perSecond: 1000 } });
});

afterAll(async () => {
	await shop.close();
});

const search = async (method: string, filter?: string, from?: string) =>
	await searchList(actionBench(tokenCredentials(shop, SHOPER_TOKENS.full)), method, filter, from);

const values = async (method: string, filter?: string) =>
	(await search(method, filter)).results.map(({ value }) => value);

test('orders: the newest first, by number and by email', async () => {
	expect(await values('searchOrders')).toEqual(['5', '4', '3', '2', '1']);
	expect(await values('searchOrders', '#3')).toEqual(['3']);
	expect(await values('searchOrders', 'nowak')).toEqual(['4', '2']);
});

test('customers: by parts of name and email', async () => {
	expect(await values('searchCustomers', 'anna')).toEqual(['2']);
	expect(await values('searchCustomers', 'kowal')).toEqual(['3']);
});

test('statuses: all eleven, in the language of the shop, by name and ID', async () => {
	const { results } = await search('searchStatuses');
	expect(results).toHaveLength(11);
	expect(results[0]).toEqual({ name: 'złożone (1)', value: '1' });
	expect(await values('searchStatuses', 'ANUL')).toEqual(['8']);
	expect(await values('searchStatuses', '11')).toEqual(['11']);
});

test('payment and delivery methods by their titles', async () => {
	expect((await search('searchPayments', 'pobr')).results).toEqual([
		{ name: 'Pobranie (2)', value: '2' },
	]);
	expect((await search('searchShippings', 'kurier')).results).toEqual([
		{ name: 'Kurier (8)', value: '8' },
	]);
});

test('paths of the API, without the one that locks the panel', async () => {
	expect(await values('searchResourcePaths', 'metafields/')).toEqual([
		'metafields/product',
		'metafields/system',
	]);
	expect(await values('searchResourcePaths', 'lock')).toEqual([]);
});

test('long lists go on where they ended', async () => {
	for (let count = 0; count < 60; count++) shop.control.placeOrder();
	const first = await search('searchOrders');
	expect(first.results).toHaveLength(50);
	const second = await search('searchOrders', undefined, String(first.paginationToken));
	expect(second.results.at(-1)?.value).toBe('1');
	const all = [...first.results, ...second.results].map(({ value }) => value);
	expect(new Set(all).size).toBe(65);
	expect(second.paginationToken).toBeUndefined();
});

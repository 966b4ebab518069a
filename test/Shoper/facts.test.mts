/** Small facts about the shop: phases, paths that are refused, values that are the same, the bucket's headers. */
import { wholeAddresses } from '../../nodes/Shoper/orders/addresses.ts';
import { differences, sameValue } from '../../nodes/Shoper/writing/recordChanges.ts';
import { resourcePath } from '../../nodes/Shoper/api/resourcePath.ts';
import { RESOURCE_PATHS, idFieldOf } from '../../nodes/Shoper/api/resources.ts';
import { phaseOf } from '../../nodes/Shoper/orders/statuses.ts';
import { translated } from '../../nodes/Shoper/api/translations.ts';
import { shoper } from '../../nodes/Shoper/vendor.ts';

const status = (type: string, ...names: string[]) => ({
	type,
	translations: Object.fromEntries(names.map((name, index) => [`l${index}`, { name }])),
});

test.each<[string, string[], string]>([
	['1', ['złożone'], 'new'],
	['2', ['gotowe do wysłania'], 'processing'],
	['3', ['przesyłka wysłana'], 'shipped'],
	['3', ['odebrane'], 'delivered'],
	['3', ['Dostarczona'], 'delivered'],
	['3', ['wysłane', 'delivered'], 'delivered'],
	['4', ['anulowane'], 'cancelled'],
	['4', ['odrzucone'], 'cancelled'],
	['4', ['rejected'], 'cancelled'],
	['4', ['zwrócone'], 'returned'],
	['4', ['Zwrot towaru'], 'returned'],
	['4', ['Refunded'], 'returned'],
	['4', ['błąd płatności'], 'error'],
	['9', ['x'], 'unknown'],
])('a status of type %s called %j is %s', (type, names, phase) => {
	expect(phaseOf(status(type, ...names))).toBe(phase);
});

test('names come in the language of the shop, or in the first that has one', () => {
	const record = {
		translations: { en_US: { name: 'placed' }, pl_PL: { name: 'złożone' }, de: { name: '' } },
	};
	expect(translated(record, 'name', 'pl_PL')).toBe('złożone');
	expect(translated(record, 'name', 'de')).toBe('placed');
	expect(translated({ translations: [] }, 'name')).toBeNull();
});

describe('paths', () => {
	test.each([
		['orders', ['orders']],
		['/webapi/rest/metafields/product', ['metafields', 'product']],
		[
			'https://shop.example.com/webapi/rest/collections/5/products/',
			['collections', '5', 'products'],
		],
		['object-mtime/order', ['object-mtime', 'order']],
	])('%s', (typed, path) => {
		expect(resourcePath(typed)).toEqual(path);
	});

	test.each([
		'application-lock',
		'APPLICATION-LOCK',
		'application_lock',
		'applicationlock',
		'/webapi/rest/application-lock/',
		'application%2dlock',
		'application%252dlock',
		'%61pplication-lock',
		'orders/application-lock',
		'application-lock/5',
		'application\u2010lock',
		'application-lock?x',
		'application-lock#x',
		'application-lock;x',
		'application-lock.json',
		' application-lock ',
		'application-lock%00',
		'bulk',
		'auth',
		'oauth/token',
		'orders/../application-lock',
		'..',
		'orders//5',
		'orders\\5',
		'',
		'orders?limit=1',
	])('%j is refused', (typed) => {
		expect(() => resourcePath(typed)).toThrow();
	});

	test('none of those offered is refused, and the lock is not among them', () => {
		for (const path of RESOURCE_PATHS) expect(resourcePath(path).join('/')).toBe(path);
		expect(RESOURCE_PATHS).not.toContain('application-lock');
		expect([...RESOURCE_PATHS].sort()).toEqual(RESOURCE_PATHS);
	});
});

test.each([
	['orders', 'order_id'],
	['statuses', 'status_id'],
	['taxes', 'tax_id'],
	['categories', 'category_id'],
	['currencies', 'currency_id'],
	['availabilities', 'availability_id'],
	['languages', 'lang_id'],
	['order-products', 'id'],
	['product-stocks', 'stock_id'],
	['auction-houses', 'auction_house_id'],
	['warehouses', 'warehouse_id'],
])('the ID of %s is %s', (resource, field) => {
	expect(idFieldOf(resource)).toBe(field);
});

describe('changes', () => {
	test.each<[unknown, unknown, boolean]>([
		['4', 4, true],
		['4.00', 4, true],
		// Two codes, for all that is known.
		['1.10', '1.1', false],
		['1', true, true],
		[false, 0, true],
		[null, '', true],
		['0123', '123', false],
		['+48 500', '48500', false],
		['a', 'A', false],
		[['1'], ['1'], true],
	])('%j and %j are the same: %s', (stored, sent, same) => {
		expect(sameValue(stored, sent)).toBe(same);
	});

	test('are named by their place', () => {
		const before = { translations: { pl_PL: { name: 'a', description: 'b' } }, price: '1.00' };
		const after = { translations: { pl_PL: { name: 'c' } }, price: 1 };
		expect(differences(before, after)).toEqual({
			'translations.pl_PL.name': { before: 'a', after: 'c' },
		});
	});

	test('an address goes along whole, but with one country', () => {
		const before = {
			billing_address: {
				address_id: '9',
				type: '1',
				city: 'Miasto',
				phone: '1',
				country: 'Polska',
				country_code: 'PL',
			},
		};
		expect(wholeAddresses(before, { billing_address: { country_code: 'DE' }, notes: 'x' })).toEqual(
			{
				billing_address: { city: 'Miasto', phone: '1', country_code: 'DE' },
				notes: 'x',
			},
		);
	});
});

describe('the allowance', () => {
	const usage = (headers: Record<string, string>) =>
		shoper.usage?.({ status: 200, headers, text: '' });

	test('is read from every answer', () => {
		const headers = {
			'x-shop-api-calls': '3',
			'x-shop-api-limit': '10',
			'x-shop-api-bandwidth': '2',
		};
		expect(usage(headers)).toEqual({ used: 3, limit: 10, perSecond: 2 });
	});

	test('is not guessed', () => {
		expect(usage({})).toBeUndefined();
		expect(usage({ 'x-shop-api-calls': 'x' })).toBeUndefined();
		expect(usage({ 'x-shop-api-calls': '1', 'x-shop-api-limit': '0' })).toEqual({ used: 1 });
	});

	test('belongs to the token or login, and does not show it', () => {
		const account = (apiToken: string) =>
			shoper.address({ shopUrl: 'shop.example.com', authentication: 'apiToken', apiToken }).account;
		expect(account('a')).toBe(account('a'));
		expect(account('a')).not.toBe(account('b'));
		expect(account('token-of-the-shop')).not.toContain('token');
	});
});

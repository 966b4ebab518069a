/** What tells two contents of a Shoper product apart, and when an order counts as paid or complete. */
import type { ShoperRecord } from '../../nodes/Shoper/api/codec.ts';
import { paidOf } from '../../nodes/Shoper/orders/simplify.ts';
import { contentHash } from '../../nodes/Shoper/triggers/contentHash.ts';
import { rowById } from '../../nodes/Shoper/triggers/feeds.ts';
import { ORDERS, hasLines } from '../../nodes/Shoper/triggers/orders.ts';
import { paidOrderStream } from '../../nodes/Shoper/triggers/payments.ts';

describe('the contents of a product', () => {
	const stock = { stock_id: '5', price: '10.00', active: '1', stock: '7', sold: '0' };
	const product: ShoperRecord = {
		product_id: '5',
		code: 'A-1',
		edit_date: '2027-03-10 10:00:00',
		category_id: '3',
		promo_price: '9.00',
		translations: { pl_PL: { name: 'Kubek' } },
		stock,
	};

	test.each<[string, ShoperRecord]>([
		['a name', { translations: { pl_PL: { name: 'Kubek duży' } } }],
		['a code', { code: 'A-2' }],
		['a category', { category_id: '4' }],
		['a price', { stock: { ...stock, price: '11.00' } }],
		['whether it is for sale', { stock: { ...stock, active: '0' } }],
	])('differ by %s', (_, edit) => {
		expect(contentHash({ ...product, ...edit })).not.toBe(contentHash(product));
	});

	test.each<[string, ShoperRecord]>([
		['pieces in stock and sold', { stock: { ...stock, stock: '6', sold: '1' } }],
		['an offer that begins or ends', { promo_price: '8.00' }],
	])('do not differ by %s', (_, edit) => {
		expect(contentHash({ ...product, ...edit })).toBe(contentHash(product));
	});
});

describe('an order', () => {
	const row = (record: ShoperRecord) => rowById(ORDERS, { order_id: '7', ...record });

	test.each<[ShoperRecord, boolean | null]>([
		[{ is_paid: true }, true],
		[{ is_paid: '0', paid: '10', sum: '10' }, false],
		[{ paid: '10.00', sum: '10' }, true],
		[{ paid: '9.99', sum: '10' }, false],
		[{ sum: '10' }, null],
	])('with %j is paid: %s, and watched until it is', (record, isPaid) => {
		expect(paidOf(record)).toBe(isPaid);
		expect(paidOrderStream.track?.(row(record))).toBe(isPaid === true ? undefined : 'unpaid');
	});

	test.each<[ShoperRecord, boolean]>([
		[{ total_products: '2' }, true],
		[{ total_products: '0' }, false],
		[{ total_products: 0 }, false],
		// A shop that does not count them has no order without.
		[{}, true],
	])('with %j has lines: %s', (record, has) => {
		expect(hasLines(row(record))).toBe(has);
	});
});

/** Totals of the lines that come with an order, which has none stored there: as the shop rounds. */
import { roundedTo } from '../../nodes/shared/output/orderShape.ts';
import { lineTotal, roundingOf } from '../../nodes/PrestaShop/orders/lineTotal.ts';
import { simplifyOrder } from '../../nodes/PrestaShop/orders/simplify.ts';
import { simplifyLine } from '../../nodes/Shoper/orders/simplify.ts';

const of = (round_type: string, round_mode = '2', currency = {}) =>
	roundingOf({ round_type, round_mode }, currency);

// Recorded: three pieces at 12.345 net with 23 % tax (types 1 and 2), the same in 1.6 with 4 %.
test.each([
	[3, 15.18435, of('2'), 45.55],
	[3, 15.18435, of('1'), 45.54],
	[3, 15.18435, of('3'), 45.55305],
	[3, 12.8388, of('2'), 38.52],
	[2, 8.455284, of('2'), 16.91],
	[1, 17.097, of('2'), 17.1],
	// Not told by shops before 1.6.1, and by orders that other programs wrote.
	[3, 15.18435, of(''), 45.55],
	[3, 15.18435, of('0', '0'), 45.55],
	// Other modes: up, down, halves down, to the even, to the odd neighbour.
	[1, 1.001, of('2', '0'), 1.01],
	[1, 1.009, of('2', '1'), 1],
	[1, 1.005, of('2', '2'), 1.01],
	[1, 1.005, of('2', '3'), 1],
	[1, 1.0051, of('2', '3'), 1.01],
	[1, 1.005, of('2', '4'), 1],
	[1, 1.015, of('2', '4'), 1.02],
	[1, 1.005, of('2', '5'), 1.01],
	[1, 1.015, of('2', '5'), 1.01],
	// Yen have no hundredths: by the number of places, or by the switch of older versions.
	[3, 100.5, of('2', '2', { precision: '0' }), 302],
	[3, 100.5, of('2', '2', { decimals: '0' }), 302],
	[3, 0.1234, of('2', '2', { precision: '3' }), 0.37],
])('%d × %d is %j: %d', (quantity, unitPrice, rounding, total) => {
	expect(lineTotal(quantity, unitPrice, rounding)).toBe(total);
});

test('the lines of an order go by its own rounding', () => {
	const row = { id: '1', product_quantity: '3', unit_price_tax_incl: '15.184350' };
	const view = { shop: 'shop.example.com', zone: undefined, language: undefined };
	const order = { id: '1', round_type: '1', round_mode: '2', associations: { order_rows: [row] } };
	expect(simplifyOrder(order, view, { missing: [] }).lines?.[0]?.total).toBe(45.54);
});

test('a line of Shoper has hundredths, also of part of a piece', () => {
	expect(simplifyLine({ id: '1', quantity: '0.333', price: '19.99' }).total).toBe(6.66);
	expect(simplifyLine({ id: '1', quantity: '3', price: '1.005' }).total).toBe(3.02);
});

test('halves go away from zero', () => {
	expect(roundedTo(-1.005, 2)).toBe(-1.01);
	expect(roundedTo(-0.001, 2)).toBe(-0);
	expect(roundedTo(0, 2)).toBe(0);
});

/** JSON in and out. */
import { decodeRecords, encode } from '../../nodes/InSales/api/codec.ts';
import { jsonObject } from '../../nodes/shared/text/userInput.ts';
import { sameValue, differences } from '../../nodes/InSales/writing/recordChanges.ts';

const decode = (text: string) => decodeRecords({ status: 200, headers: {}, text });

test('a list is a bare array, a record has no root, and nothing is no record', () => {
	expect(decode('[{"id":1},{"id":2}]')).toEqual([{ id: 1 }, { id: 2 }]);
	expect(decode('{"id":1,"title":"Футболка"}')).toEqual([{ id: 1, title: 'Футболка' }]);
	expect(decode('{"status":"ok"}')).toEqual([{ status: 'ok' }]);
	expect(decode('')).toEqual([]);
});

test.each(['<html>', '[{"id":1}', '[1]', '"text"', 'null'])('%s is refused', (text) => {
	expect(() => decode(text)).toThrow();
});

test('fields get their root, and an empty body is one all the same', () => {
	expect(encode('order', { comment: 'Текст', coupon: undefined })).toEqual({
		contentType: 'application/json',
		text: '{"order":{"comment":"Текст"}}',
	});
	expect(encode()).toMatchObject({ text: '{}' });
});

test('a typed object has to be one', () => {
	expect(jsonObject('Record', '{"a":null}')).toEqual({ a: null });
	expect(() => jsonObject('Record', '[1]')).toThrow('"Record" is not a JSON object.');
});

test.each([
	['1500.0', 1500, true],
	[null, '', true],
	[true, '1', true],
	['+79000000000', '79000000000', false],
	['007', 7, false],
	[0, '', false],
	['a', 'A', false],
])('%p and %p are the same: %p', (a, b, same) => {
	expect(sameValue(a, b)).toBe(same);
});

describe('what a change would change', () => {
	const record = {
		id: 1,
		comment: 'alt',
		total_price: 300,
		custom_status: { permalink: 'new', title: 'Новый' },
		shipping_address: { city: 'Москва', zip: null },
		fields_values: [{ id: 77, field_id: 41, handle: 'chat_id', value: 'a' }],
		order_lines: [{ id: 9, quantity: 2, title: 'Футболка' }],
	};

	test('is told by field, with what it was', () => {
		expect(
			differences(record, {
				comment: 'neu',
				total_price: '300.0',
				custom_status_permalink: 'new',
				shipping_address_attributes: { city: 'Москва', zip: '101000' },
				fields_values_attributes: [
					{ id: 77, value: 'b' },
					{ handle: 'other', value: 'x' },
				],
				order_lines_attributes: [{ id: 9, quantity: 3 }, { variant_id: 5 }],
			}),
		).toEqual({
			comment: { before: 'alt', after: 'neu' },
			'shipping_address.zip': { before: null, after: '101000' },
			'fields_values.chat_id': { before: 'a', after: 'b' },
			'fields_values.other': { before: null, after: 'x' },
			'order_lines.9.quantity': { before: 2, after: 3 },
			'order_lines.new': { before: null, after: { variant_id: 5 } },
		});
	});

	test('is nothing once a line is gone', () => {
		const gone = { order_lines_attributes: [{ id: 8, _destroy: true }] };
		expect(differences(record, gone)).toEqual({});
		const there = { order_lines_attributes: [{ id: 9, _destroy: true }] };
		expect(Object.keys(differences(record, there))).toEqual(['order_lines.9']);
	});
});

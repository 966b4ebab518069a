/** The fields that operations share. */
import {
	limit,
	maxOutputCharacters,
	returnAll,
	simplify,
	wanted,
} from '../../nodes/shared/actions/fields.ts';
import { readValues } from '../../nodes/shared/actions/parameters.ts';

test.each([
	['all of them', { returnAll: true, limit: 3 }, Number.POSITIVE_INFINITY],
	['up to the limit', { returnAll: false, limit: 3 }, 3],
	['a whole number, whatever an expression yields', { returnAll: false, limit: 2.7 }, 2],
])('a list asks for %s', (_, values, records) => {
	expect(wanted(values)).toBe(records);
});

test('a list that nobody configured asks for few records, simplified and not cut', () => {
	const fields = [returnAll, limit, simplify, maxOutputCharacters];
	expect(readValues(fields, () => undefined)).toEqual({
		returnAll: false,
		limit: 50,
		simplify: true,
		maxOutputCharacters: 0,
	});
});

test.each([
	[limit, 0, 'at least 1'],
	[maxOutputCharacters, -1, 'at least 0'],
])('%j refuses a number below its bound', (field, raw, bound) => {
	expect(() => readValues([field], () => raw)).toThrow(
		expect.objectContaining({ fix: expect.stringContaining(bound) }),
	);
});

test('Limit shows only when not everything is wanted', () => {
	expect(limit.displayOptions).toEqual({ show: { returnAll: [false] } });
});

/** No number is written because somebody added a field and left it as it was. */
import type { INodeProperties } from 'n8n-workflow';
import { resources as inSales } from '../../nodes/InSales/actions/index.ts';
import { resources as prestaShop } from '../../nodes/PrestaShop/actions/index.ts';
import { resources as shoper } from '../../nodes/Shoper/actions/index.ts';
import { readValues } from '../../nodes/shared/actions/parameters.ts';

/** What is no value of a record: how an operation works, and which records it reads. */
const SETTINGS = ['options', 'filters'];

/** One piece is what a line of an order means unless told; nothing is emptied by it. */
const MEANT = ['lines.row.quantity'];

function numbersIn(fields: readonly INodeProperties[], path: string): Array<[string, unknown]> {
	return fields.flatMap((each): Array<[string, unknown]> => {
		const name = `${path}${each.name}`;
		if (SETTINGS.includes(each.name) || MEANT.includes(name)) return [];
		if (each.type === 'number') return [[name, each.default]];
		const parts = (each.options ?? []) as Array<INodeProperties & { values?: INodeProperties[] }>;
		if (each.type === 'collection') return numbersIn(parts, `${name}.`);
		if (each.type !== 'fixedCollection') return [];
		return parts.flatMap((part) => numbersIn(part.values ?? [], `${name}.${part.name}.`));
	});
}

const SHOPS = { prestaShop, shoper, inSales };
const writes = Object.entries(SHOPS).flatMap(([shop, resources]) =>
	resources.flatMap((resource) =>
		resource.operations
			.filter(({ value }) => !/^(get|download|sync|checkPermissions)/.test(value))
			.map((operation) => ({ name: `${shop}.${resource.value}.${operation.value}`, operation })),
	),
);

test('there are numbers to look at', () => {
	const found = writes.flatMap(({ operation }) => numbersIn(operation.fields, ''));
	expect(found.length).toBeGreaterThan(10);
});

test.each(writes)('$name: a number has to be chosen', ({ name, operation }) => {
	const isLine = name.endsWith('orderLine.add');
	const chosen = numbersIn(operation.fields, '')
		.filter(([field]) => !(isLine && field === 'quantity'))
		.filter(([, value]) => value !== '');
	expect(chosen).toEqual([]);
});

const stocks = writes.filter(({ name }) => name.endsWith('stock.update'));

test.each(stocks)('$name: the untouched form is refused, zero is not', ({ operation }) => {
	const quantity = operation.fields.filter(({ name }) => name === 'quantity');
	expect(() => readValues(quantity, () => '')).toThrow('"Quantity" is empty.');
	expect(readValues(quantity, () => 0)).toEqual({ quantity: 0 });
	expect(readValues(quantity, () => '0')).toEqual({ quantity: 0 });
});

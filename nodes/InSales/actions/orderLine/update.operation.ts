import { orderNamed } from '../../orders/find';
import { InputError } from '../../../shared/protocol/errors';
import { simplify, updateOptions } from '../../../shared/actions/fields';
import { idOf, rowsIn } from '../../api/codec';
import { orderId } from '../../pickers/locators';
import { lineId, lineNamed, viewLines } from '../../orders/lines';
import { operation } from '../operation';
import { numberOf } from '../../orders/fields';
import { updateRecord } from '../../writing/update';
import { updateReport } from '../../../shared/writing/update';

export const updateLine = operation({
	value: 'update',
	name: 'Update',
	action: 'Update a line of an order',
	description: 'Change quantity, price or comment of one line of an order',
	needs: ['orders GET', 'order contents PUT'],
	items: 'oneByOne',
	fields: [
		orderId,
		lineId,
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			options: [
				{ displayName: 'Comment', name: 'comment', type: 'string', default: '' },
				{
					displayName: 'Quantity',
					name: 'quantity',
					type: 'number',
					typeOptions: { minValue: 1 },
					default: '',
				},
				{
					displayName: 'Sale Price',
					name: 'sale_price',
					type: 'string',
					default: '',
					placeholder: 'e.g. 990',
					description: 'Price of one piece before discounts',
				},
			],
		},
		simplify,
		updateOptions,
	],
	run: async (
		shop,
		{ orderId: locator, lineId: line, updateFields, simplify: simple, options },
	) => {
		const { comment, quantity, sale_price: price } = updateFields;
		if (comment === '') {
			throw new InputError(
				'"Comment" in "Update Fields" is empty.',
				'Enter a value or remove the field. To empty it on purpose, use "Other API Resource: Update" on orders.',
			);
		}
		if (quantity !== undefined && !Number.isInteger(quantity)) {
			throw new InputError(`"Quantity" is ${quantity}.`, 'Enter a whole number.');
		}
		const named = {
			...(comment !== undefined && { comment }),
			...(quantity !== undefined && { quantity }),
			...(price !== undefined && { sale_price: numberOf('Sale Price', price) }),
		};
		if (Object.keys(named).length === 0) {
			throw new InputError('Nothing to change is named.', 'Add at least one field.');
		}
		const before = await orderNamed(shop, locator);
		const id = lineNamed(before, line).id ?? 0;
		const updated = await updateRecord(
			shop,
			{ resource: 'orders', id: idOf(before), root: 'order', noun: 'order', before },
			{ order_lines_attributes: [{ id, ...named }] },
			options,
		);
		const after = rowsIn(updated.record.order_lines).find((each) => each.id === id);
		return viewLines(shop, updated.record, simple, after, updateReport(updated));
	},
});

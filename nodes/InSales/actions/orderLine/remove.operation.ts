import { orderNamed } from '../../orders/find';
import { simplify, writeOptions } from '../../../shared/actions/fields';
import { idOf } from '../../api/codec';
import { orderId } from '../../pickers/locators';
import { lineId, lineNamed, viewLines } from '../../orders/lines';
import { operation } from '../operation';
import { updateRecord } from '../../writing/update';
import { updateReport } from '../../../shared/writing/update';

export const removeLine = operation({
	value: 'remove',
	name: 'Remove',
	action: 'Remove a line from an order',
	description: 'Remove one line from the contents of an order. Returns the line as it was.',
	needs: ['orders GET', 'order contents PUT'],
	items: 'oneByOne',
	fields: [orderId, lineId, simplify, writeOptions],
	run: async (shop, { orderId: locator, lineId: line, simplify: simple, options }) => {
		const before = await orderNamed(shop, locator);
		const removed = lineNamed(before, line);
		const updated = await updateRecord(
			shop,
			{ resource: 'orders', id: idOf(before), root: 'order', noun: 'order', before },
			{ order_lines_attributes: [{ id: removed.id ?? 0, _destroy: true }] },
			options,
		);
		return viewLines(shop, updated.record, simple, removed, updateReport(updated));
	},
});

/** A write reaches the record that was named, or none: shops read loose IDs as other ones. */
import { pathId } from '../../nodes/InSales/api/resourcePath.ts';
import type { InSalesShop } from '../../nodes/InSales/api/reads.ts';
import { updateRecord as updateInSales } from '../../nodes/InSales/writing/update.ts';
import type { ShoperShop } from '../../nodes/Shoper/api/reads.ts';
import { deleteRecord as deleteShoper } from '../../nodes/Shoper/writing/delete.ts';
import { updateRecord as updateShoper } from '../../nodes/Shoper/writing/update.ts';
import { recordId } from '../../nodes/shared/text/recordId.ts';
import { refuseAnother } from '../../nodes/shared/writing/outcome.ts';

const LOOSE = ['5abc', '05', '5-name', '5.0', '-5', '0', ''];

test.each(LOOSE)('%j is no ID', (typed) => {
	expect(() => recordId(typed, 'Record ID')).toThrow('"Record ID" is');
	expect(() => pathId(typed, ['products'])).toThrow('"Record ID" is');
});

test('custom statuses are named by a permalink', () => {
	expect(pathId('5-name', ['custom_statuses'])).toBe('5-name');
	expect(pathId('#5', ['products'])).toBe('5');
});

test('only an ID can be another one', () => {
	expect(() => refuseAnother('5', 'novyj')).not.toThrow();
	expect(() => refuseAnother('', '5')).not.toThrow();
	expect(() => refuseAnother('6', '5')).toThrow('the record 6 in place of 5; nothing was written');
});

describe('a shop that answers with another record', () => {
	const answering = (record: Record<string, unknown>) => {
		const send = jest.fn(async () => ({ status: 200, headers: {}, text: '' }));
		const records = jest.fn(async () => [record]);
		return { send, records };
	};

	test('is not written to (Shoper)', async () => {
		const shop = answering({ producer_id: '6', name: 'Other' });
		const target = shop as unknown as ShoperShop;
		await expect(updateShoper(target, 'producers', '5', { name: 'x' })).rejects.toThrow(
			'the record 6 in place of 5',
		);
		await expect(deleteShoper(target, 'producers', '5')).rejects.toThrow('in place of 5');
		expect(shop.send).not.toHaveBeenCalled();
	});

	test('is not written to (InSales)', async () => {
		const shop = answering({ id: 6, title: 'Other' });
		const target = { resource: 'collections', id: '5', root: 'collection', noun: 'collection' };
		await expect(
			updateInSales(shop as unknown as InSalesShop, target, { title: 'x' }),
		).rejects.toThrow('the record 6 in place of 5');
		expect(shop.records).toHaveBeenCalledTimes(1);
	});
});

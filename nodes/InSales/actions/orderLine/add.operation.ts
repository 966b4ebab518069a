import type { IDataObject } from 'n8n-workflow';

import { orderNamed } from '../../orders/find';
import { dryRun, optionsField, simplify } from '../../../shared/actions/fields';
import { by, locator } from '../../../shared/pickers/locators';
import { settled } from '../../../shared/protocol/settled';
import { single } from '../../../shared/reading/records';
import { doneAnyway, notDone, notKnown, sendOnce } from '../../../shared/writing/outcome';
import { encode, idOf, rowsIn } from '../../api/codec';
import type { InSalesRecord, Json } from '../../api/codec';
import { orderId } from '../../pickers/locators';
import type { InSalesShop } from '../../api/reads';
import { viewLines } from '../../orders/lines';
import { operation } from '../operation';
import { checkedLine, lineAttributes } from '../../orders/newLines';

export const addLine = operation({
	value: 'add',
	name: 'Add',
	action: 'Add a line to an order',
	description:
		'Add a line to the contents of an order. Running it again adds another line; after an unclear answer the node looks instead of adding again.',
	needs: ['orders GET', 'order contents PUT'],
	uses: ['products GET'],
	items: 'oneByOne',
	fields: [
		orderId,
		locator({
			displayName: 'Variant',
			name: 'variantId',
			description:
				'What is added. InSales cannot search by SKU, so that all products are read for the first one, and later only what changed.',
			modes: [
				by('id', 'By ID', 'e.g. 7001'),
				by('product', 'By Product ID', 'e.g. 501', {
					hint: 'Adds the first variant of the product',
				}),
				by('sku', 'By SKU', 'e.g. TS-01-M'),
			],
		}),
		{
			displayName: 'Quantity',
			name: 'quantity',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 1,
			required: true,
		},
		simplify,
		optionsField([
			{ displayName: 'Comment', name: 'comment', type: 'string', default: '' },
			dryRun,
			{
				displayName: 'Sale Price',
				name: 'salePrice',
				type: 'string',
				default: '',
				placeholder: 'e.g. 990',
				description: 'Price of one piece. Empty: the price of the catalogue.',
			},
		]),
	],
	run: async (shop, { orderId: locator, variantId, quantity, simplify: simple, options }) => {
		const { mode, value } = variantId;
		const named = mode === 'sku' || mode === 'product' ? mode : 'variant';
		const line = checkedLine(
			{
				[named === 'sku' ? 'sku' : `${named}Id`]: value,
				quantity,
				salePrice: options.salePrice,
				comment: options.comment,
			},
			'the line',
		);
		const before = await orderNamed(shop, locator);
		const [row = {}] = await lineAttributes(shop, [line]);
		if (options.dryRun) {
			const update = { written: false, reason: 'dry run', added: row as IDataObject };
			return viewLines(shop, before, simple, undefined, update);
		}
		const { order, warning } = await add(shop, before, row);
		const update = { written: true, ...(warning !== undefined && { warning }) };
		return viewLines(shop, order, simple, newLine(before, order, row), update);
	},
});

/** Adds the line, once: lines have no natural key, so a repeat would add another (InSales API reference, 5.10). */
async function add(
	shop: InSalesShop,
	before: InSalesRecord,
	row: Record<string, Json>,
): Promise<{ order: InSalesRecord; warning?: string }> {
	const id = idOf(before);
	const body = encode('order', { order_lines_attributes: [row] });
	const { answer, unclear } = await sendOnce(
		async () => await shop.records({ method: 'PUT', path: ['orders', id], body }),
	);
	if (!unclear) {
		const [order] = answer;
		return { order: idOf(order) === '' ? await lookedAt(shop, id, before) : (order ?? before) };
	}
	const looked = await settled(async () => await single(shop, 'orders', id));
	if (!looked.ok) throw notKnown(unclear, 'the line was added');
	if (looked.value && newLine(before, looked.value, row)) {
		return { order: looked.value, warning: doneAnyway(unclear, 'did add the line') };
	}
	throw notDone(unclear, 'The line was not added', 'Look at the order before you repeat this.');
}

async function lookedAt(
	shop: InSalesShop,
	id: string,
	before: InSalesRecord,
): Promise<InSalesRecord> {
	return (await single(shop, 'orders', id)) ?? before;
}

/** The line that was not there before; or one of the variant that grew, should a shop put both together. */
function newLine(
	before: InSalesRecord,
	after: InSalesRecord,
	row: Record<string, Json>,
): InSalesRecord | undefined {
	const old = new Map(rowsIn(before.order_lines).map((line) => [idOf(line), line]));
	const field = row.variant_id === undefined ? 'product_id' : 'variant_id';
	const same = rowsIn(after.order_lines).filter(
		(line) => String(line[field]) === String(row[field]),
	);
	return (
		same.find((line) => !old.has(idOf(line))) ??
		same.find((line) => Number(line.quantity) > Number(old.get(idOf(line))?.quantity))
	);
}

import { stockItem } from '../../pickers/locators';
import { writeOptions } from '../../../shared/actions/fields';
import { InputError } from '../../../shared/protocol/errors';
import { money } from '../../../shared/output/orderShape';
import { operation } from '../operation';
import { isVariant } from '../../products/simplify';
import { quantityOf } from '../../stock/plans';
import { stockIdOf, stockRowNamed } from '../../stock/rows';
import { writeStock } from '../../stock/write';

/** Stock of many items in few requests; each item's result is what the shop holds afterwards. */
export const updateStock = operation({
	value: 'update',
	name: 'Update',
	action: 'Update the stock of a product',
	description:
		'Set the quantity of a product or variant, or change it by an amount. Returns what the shop holds afterwards.',
	needs: ['product_stocks GET', 'product_stocks PUT'],
	uses: ['products PUT'],
	items: 'together',
	fields: [
		stockItem,
		{
			displayName: 'Mode',
			name: 'mode',
			type: 'options',
			required: true,
			default: 'set',
			description:
				'Whether the quantity replaces the stock or is added to it. The shop adds to the stock of a product in one go (products PUT); the stock of a variant is read and written, so that a sale in the same moment can be overwritten.',
			options: [
				{
					name: 'Change By',
					value: 'changeBy',
					description: 'Add the quantity; a negative one is taken away',
				},
				{ name: 'Set', value: 'set', description: 'Replace the stock by the quantity' },
			],
		},
		{
			displayName: 'Quantity',
			name: 'quantity',
			type: 'number',
			default: '',
			required: true,
			description: 'May be negative; decimals only where the unit of the product has them',
		},
		writeOptions,
	],
	run: async (shop, { productId, mode, quantity, options }, item) => {
		if (!Number.isFinite(quantity) || Math.abs(quantity) > 1e9) {
			throw new InputError(`"Quantity" is ${quantity}.`, 'Enter a number of pieces.');
		}
		const row = await stockRowNamed(shop, productId);
		const changes = mode === 'changeBy' ? 'changeBy' : 'set';
		const about = {
			id: stockIdOf(row),
			productId: String(row.product_id),
			variantId: isVariant(row) ? stockIdOf(row) : null,
			code: String(row.code ?? ''),
		};
		if (options.dryRun === true) {
			const before = quantityOf(row);
			const after = changes === 'set' ? quantity : money(before + quantity);
			return { ...about, previousQuantity: before, quantity: after, changed: false, dryRun: true };
		}
		const result = await item.together(writeStock, { row, mode: changes, quantity });
		return { ...about, ...result, changed: result.quantity !== result.previousQuantity };
	},
});

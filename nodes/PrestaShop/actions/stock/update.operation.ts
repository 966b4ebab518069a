import { stockItem } from '../../pickers/locators';
import { dryRun, optionsField } from '../../../shared/actions/fields';
import { InputError } from '../../../shared/protocol/errors';
import { operation } from '../operation';
import { stockRowNamed } from '../../stock/rows';
import { writeStock } from '../../stock/write';

/** Stock of many items in few requests; each item's result is what the shop holds afterwards. */
export const updateStock = operation({
	value: 'update',
	name: 'Update',
	action: 'Update the stock of a product',
	description:
		'Set the available quantity of a product or combination, or change it by an amount. Returns what the shop holds afterwards.',
	needs: ['stock_availables GET', 'stock_availables PUT|PATCH'],
	uses: ['products GET', 'combinations GET'],
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
				'Whether the quantity replaces the stock or is added to it. The shop has no protection against sales in the same moment.',
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
			description: 'Whole number; may be negative',
		},
		optionsField([dryRun]),
	],
	run: async (shop, { productId, mode, quantity, options }, item) => {
		if (!Number.isSafeInteger(quantity)) {
			throw new InputError(`"Quantity" is ${quantity}.`, 'Enter a whole number.');
		}
		const { dryRun = false } = options;
		const row = await stockRowNamed(shop, productId);
		const changes = mode === 'changeBy' ? 'changeBy' : 'set';
		const about = {
			id: row.id ?? '',
			productId: String(row.id_product),
			combinationId: row.id_product_attribute === '0' ? null : String(row.id_product_attribute),
		};
		if (dryRun) {
			const before = Number(row.quantity);
			const after = changes === 'set' ? quantity : before + quantity;
			return { ...about, previousQuantity: before, quantity: after, changed: false, dryRun: true };
		}
		const result = await item.together(writeStock, { row, mode: changes, quantity });
		return { ...about, ...result, changed: result.quantity !== result.previousQuantity };
	},
});

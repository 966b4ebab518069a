import { productId } from '../../pickers/locators';
import { deleteRecord } from '../../writing/delete';
import { operation } from '../operation';
import { productNamed } from '../../products/view';
import { writeOptions } from '../../../shared/actions/fields';

export const deleteProduct = operation({
	value: 'delete',
	name: 'Delete',
	action: 'Delete a product',
	description:
		'Delete a product for good, with its variants, images and stock. Orders keep their lines.',
	needs: ['products GET', 'products DELETE'],
	items: 'oneByOne',
	fields: [productId, writeOptions],
	run: async (shop, { productId: locator, options }) => {
		const product = await productNamed(shop, locator);
		const id = String(product.product_id);
		const { deleted, reason, warning } = await deleteRecord(shop, 'products', id, options);
		return {
			id,
			reference: String(product.code ?? ''),
			deleted,
			...(reason !== undefined && { reason }),
			...(warning !== undefined && { warning }),
		};
	},
});

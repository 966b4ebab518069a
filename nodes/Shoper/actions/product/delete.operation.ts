import { deleteRecord } from '../../writing/delete';
import { writeOptions } from '../../pickers/locators';
import { operation } from '../operation';
import { productId } from '../../products/fields';
import { productNamed } from '../../products/view';

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

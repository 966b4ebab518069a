import { deleteOnce } from '../../../shared/writing/delete';
import { writeOptions } from '../../../shared/actions/fields';
import { single } from '../../../shared/reading/records';
import { productId } from '../../pickers/locators';
import { operation } from '../operation';
import { productNamed } from '../../products/view';

export const deleteProduct = operation({
	value: 'delete',
	name: 'Delete',
	action: 'Delete a product',
	description:
		'Delete a product for good, with its combinations, images and stock. Orders keep their lines.',
	needs: ['products GET', 'products DELETE'],
	items: 'oneByOne',
	fields: [productId, writeOptions],
	run: async (shop, { productId: locator, options }) => {
		const product = await productNamed(shop, locator);
		const id = product.id ?? '';
		const result = { id, reference: String(product.reference ?? '') };
		if (options.dryRun === true) return { ...result, deleted: false, reason: 'dry run' };
		const deletion = {
			noun: 'product',
			send: async () => await shop.send({ method: 'DELETE', path: ['products', id] }),
			isGone: async () => (await single(shop, 'products', id)) === undefined,
		};
		return { ...result, ...(await deleteOnce(deletion)) };
	},
});

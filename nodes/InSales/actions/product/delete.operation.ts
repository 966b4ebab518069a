import { productId } from '../../pickers/locators';
import { settled } from '../../../shared/protocol/settled';
import { deleteOnce } from '../../../shared/writing/delete';
import { writeOptions } from '../../../shared/actions/fields';
import { single } from '../../../shared/reading/records';
import { idOf } from '../../api/codec';

import { operation } from '../operation';
import { productNamed } from '../../products/view';
import { isGone } from '../../api/reads';

export const deleteProduct = operation({
	value: 'delete',
	name: 'Delete',
	action: 'Delete a product',
	description:
		'Move a product to the trash, from which it can be restored in the back office. Orders keep their lines.',
	needs: ['products GET', 'products DELETE'],
	items: 'oneByOne',
	fields: [productId, writeOptions],
	run: async (shop, { productId: locator, options }) => {
		// The shop says "ok" to the deletion of what never was (InSales API reference, 4.3), so it looks.
		const product = await productNamed(shop, locator);
		const id = idOf(product);
		const result = { id, title: String(product.title ?? '') };
		if (product.archived === true) {
			return { ...result, deleted: false, reason: 'it is in the trash already' };
		}
		if (options.dryRun === true) return { ...result, deleted: false, reason: 'dry run' };
		const look = async () => isGone(await single(shop, 'products', id));
		const deleted = await deleteOnce({
			noun: 'product',
			send: async () => await shop.send({ method: 'DELETE', path: ['products', id] }),
			isGone: look,
		});
		if (deleted.warning !== undefined) return { ...result, ...deleted };
		const gone = await settled(look);
		if (gone.ok && gone.value) return { ...result, ...deleted };
		const warning = gone.ok
			? 'The shop said that it did, but the product is still there.'
			: 'The shop said that it did, but looking afterwards failed.';
		return { ...result, deleted: !gone.ok, warning };
	},
});

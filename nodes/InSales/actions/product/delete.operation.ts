import { ShopError } from '../../../shared/http/errors';
import { settled } from '../../../shared/protocol/settled';
import { dryRun } from '../../../shared/actions/fields';
import { single } from '../../../shared/reading/records';
import { idOf } from '../../api/codec';
import type { InSalesRecord } from '../../api/codec';

import { operation } from '../operation';
import { productId } from '../../products/fields';
import { productNamed } from '../../products/view';
import { didNotAnswerClearly } from '../../writing/update';

export const deleteProduct = operation({
	value: 'delete',
	name: 'Delete',
	action: 'Delete a product',
	description:
		'Move a product to the trash, from which it can be restored in the back office. Orders keep their lines.',
	needs: ['products GET', 'products DELETE'],
	items: 'oneByOne',
	fields: [
		productId,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [dryRun],
		},
	],
	run: async (shop, { productId: locator, options }) => {
		// The shop says "ok" to the deletion of what never was (InSales API reference, 4.3), so it looks.
		const product = await productNamed(shop, locator);
		const id = idOf(product);
		const result = { id, title: String(product.title ?? '') };
		if (product.archived === true) {
			return { ...result, deleted: false, reason: 'it is in the trash already' };
		}
		if (options.dryRun === true) return { ...result, deleted: false, reason: 'dry run' };
		const call = { method: 'DELETE' as const, path: ['products', id] };
		const sent = await settled(async () => await shop.send(call));
		if (!sent.ok && !didNotAnswerClearly(sent.error)) throw sent.error;
		const looked = await settled(async () => await single(shop, 'products', id));
		const gone = looked.ok && isGone(looked.value);
		if (sent.ok) {
			if (gone) return { ...result, deleted: true };
			const warning = looked.ok
				? 'The shop said that it did, but the product is still there.'
				: 'The shop said that it did, but looking afterwards failed.';
			return { ...result, deleted: !looked.ok, warning };
		}
		const { failure, explanation } = sent.error as ShopError;
		if (gone) {
			const warning = `The shop answered with an error (${explanation.reason}) but did delete the product.`;
			return { ...result, deleted: true, warning };
		}
		throw new ShopError(failure, call, {
			...explanation,
			fix: looked.ok
				? 'The product still exists; deleting it again does no harm.'
				: 'It is not known whether the product was deleted: looking at it failed as well.',
		});
	},
});

/** What is in the trash has no address of its own; whether that is so everywhere is not certain. */
function isGone(product: InSalesRecord | undefined): boolean {
	return product === undefined || product.archived === true;
}

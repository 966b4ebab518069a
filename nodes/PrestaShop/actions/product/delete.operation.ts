import { ShopError } from '../../../shared/http/errors';
import { settled } from '../../../shared/protocol/settled';
import { dryRun } from '../../../shared/actions/fields';
import { single } from '../../../shared/reading/records';
import { productId } from '../../pickers/locators';
import { operation } from '../operation';
import { productNamed } from '../../products/view';
import { didNotAnswerClearly } from '../../writing/update';

export const deleteProduct = operation({
	value: 'delete',
	name: 'Delete',
	action: 'Delete a product',
	description:
		'Delete a product for good, with its combinations, images and stock. Orders keep their lines.',
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
		const product = await productNamed(shop, locator);
		const id = product.id ?? '';
		const result = { id, reference: String(product.reference ?? '') };
		if (options.dryRun === true) return { ...result, deleted: false, reason: 'dry run' };
		const sent = await settled(
			async () => await shop.send({ method: 'DELETE', path: ['products', id] }),
		);
		if (sent.ok) return { ...result, deleted: true };
		const { error } = sent;
		if (!didNotAnswerClearly(error)) throw error;
		const looked = await settled(async () => await single(shop, 'products', id));
		if (looked.ok && looked.value === undefined) {
			const warning = `The shop answered with an error (${error.explanation.reason}) but did delete the product.`;
			return { ...result, deleted: true, warning };
		}
		const fix = looked.ok
			? 'The product still exists.'
			: 'It is not known whether the product was deleted: looking at it failed as well.';
		throw new ShopError(error.failure, error.call, { ...error.explanation, fix });
	},
});

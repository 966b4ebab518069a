import { productId, variantId } from '../../pickers/locators';
import { otherFields } from '../../writing/fields';
import { toJson } from '../../../shared/output/toJson';
import { simplify, updateOptions } from '../../../shared/actions/fields';
import { single } from '../../../shared/reading/records';
import { idOf } from '../../api/codec';
import { namedValues, somethingNamed } from '../../../shared/writing/namedValues';
import { operation } from '../operation';
import { productNamed, productParts, variantNamed } from '../../products/view';
import { simplifyVariant } from '../../products/simplify';
import type { NamedValues } from '../../writing/recordChanges';
import { updateRecord } from '../../writing/update';
import { updateReport } from '../../../shared/writing/update';
import { shopNamedRows, variantValues } from '../../variants/changes';
import { prices, variantUpdateFields, warehouses } from '../../variants/fields';

export const updateVariant = operation({
	value: 'update',
	name: 'Update',
	action: 'Update a variant',
	description:
		'Change price, purchase price, additional prices, stock, SKU or other fields of one variant. Takes effect at once; what is not named stays as it was.',
	needs: ['products GET', 'products PUT'],
	uses: ['price_kinds GET', 'warehouses GET'],
	items: 'oneByOne',
	fields: [
		productId,
		variantId,
		variantUpdateFields,
		prices,
		warehouses,
		otherFields,
		simplify,
		updateOptions,
	],
	run: async (shop, values) => {
		const named = await variantValues(
			shop,
			namedValues(values.updateFields, { otherFields: values.otherFields }) as NamedValues,
			shopNamedRows(values.prices, values.warehouses),
		);
		somethingNamed(named);
		const product = await productNamed(shop, values.productId);
		// By the SKU of a variant the product is found, and the variant with it.
		const isMeant = values.productId.mode === 'sku' && values.variantId.value === '';
		const before = variantNamed(product, isMeant ? values.productId : values.variantId);
		const target = {
			resource: ['products', idOf(product), 'variants'],
			id: idOf(before),
			root: 'variant',
			noun: 'variant',
			before,
		};
		const updated = await updateRecord(shop, target, named, values.options);
		const parts = await productParts(shop, ['warehouses']);
		// Whether the answer to a change is the whole variant is not documented for sure.
		const whole =
			updated.record.option_values === undefined
				? ((await single(shop, target.resource, target.id)) ?? updated.record)
				: updated.record;
		const shown = values.simplify ? simplifyVariant(whole, product, parts) : whole;
		return { ...toJson(shown), ...updateReport(updated) };
	},
});

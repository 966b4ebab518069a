import { productId } from '../../pickers/locators';
import { otherFields } from '../../writing/fields';
import { simplify } from '../../../shared/actions/fields';
import { single } from '../../../shared/reading/records';
import { idOf } from '../../api/codec';
import { namedValues, somethingNamed } from '../../../shared/writing/namedValues';
import { operation } from '../operation';
import {
	extraFieldRecords,
	extraFieldValues,
	mergedProperties,
	productForm,
} from '../../products/changes';
import {
	productExtraFields,
	productUpdateFields,
	productUpdateOptions,
	properties,
} from '../../products/fields';
import { productNamed, viewProducts } from '../../products/view';
import { updateRecord } from '../../writing/update';
import { updateReport } from '../../../shared/writing/update';

export const updateProduct = operation({
	value: 'update',
	name: 'Update',
	action: 'Update a product',
	description:
		'Change texts, properties, extra fields or other fields of a product. What is not named stays exactly as it was. Prices and stock belong to variants: use "Variant: Update".',
	needs: ['products GET', 'products PUT'],
	uses: ['price_kinds GET', 'product_fields GET'],
	items: 'oneByOne',
	fields: [
		productId,
		productUpdateFields,
		properties,
		productExtraFields,
		otherFields,
		simplify,
		productUpdateOptions,
	],
	run: async (shop, { options, ...values }) => {
		const plain = namedValues(values.updateFields, { otherFields: values.otherFields });
		const extra = await extraFieldValues(shop, values.extraFields);
		const before = await productNamed(shop, values.productId);
		const replace = options.replaceProperties === true;
		const merged = mergedProperties(before, values.properties, replace);
		const named = {
			...plain,
			...extra,
			...(merged && { properties: merged }),
		};
		somethingNamed(named);
		const form = productForm(await extraFieldRecords(shop, named), before);
		const target = {
			resource: 'products',
			id: idOf(before),
			root: 'product',
			noun: 'product',
			before,
			form,
		};
		const updated = await updateRecord(shop, target, named, options);
		const view = { simplify: values.simplify, include: [] };
		// Whether the answer to a change is the whole product is not documented for sure.
		const whole =
			updated.record.variants === undefined
				? ((await single(shop, 'products', target.id)) ?? updated.record)
				: updated.record;
		const [shown] = await viewProducts(shop, [whole], view);
		return { ...shown, ...updateReport(updated) };
	},
});

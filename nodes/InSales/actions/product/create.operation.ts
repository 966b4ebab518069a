import { otherFields } from '../../writing/fields';
import { InputError } from '../../../shared/protocol/errors';
import { simplify, writeOptions } from '../../../shared/actions/fields';
import { single } from '../../../shared/reading/records';
import { sameText } from '../../../shared/text/sameText';
import { idOf, rowsIn } from '../../api/codec';
import type { InSalesRecord, Json } from '../../api/codec';
import { createRecord } from '../../writing/create';
import type { InSalesShop } from '../../api/reads';
import { namedValues } from '../../../shared/writing/namedValues';
import { operation } from '../operation';
import {
	extraFieldRecords,
	extraFieldValues,
	mergedProperties,
	productForm,
} from '../../products/changes';
import { productExtraFields, productUpdateFields, properties } from '../../products/fields';
import { viewProducts } from '../../products/view';
import { changes } from '../../api/query';
import { shopNow } from '../../api/shopClock';
import { price, shopNamedRows, variantValues } from '../../variants/changes';
import { prices, variantUpdateFields, warehouses } from '../../variants/fields';

const additionalFields = {
	...productUpdateFields,
	displayName: 'Additional Fields',
	name: 'additionalFields',
} as const;

const variantFields = {
	...variantUpdateFields,
	displayName: 'Variant Fields',
	name: 'variantFields',
	description: 'More fields of the first variant',
} as const;

export const createProduct = operation({
	value: 'create',
	name: 'Create',
	action: 'Create a product',
	description:
		'Create a product with one variant, with its price, purchase price, additional prices, stock and properties',
	needs: ['products GET', 'products POST'],
	uses: ['price_kinds GET', 'product_fields GET', 'warehouses GET'],
	items: 'oneByOne',
	fields: [
		{ displayName: 'Title', name: 'title', type: 'string', default: '', required: true },
		{
			displayName: 'Price',
			name: 'price',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 1500.00',
		},
		additionalFields,
		variantFields,
		prices,
		warehouses,
		properties,
		productExtraFields,
		otherFields,
		simplify,
		writeOptions,
	],
	run: async (shop, values) => {
		const { title, additionalFields: additional } = values;
		if (additional.title !== undefined) {
			throw new InputError('The title is named in two places.', 'Keep one of them.');
		}
		if (values.variantFields.price !== undefined) {
			throw new InputError('The price is named in two places.', 'Keep one of them.');
		}
		const plain = namedValues(
			{ ...additional, title },
			{ label: 'Additional Fields', otherFields: values.otherFields },
		);
		const extra = await extraFieldValues(shop, values.extraFields);
		const variant = await variantValues(
			shop,
			{
				...namedValues(values.variantFields, { label: 'Variant Fields', otherFields: '' }),
				price: price('the price', values.price),
			},
			shopNamedRows(values.prices, values.warehouses),
		);
		const merged = mergedProperties(undefined, values.properties, true);
		const named = {
			...plain,
			...extra,
			...(merged && { properties: merged }),
		};
		const form = productForm(await extraFieldRecords(shop, named), undefined);
		const body = { ...form.write(named), variants_attributes: [variant] };
		if (values.options.dryRun === true) return { ...body, created: false, reason: 'dry run' };
		const since = await shopNow(shop, 'products');
		const { record, warning } = await createRecord(shop, 'products', 'product', body, async () =>
			findNew(shop, since, title, variant.sku),
		);
		// Answers of writes are not always the whole record.
		const id = idOf(record);
		(await createdHere(shop)).add(id);
		const created = id === '' ? record : ((await single(shop, 'products', id)) ?? record);
		const [shown] = await viewProducts(shop, [created], { simplify: values.simplify, include: [] });
		return { ...shown, created: true, ...(warning !== undefined && { warning }) };
	},
});

/** IDs of the products this run created. */
async function createdHere(shop: InSalesShop): Promise<Set<string>> {
	return await shop.once('created products', async () => new Set<string>());
}

/**
 * The product with this title and SKU among those created since that this run does not know yet;
 * `undefined` unless it is the only one.
 */
async function findNew(
	shop: InSalesShop,
	since: string | undefined,
	title: string,
	sku: Json | undefined,
): Promise<InSalesRecord | undefined> {
	if (since === undefined) return undefined;
	const known = await createdHere(shop);
	const found = await shop.list(changes({ path: 'products' }, { since }));
	const mine = found.filter(
		(each) =>
			!known.has(idOf(each)) &&
			sameText(each.title, title) &&
			Date.parse(String(each.created_at)) >= Date.parse(since) &&
			rowsIn(each.variants).some((variant) => sameText(variant.sku, String(sku ?? ''))),
	);
	return mine.length === 1 ? mine[0] : undefined;
}

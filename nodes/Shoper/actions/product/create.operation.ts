import { InputError } from '../../../shared/protocol/errors';
import { simplify } from '../../../shared/actions/fields';
import { recordId } from '../../../shared/text/recordId';
import { settled } from '../../../shared/protocol/settled';
import { single } from '../../../shared/reading/records';
import { sameText } from '../../../shared/text/sameText';
import type { ShoperRecord } from '../../api/codec';
import { showCreated } from '../../../shared/writing/create';
import { localeOf } from '../../api/reads';
import { createRecord } from '../../writing/create';
import type { ShoperShop } from '../../api/reads';
import { namedValues } from '../../../shared/writing/namedValues';
import { checkNames } from '../../writing/fieldNames';
import { operation } from '../operation';
import {
	additionalFields,
	otherFields,
	productUpdateOptions,
	translations,
} from '../../products/fields';
import { textsOfRows } from '../../products/texts';
import type { Texts } from '../../products/texts';
import { baseStockId, sortChanges } from '../../products/write';
import { viewProduct } from '../../products/view';
import { is } from '../../api/conditions';
import { updateRecord } from '../../writing/update';
import { PRODUCT_RULES, asNumbers } from './update.operation';

export const createProduct = operation({
	value: 'create',
	name: 'Create',
	action: 'Create a product',
	description: "Create a product that is shown in the shop's main language and those named",
	needs: ['products GET', 'products POST'],
	uses: ['product_stocks GET', 'product_stocks PUT', 'producers GET', 'languages GET'],
	items: 'oneByOne',
	fields: [
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			required: true,
			description: "In the shop's main language, unless a translation names it",
		},
		{
			displayName: 'Code',
			name: 'code',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. MUG-1',
			description: 'Own SKU',
		},
		{
			displayName: 'Price',
			name: 'price',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 23.90',
			description: 'Price with tax, with a decimal point',
		},
		{
			displayName: 'Category ID',
			name: 'categoryId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 19',
			description: 'Main category',
		},
		{
			displayName: 'Quantity',
			name: 'quantity',
			type: 'string',
			default: '',
			description: 'Pieces on hand. Empty means 0.',
		},
		translations,
		additionalFields,
		otherFields,
		simplify,
		productUpdateOptions,
	],
	run: async (shop, values) => {
		const { dryRun = false, includeTranslations = false } = values.options;
		const { active = true, ...named } = namedValues(
			{ ...values.additionalFields, code: values.code, price: values.price },
			{ label: 'Additional Fields', otherFields: values.otherFields },
		);
		checkNames('A product', named, named, PRODUCT_RULES);
		const { product, stock } = sortChanges(named);
		// Purchase prices are not among what `stock` of a new product takes (section 6.7).
		const { price_buying: purchasePrice, ...prices } = stock;
		const record: ShoperRecord = {
			pkwiu: '',
			...asNumbers(product),
			category_id: Number(recordId(values.categoryId, 'Category ID')),
			stock: { ...prices, stock: quantityOf(values.quantity) },
			translations: await textsOf(shop, values, active === true),
		};
		if (dryRun) return { ...record, created: false, reason: 'dry run' };
		const { id, warning } = await createRecord(shop, 'products', record, {
			where: [is('stock.code', values.code)],
			isIt: ({ code }) => sameText(String(code), values.code),
		});
		const notes = [warning, await setPurchasePrice(shop, id, purchasePrice)].filter(Boolean);
		shop.forget();
		const view = { simplify: values.simplify, translations: includeTranslations };
		const made = { id, ...(notes.length > 0 && { warning: notes.join(' ') }) };
		return await showCreated(made, async () => {
			const created = await single(shop, 'products', id);
			return created && (await viewProduct(shop, created, view));
		});
	},
});

function quantityOf(typed: string): number {
	if (typed === '') return 0;
	if (/^-?\d+(\.\d{1,4})?$/.test(typed)) return Number(typed);
	throw new InputError(`"Quantity" is "${typed}".`, 'Enter a number.');
}

async function textsOf(
	shop: ShoperShop,
	{ name, translations: rows }: { name: string; translations: Parameters<typeof textsOfRows>[1] },
	active: boolean,
): Promise<Texts> {
	const [main, texts] = await Promise.all([localeOf(shop), textsOfRows(shop, rows, {})]);
	if (main !== undefined) texts[main] = { name, ...texts[main] };
	const locales = Object.keys(texts);
	if (locales.length === 0) {
		throw new InputError(
			"The shop's main language is not known.",
			'Add a translation that names the language.',
		);
	}
	return Object.fromEntries(
		Object.entries(texts).map(([locale, own]) => [locale, { name, active, ...own }]),
	);
}

/** Says what is missing instead of failing, for the product exists. */
async function setPurchasePrice(
	shop: ShoperShop,
	productId: string,
	price: ShoperRecord[string],
): Promise<string | undefined> {
	if (price === undefined) return undefined;
	const done = await settled(async () => {
		const stockId = await baseStockId(shop, productId);
		await updateRecord(shop, 'product-stocks', stockId, { price_buying: price });
	});
	if (done.ok) return undefined;
	return `The product was created, but its purchase price was not set: ${(done.error as Error).message}`;
}

import { BLANK_STOCK } from './blanks.mts';
import { isFields, numberOf, textOf } from './definitions.mts';
import type { Fields, Json } from './definitions.mts';
import { REQUIRED, badRequest, notOnList, takenValue } from './errors.mts';
import { mergeFields } from './mergeFields.mts';
import type { SavingRules } from './savingRules.mts';
import type { ShopState } from './shopState.mts';
import { baseStock, quantity } from './stocks.mts';

/** Not writable inside `products` (reference 6.7). */
const READ_ONLY_IN_PRODUCT = [
	'stock_id',
	'product_id',
	'active',
	'code',
	'default',
	'ean',
	'extended',
	'weight_type',
];

/** Stock after a write: `stock_relative` is a change and makes `stock` be ignored. */
function withRelative(held: Fields, given: Fields): Fields {
	const values = mergeFields(BLANK_STOCK, held, given, []);
	for (const name of ['stock', 'sold'] as const) {
		const change = given[`${name}_relative`];
		if (change !== undefined && change !== null)
			values[name] = quantity(numberOf(held[name]) + numberOf(change));
	}
	return values;
}

/** Flat `{attribute_id: value}` as written becomes nested by group as read; one group stands for all here. */
function attributes(shop: ShopState, given: Json): Json {
	if (!isFields(given)) return given;
	const groups: Fields = {};
	for (const [id, value] of Object.entries(given)) {
		const group = textOf(shop.find('attributes', id)?.values.attribute_group_id) || '1';
		const held = groups[group];
		groups[group] = { ...(isFields(held) ? held : {}), [id]: value };
	}
	return groups;
}

function storeBase(shop: ShopState, productId: number, given: Fields, product: Fields): void {
	const base = baseStock(shop, productId);
	const id = base?.id ?? shop.database.table('product-stocks').reserveId();
	const allowed = Object.entries(given).filter(([name]) => !READ_ONLY_IN_PRODUCT.includes(name));
	const held = base?.values ?? {
		...BLANK_STOCK,
		stock_id: String(id),
		product_id: String(productId),
		default: '1',
	};
	shop.save('product-stocks', id, {
		...withRelative({ ...held }, Object.fromEntries(allowed)),
		code: textOf(product.code),
		ean: textOf(product.ean),
	});
}

/** Rules of `POST` and `PUT /products`: base stock inside, `edit_date`. */
export const PRODUCT_RULES: SavingRules = {
	check: (shop, given, complaints) => {
		const { stock, translations } = given;
		if (stock !== undefined && !isFields(stock)) complaints.add('stock', REQUIRED);
		if (translations === undefined) return;
		const locales = shop.locales();
		for (const locale of isFields(translations) ? Object.keys(translations) : [])
			if (!locales.has(locale)) complaints.add('translations', notOnList(locale));
	},
	prepare: (shop, { id, given, values, before }) => {
		const now = shop.clock.wall();
		const prepared: Fields = { ...values, stock: [], edit_date: now };
		if (!before) prepared.add_date = now;
		if (given.attributes !== undefined) prepared.attributes = attributes(shop, given.attributes);
		if (given.category_id !== undefined || given.categories !== undefined) {
			const more = Array.isArray(given.categories) ? given.categories.map(numberOf) : [];
			prepared.categories = [...new Set([numberOf(prepared.category_id), ...more])];
		}
		if (isFields(prepared.translations)) {
			for (const [locale, texts] of Object.entries(prepared.translations)) {
				if (!isFields(texts)) continue;
				const path = textOf(texts.name).trim().replace(/\s+/g, '-');
				const permalink = `http://${shop.home}/${locale.slice(0, 2)}/p/${path}/${id}`;
				prepared.translations = {
					...prepared.translations,
					[locale]: { ...texts, product_id: String(id), permalink },
				};
			}
		}
		return prepared;
	},
	after: (shop, { id, given, values, before }) => {
		if (!before || given.stock !== undefined || given.code !== undefined || given.ean !== undefined)
			storeBase(shop, id, isFields(given.stock) ? given.stock : {}, values);
	},
};

/** Rules of `POST` and `PUT /product-stocks`: `stock` is absolute (LIVE), the base row cannot be switched off. */
export const STOCK_RULES: SavingRules = {
	check: (shop, given, complaints, before) => {
		const code = textOf(given.code);
		if (code === '') return;
		const other = shop.database
			.table('product-stocks')
			.rows()
			.find((row) => row.values.code === code && row.id !== before?.id);
		if (other) complaints.add('code', takenValue(code));
	},
	prepare: (_shop, { given, values, before }) => {
		const off = given.active !== undefined && ['0', ''].includes(textOf(given.active));
		if (before?.values.extended === '0' && off)
			throw badRequest('Nie można wyłączyć: to jest stock bazowy produktu');
		if (!before) return { ...withRelative(values, given), extended: '1' };
		return { ...withRelative({ ...before.values }, given), ...computedKept(before.values) };
	},
	after: (shop, { before }, row) => {
		// Product and base row are one thing seen twice.
		const product = shop.find('products', row.values.product_id);
		if (!before || row.values.extended !== '0' || !product) return;
		const { code = '', ean = '' } = row.values;
		if (product.values.code !== code || product.values.ean !== ean)
			shop.save('products', product.id, { ...product.values, code, ean });
	},
};

function computedKept(values: Readonly<Fields>): Fields {
	const { stock_id = '', product_id = '', extended = '0' } = values;
	return { stock_id, product_id, extended };
}

import { slice } from '../../shared/pickers/listSearch';
import type { Picker } from '../../shared/pickers/listSearch';
import { newestOfAny } from '../../shared/pickers/newest';
import { anew } from '../../shared/reading/records';
import { categoriesInOrder, pathOf } from '../categories/tree';
import type { ShoperRecord } from '../api/codec';
import { allOf, localeOf } from '../api/reads';
import { newest, text } from './pages';
import { contains } from '../api/conditions';
import { idOf } from '../api/resources';
import { translated } from '../api/translations';

/** Products, newest first; typed text may be the ID, or part of the name or of a code. */
const searchProducts: Picker<ShoperRecord> = async (shop, filter, from) => {
	const locale = await localeOf(shop);
	const searches =
		filter === '' ? [] : [contains('translations.name', filter), contains('stock.code', filter)];
	const products = newest('products', (product) => {
		const code = text(product.code) === '' ? '' : ` · ${text(product.code)}`;
		const id = text(product.product_id);
		return { name: `${translated(product, 'name', locale) ?? ''}${code} · #${id}`, value: id };
	});
	const exact = {
		...(filter !== '' && { 'stock.code': filter }),
		...(/^#?[1-9]\d*$/.test(filter) && { product_id: filter.replace('#', '') }),
	};
	return await newestOfAny(shop, products, searches, from, exact);
};

/** Producers, newest first; typed text is part of the name. */
const searchProducers: Picker<ShoperRecord> = async (shop, filter, from) =>
	await newestOfAny(shop, producers, filter === '' ? [] : [contains('name', filter)], from);

const producers = newest('producers', (producer) => ({
	name: `${text(producer.name)} (${text(producer.producer_id)})`,
	value: text(producer.producer_id),
}));

/** Categories by their path, in the order of the shop's tree. */
const searchCategories: Picker<ShoperRecord> = async (shop, filter, from) => {
	const [{ tree, records }, locale] = await Promise.all([categoriesInOrder(shop), localeOf(shop)]);
	const entries = [...records.keys()].map((id) => ({
		name: `${pathOf(tree.lineOf(id), records, locale)} (${id})`,
		value: id,
	}));
	return slice(entries, filter, from);
};

/** All records of a short list; names that exist once per language are in the shop's main one. */
export function shortList(
	resource: string,
	nameOf: (record: ShoperRecord, locale: string | undefined) => string,
): Picker<ShoperRecord> {
	return async (shop, filter, from) => {
		const locale = await localeOf(shop);
		const entries = [...(await allOf(shop, resource, anew)).values()].map((record) => {
			const id = idOf(resource, record);
			return { name: `${nameOf(record, locale)} (${id})`, value: id };
		});
		return slice(entries, filter, from);
	};
}

/** Lists of the resources that are neither orders nor customers, by the method name the fields use. */
export const recordPickers = {
	searchCategories,
	searchCurrencies: shortList('currencies', ({ name }) => text(name)),
	searchLanguages: shortList('languages', ({ locale, active }) =>
		String(active) === '0' ? `${text(locale)} · inactive` : text(locale),
	),
	searchProducers,
	searchProducts,
	searchWebhooks: shortList(
		'webhooks',
		({ url, events }) => `${text(url)} · ${Array.isArray(events) ? events.join(', ') : ''}`,
	),
};

import type { INodePropertyOptions } from 'n8n-workflow';

import { contains } from '../api/conditions';
import type { Picker } from '../../shared/pickers/listSearch';
import { newestOfAny } from '../../shared/pickers/newest';
import { anew } from '../../shared/reading/records';
import { languageText } from '../api/codec';
import type { FieldValue, PrestaShopRecord } from '../api/records';
import { allOf, ifPermitted } from '../api/reads';
import type { PrestaShopShop } from '../api/reads';
import { newest, numberTyped, text } from './pages';
import { recordPickers } from './recordPickers';

/** Orders, newest first; typed text is the ID or a part of the reference. */
const searchOrders: Picker<PrestaShopRecord> = async (shop, filter, from) => {
	const id = numberTyped(filter);
	const orders = newest(
		'orders',
		['id', 'reference', 'date_add', 'total_paid', 'payment'],
		({ id: value = '', reference, date_add, total_paid }) => ({
			name: `${text(reference)} · #${value} · ${text(date_add).slice(0, 16)} · ${Number(text(total_paid)).toFixed(2)}`,
			value,
		}),
	);
	if (id !== undefined) return await newestOfAny(shop, orders, [], from, { id });
	const searches = filter === '' ? [] : [contains('reference', filter)];
	return await newestOfAny(shop, orders, searches, from);
};

/** Customers, newest first; typed text may be part of the email, the last or the first name. */
const searchCustomers: Picker<PrestaShopRecord> = async (shop, filter, from) => {
	const customers = newest(
		'customers',
		['id', 'firstname', 'lastname', 'email'],
		({ id = '', firstname, lastname, email }) => ({
			name: `${text(firstname)} ${text(lastname)} (${text(email)})`,
			value: id,
		}),
	);
	const fields = filter.includes('@') ? ['email'] : ['email', 'lastname', 'firstname'];
	const searches = filter === '' ? [] : fields.map((field) => contains(field, filter));
	return await newestOfAny(shop, customers, searches, from);
};

/** Products, newest first; typed text may be the ID, or part of the name or of the reference. */
const searchProducts: Picker<PrestaShopRecord> = async (shop, filter, from) => {
	const products = newest('products', ['id', 'name', 'reference'], (product) => {
		const { id = '', name, reference } = product;
		const title = languageText(name as FieldValue | undefined);
		const code = text(reference) === '' ? '' : ` · ${text(reference)}`;
		return { name: `${title}${code} · #${id}`, value: id };
	});
	const id = numberTyped(filter);
	const searches = filter === '' ? [] : [contains('name', filter), contains('reference', filter)];
	const exact = { ...(filter !== '' && { reference: filter }), ...(id !== undefined && { id }) };
	return await newestOfAny(shop, products, searches, from, exact);
};

/** All states that were not deleted, by ID. */
const searchOrderStates: Picker<PrestaShopRecord> = async (shop, filter) => {
	const wanted = filter.toLowerCase();
	const options = (await stateOptions(shop)).filter(({ name }) =>
		name.toLowerCase().includes(wanted),
	);
	return { results: options.map(({ name, value }) => ({ name, value: String(value) })) };
};

async function stateOptions(shop: PrestaShopShop): Promise<INodePropertyOptions[]> {
	return [...(await allOf(shop, 'order_states', anew)).values()]
		.filter(({ deleted }) => deleted !== '1')
		.sort((a, b) => Number(a.id) - Number(b.id))
		.map(({ id, name }) => ({
			name: `${languageText(name as FieldValue | undefined)} (${id ?? ''})`,
			value: id ?? '',
		}));
}

/** The languages of the shop, by ID; inactive ones are marked. */
const searchLanguages: Picker<PrestaShopRecord> = async (shop, filter) => {
	const languages = [...(await allOf(shop, 'languages', anew)).values()];
	const results = languages.map(({ id, name, iso_code, active }) => ({
		name: `${languageText(name as FieldValue | undefined)} (${text(iso_code)})${active === '0' ? ' · inactive' : ''}`,
		value: id ?? '',
	}));
	return { results: results.filter(named(filter)) };
};

/** What "Shop Context" can be: the shops of a multistore, its groups, and all of them. */
const searchShops: Picker<PrestaShopRecord> = async (shop, filter) => {
	const missing: string[] = [];
	const groups = await ifPermitted(shop, 'groups', 'shop_groups', missing, async () =>
		allOf(shop, 'shop_groups', anew),
	);
	const live = (records: Iterable<PrestaShopRecord>) =>
		[...records].filter(({ deleted, active }) => deleted !== '1' && active !== '0');
	const results = [
		...live((await allOf(shop, 'shops', anew)).values()).map(({ id, name }) => ({
			name: `${text(name)} (${id ?? ''})`,
			value: id ?? '',
		})),
		...live(groups?.values() ?? []).map(({ id, name }) => ({
			name: `Group: ${text(name)} (${id ?? ''})`,
			value: `group:${id ?? ''}`,
		})),
		{ name: 'All Shops', value: 'all' },
	];
	return { results: results.filter(named(filter)) };
};

function named(filter: string): (entry: { name: string }) => boolean {
	return ({ name }) => name.toLowerCase().includes(filter.toLowerCase());
}

/** Lists of resource locators, by the method name the fields use. */
export const pickers = {
	searchCustomers,
	searchLanguages,
	searchOrders,
	searchOrderStates,
	searchProducts,
	searchShops,
	...recordPickers,
};

/** Lists of plain options, by the method name the fields use. */
export const optionLoaders = { getOrderStates: stateOptions };

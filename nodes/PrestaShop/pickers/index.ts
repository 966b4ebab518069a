import type { INodePropertyOptions } from 'n8n-workflow';

import type { Picker } from '../../shared/pickers/listSearch';
import { languageText } from '../api/codec';
import type { FieldValue, PrestaShopRecord } from '../api/records';
import { allOf, ifPermitted } from '../api/reads';
import type { PrestaShopShop } from '../api/reads';
import { newest, newestOfAny, page, text } from './pages';
import { contains, is } from '../api/query';
import { recordPickers } from './recordPickers';

/** Orders, newest first; typed text is the ID or a part of the reference. */
const searchOrders: Picker<PrestaShopRecord> = async (shop, filter, from) => {
	const byNumber = /^#?\d+$/.test(filter);
	const where =
		filter === ''
			? []
			: [byNumber ? is('id', filter.replace('#', '')) : contains('reference', filter)];
	const display = ['id', 'reference', 'date_add', 'total_paid', 'payment'];
	const rows = await newest(shop, 'orders', display, where, byNumber ? undefined : from);
	return page(rows, byNumber, ({ id, reference, date_add, total_paid }) => ({
		name: `${text(reference)} · #${id ?? ''} · ${text(date_add).slice(0, 16)} · ${Number(text(total_paid)).toFixed(2)}`,
		value: id ?? '',
	}));
};

/** Customers, newest first; typed text may be part of the email, the last or the first name. */
const searchCustomers: Picker<PrestaShopRecord> = async (shop, filter, from) => {
	const display = ['id', 'firstname', 'lastname', 'email'];
	const show = ({ id, firstname, lastname, email }: PrestaShopRecord) => ({
		name: `${text(firstname)} ${text(lastname)} (${text(email)})`,
		value: id ?? '',
	});
	const fields = filter.includes('@') ? ['email'] : ['email', 'lastname', 'firstname'];
	const searches = filter === '' ? [] : fields.map((field) => contains(field, filter));
	return await newestOfAny(shop, 'customers', display, searches, from, show);
};

/** Products, newest first; typed text may be the ID, or part of the name or of the reference. */
const searchProducts: Picker<PrestaShopRecord> = async (shop, filter, from) => {
	const display = ['id', 'name', 'reference'];
	const show = ({ id, name, reference }: PrestaShopRecord) => {
		const title = languageText(name as FieldValue | undefined);
		const code = text(reference) === '' ? '' : ` · ${text(reference)}`;
		return { name: `${title}${code} · #${id ?? ''}`, value: id ?? '' };
	};
	const searches = filter === '' ? [] : [contains('name', filter), contains('reference', filter)];
	const exact = {
		...(filter !== '' && { reference: filter }),
		...(/^#?\d+$/.test(filter) && { id: filter.replace('#', '') }),
	};
	return await newestOfAny(shop, 'products', display, searches, from, show, exact);
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
	return [...(await allOf(shop, 'order_states')).values()]
		.filter(({ deleted }) => deleted !== '1')
		.sort((a, b) => Number(a.id) - Number(b.id))
		.map(({ id, name }) => ({
			name: `${languageText(name as FieldValue | undefined)} (${id ?? ''})`,
			value: id ?? '',
		}));
}

/** The languages of the shop, by ID; inactive ones are marked. */
const searchLanguages: Picker<PrestaShopRecord> = async (shop, filter) => {
	const languages = [...(await allOf(shop, 'languages')).values()];
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
		allOf(shop, 'shop_groups'),
	);
	const live = (records: Iterable<PrestaShopRecord>) =>
		[...records].filter(({ deleted, active }) => deleted !== '1' && active !== '0');
	const results = [
		...live((await allOf(shop, 'shops')).values()).map(({ id, name }) => ({
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

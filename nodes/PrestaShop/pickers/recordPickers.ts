import { contains } from '../api/conditions';
import { slice } from '../../shared/pickers/listSearch';
import type { Picker } from '../../shared/pickers/listSearch';
import { newestOfAny } from '../../shared/pickers/newest';
import { anew } from '../../shared/reading/records';
import { categoryTree } from '../categories/tree';
import { languageText } from '../api/codec';
import type { FieldValue, PrestaShopRecord } from '../api/records';
import { keyRights } from '../api/keyRights';
import { newest, numberTyped, text } from './pages';

/** How records of a plain resource are listed and found. */
interface RecordList {
	resource: string;
	/** Fields of the entry's name, in order; empty ones are left out. */
	title: readonly string[];
	/** Fields that typed text is looked for in; an ID always works. */
	search: readonly string[];
}

/** Fields whose whole value names a record. */
const CODES = ['reference', 'ean13'];

function listOf({ resource, title, search }: RecordList): Picker<PrestaShopRecord> {
	const list = newest(resource, ['id', ...title], (record) => {
		const parts = title.map((field) => languageText(record[field] as FieldValue | undefined));
		const name = parts.filter((part) => part !== '').join(' · ');
		return {
			name: `${name === '' ? resource : name} · #${record.id ?? ''}`,
			value: record.id ?? '',
		};
	});
	return async (shop, filter, from) => {
		const id = numberTyped(filter);
		const conditions = filter === '' ? [] : search.map((field) => contains(field, filter));
		const codes = filter === '' ? [] : search.filter((field) => CODES.includes(field));
		const exact = {
			...Object.fromEntries(codes.map((field) => [field, filter])),
			...(id !== undefined && { id }),
		};
		const isVain = conditions.length === 0 && Object.keys(exact).length === 0;
		if (filter !== '' && isVain) return { results: [] };
		return await newestOfAny(shop, list, conditions, from, exact);
	};
}

/** Categories by their path, in the order of the shop's tree. */
const searchCategories: Picker<PrestaShopRecord> = async (shop, filter, from) => {
	const { records, pathOf } = await categoryTree(shop);
	const entries = [...records.keys()].map((id) => ({
		name: `${pathOf(id, undefined)} (${id})`,
		value: id,
	}));
	return slice(entries, filter, from);
};

/** Every resource the key has a right to, those of modules included. */
const searchWebserviceResources: Picker<PrestaShopRecord> = async (shop, filter, from) => {
	const { resources } = await keyRights(shop, anew);
	const entries = resources.map(({ resource, description }) => ({
		name: text(description) === '' ? resource : `${resource} (${description})`,
		value: resource,
	}));
	return slice(entries, filter, from);
};

/** Lists of the resources that have no list of their own kind, by the method name the fields use. */
export const recordPickers = {
	searchAddresses: listOf({
		resource: 'addresses',
		title: ['firstname', 'lastname', 'address1', 'city'],
		search: ['lastname', 'address1', 'city'],
	}),
	searchCartRules: listOf({
		resource: 'cart_rules',
		title: ['code', 'name'],
		search: ['code'],
	}),
	searchCarriers: listOf({ resource: 'carriers', title: ['name'], search: ['name'] }),
	searchCarts: listOf({ resource: 'carts', title: ['date_add'], search: [] }),
	searchCategories,
	searchCombinations: listOf({
		resource: 'combinations',
		title: ['reference', 'ean13'],
		search: ['reference', 'ean13'],
	}),
	searchCurrencies: listOf({
		resource: 'currencies',
		title: ['iso_code'],
		search: ['iso_code'],
	}),
	searchCustomerMessages: listOf({
		resource: 'customer_messages',
		title: ['message'],
		search: ['message'],
	}),
	searchManufacturers: listOf({ resource: 'manufacturers', title: ['name'], search: ['name'] }),
	searchSuppliers: listOf({ resource: 'suppliers', title: ['name'], search: ['name'] }),
	searchOrderPayments: listOf({
		resource: 'order_payments',
		title: ['order_reference', 'payment_method', 'amount'],
		search: ['order_reference'],
	}),
	searchOrderReturns: listOf({
		resource: 'order_returns',
		title: ['id_order', 'date_add'],
		search: [],
	}),
	searchOrderSlips: listOf({ resource: 'order_slip', title: ['id_order', 'date_add'], search: [] }),
	searchSpecificPrices: listOf({
		resource: 'specific_prices',
		title: ['reduction_type', 'reduction'],
		search: [],
	}),
	searchWebserviceResources,
};

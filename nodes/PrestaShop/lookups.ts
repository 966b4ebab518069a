import type { INodePropertyOptions } from 'n8n-workflow';

import type { Picker } from '../shared/listSearch';
import { languageText } from './codec';
import type { FieldValue, PrestaShopRecord } from './codec';
import { allOf } from './join';
import type { PrestaShopShop } from './join';
import { contains, is, listing } from './query';
import type { Condition } from './query';

/** Entries of one page of a list. */
const PAGE = 50;

/** Orders, newest first; typed text matches the ID or the beginning of the reference. */
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
	if (filter === '') return page(await newest(shop, 'customers', display, [], from), false, show);
	// The webservice cannot search several fields at once.
	const fields = filter.includes('@') ? ['email'] : ['email', 'lastname', 'firstname'];
	const hits = await Promise.all(
		fields.map(
			async (field) =>
				await newest(shop, 'customers', display, [contains(field, filter)], undefined),
		),
	);
	const found = new Map(hits.flat().map((record) => [record.id ?? '', record]));
	return page([...found.values()].slice(0, PAGE), true, show);
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

/** Lists of resource locators, by the method name the fields use. */
export const pickers = { searchOrders, searchCustomers, searchOrderStates };

/** Lists of plain options, by the method name the fields use. */
export const optionLoaders = { getOrderStates: stateOptions };

async function newest(
	shop: PrestaShopShop,
	resource: string,
	display: readonly string[],
	where: readonly Condition[],
	before: string | undefined,
): Promise<PrestaShopRecord[]> {
	const { first } = listing({ resource, display, where, order: 'newest', limit: PAGE });
	const query = {
		...first.query,
		date: '1',
		...(before !== undefined && { 'filter[id]': `<[${before}]` }),
	};
	return await shop.records({ ...first, query });
}

function page(
	rows: readonly PrestaShopRecord[],
	single: boolean,
	show: (record: PrestaShopRecord) => { name: string; value: string },
) {
	const next = single || rows.length < PAGE ? undefined : rows.at(-1)?.id;
	return { results: rows.map(show), ...(next !== undefined && { next }) };
}

function text(value: unknown): string {
	return typeof value === 'string' ? value : '';
}

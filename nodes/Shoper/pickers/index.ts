import type { INodePropertyOptions } from 'n8n-workflow';

import { slice } from '../../shared/pickers/listSearch';
import type { Picker } from '../../shared/pickers/listSearch';
import { newestOfAny } from '../../shared/pickers/newest';
import { anew } from '../../shared/reading/records';
import type { ShoperRecord } from '../api/codec';
import { allOf, localeOf } from '../api/reads';
import type { ShoperShop } from '../api/reads';
import { newest, text } from './pages';
import { contains } from '../api/conditions';
import { recordPickers, shortList } from './recordPickers';
import { RESOURCE_PATHS } from '../api/resources';
import { isActive } from '../orders/statuses';
import { translated } from '../api/translations';

/** Orders, newest first; typed text is the ID or a part of the email. */
const searchOrders: Picker<ShoperRecord> = async (shop, filter, from) => {
	const id = /^#?0*(\d+)$/.exec(filter)?.[1];
	if (id !== undefined) return await newestOfAny(shop, orders, [], from, { order_id: id });
	const searches = filter === '' ? [] : [contains('email', filter)];
	return await newestOfAny(shop, orders, searches, from);
};

const orders = newest('orders', (order) => ({
	name: `#${text(order.order_id)} · ${text(order.date).slice(0, 16)} · ${text(order.sum)} · ${text(order.email)}`,
	value: text(order.order_id),
}));

/** Customers, newest first; typed text may be part of the email, the last or the first name. */
const searchCustomers: Picker<ShoperRecord> = async (shop, filter, from) => {
	const fields = filter.includes('@') ? ['email'] : ['email', 'lastname', 'firstname'];
	const searches = filter === '' ? [] : fields.map((field) => contains(field, filter));
	return await newestOfAny(shop, customers, searches, from);
};

const customers = newest('users', (user) => ({
	name: `${text(user.firstname)} ${text(user.lastname)} (${text(user.email)})`.trim(),
	value: text(user.user_id),
}));

/** All statuses that are switched on, in the shop's language. */
const searchStatuses: Picker<ShoperRecord> = async (shop, filter, from) =>
	slice(
		(await statusOptions(shop)).map(({ name, value }) => ({ name, value: String(value) })),
		filter,
		from,
	);

async function statusOptions(shop: ShoperShop): Promise<INodePropertyOptions[]> {
	const locale = await localeOf(shop);
	return [...(await allOf(shop, 'statuses', anew)).values()].filter(isActive).map((status) => ({
		name: `${translated(status, 'name', locale) ?? ''} (${text(status.status_id)})`,
		value: text(status.status_id),
	}));
}

const searchPayments = shortList(
	'payments',
	(payment, locale) => translated(payment, 'title', locale) ?? text(payment.name),
);

const searchShippings = shortList(
	'shippings',
	(shipping, locale) => translated(shipping, 'name', locale) ?? text(shipping.name),
);

/** The paths of the API that are known; others can be typed. */
const searchResourcePaths: Picker<ShoperRecord> = async (_shop, filter, from) =>
	slice(
		RESOURCE_PATHS.map((path) => ({ name: path, value: path })),
		filter,
		from,
	);

/** Lists of resource locators, by the method name the fields use. */
export const pickers = {
	searchCustomers,
	searchOrders,
	searchPayments,
	searchResourcePaths,
	searchShippings,
	searchStatuses,
	...recordPickers,
};

/** Lists of plain options, by the method name the fields use. */
export const optionLoaders = { getStatuses: statusOptions };

import type { Method } from '../../shared/protocol/call';

/**
 * What a right is called. InSales publishes no table of rights (InSales API reference, 1.3, UNCONFIRMED), so the
 * names follow the sections of the back office and what integrations ask shop owners to tick.
 */
interface Section {
	name: string;
	/** Wording for changes, where it differs from "edit". */
	edit?: string;
}

const SETTINGS: Section = { name: 'shop settings (настройки магазина)' };
const PRODUCTS: Section = { name: 'products (товары)' };

const SECTIONS: Readonly<Record<string, Section>> = {
	orders: {
		name: 'orders (заказы)',
		edit: 'edit (fields, status, payment and delivery)',
	},
	'order contents': { name: 'orders (заказы)', edit: 'edit the contents of orders' },
	clients: { name: 'clients (покупатели)' },
	client_groups: { name: 'clients (покупатели)' },
	products: PRODUCTS,
	'product prices': { name: 'products (товары): purchase prices and additional prices' },
	categories: PRODUCTS,
	collections: PRODUCTS,
	collects: PRODUCTS,
	product_fields: PRODUCTS,
	custom_statuses: SETTINGS,
	delivery_variants: SETTINGS,
	payment_gateways: SETTINGS,
	fields: SETTINGS,
	price_kinds: SETTINGS,
	warehouses: SETTINGS,
	account: SETTINGS,
	discount_codes: { name: 'discounts (скидки)' },
	webhooks: { name: 'webhooks (вебхуки)' },
};

/** A right in the words of a shop owner: `orders (заказы) – view`. */
export function rightName(resource: string, method: Method): string {
	const { name, edit = 'edit' } = SECTIONS[resource] ?? { name: resource };
	const verb = method === 'GET' ? 'view' : method === 'DELETE' ? 'delete' : edit;
	return `${name} – ${verb}`;
}

/** The same for a right as `needs` names it, such as `orders GET`. */
export function nameRight(need: string): string {
	return rightName(...partsOfNeed(need));
}

/** Where to tick it. */
export function tickRight(resource: string, method: Method): string {
	return `In the back office of the shop, open Расширения > Разработчикам, edit the access key and allow "${rightName(resource, method)}".`;
}

/** Splits a need such as `orders GET`. */
export function partsOfNeed(need: string): [resource: string, method: Method] {
	const match = /^(.*) ([A-Z]+)$/.exec(need);
	return [match?.[1] ?? need, (match?.[2] ?? 'GET') as Method];
}

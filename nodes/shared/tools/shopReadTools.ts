import type { IDataObject } from 'n8n-workflow';

import { amount, customerText, lean, listed, minute } from './answer';
import { customerNamed } from './lookUp';
import { summary } from './orderTools';
import type { FactKind, ToolProduct, ToolVariant } from './shopTools';
import { tool } from './tool';
import type { Work } from './tool';
import { textOrNull } from '../output/orderShape';

const [PRODUCTS, MAX_PRODUCTS] = [5, 20];

/** Products whose variants are shown one by one. */
const WITH_VARIANTS = 2;

export const findProducts = tool({
	name: 'find_products',
	title: 'Find Products',
	description: 'Find products, their price and stock',
	customers: 'all',
	parameters: {
		search: { type: 'string', description: 'Words, SKU, EAN or ID', required: true },
		in_stock: { type: 'boolean' },
		limit: { type: 'integer' },
	},
	run: async ({ shop, tools, settings }, { search: text, in_stock: inStock, limit = PRODUCTS }) => {
		const most = Math.min(Math.max(limit, 1), MAX_PRODUCTS);
		const { language, customerMode } = settings;
		const search = { text, language, activeOnly: customerMode, limit: most };
		const { products, total, within } = await tools.products(shop, search);
		const fitting = products.filter(
			({ stock, active }) =>
				(!customerMode || active !== false) &&
				(inStock === undefined || stock === null || stock > 0 === inStock),
		);
		const shown = fitting.slice(0, most);
		const showPurchase = settings.showPurchasePrices && !customerMode;
		const lines = shown.map((each) =>
			productAnswer(each, shown.length <= WITH_VARIANTS, customerMode, showPurchase),
		);
		return listed('products', lines, {
			total: inStock === undefined ? (total ?? fitting.length) : fitting.length,
			hint: 'No product fits. Try fewer or other words, in the language of the shop.',
			...(within && { searched: within }),
		});
	},
});

function productAnswer(
	product: ToolProduct,
	isDetailed: boolean,
	isForCustomer: boolean,
	showPurchase: boolean,
): IDataObject {
	const {
		id,
		sku,
		name,
		active,
		price,
		currency = null,
		stock,
		purchasePrice,
		variants = [],
	} = product;
	const isShared = (code: string | null) => variants.filter((each) => each.sku === code).length > 1;
	// Staff can name a variant by its SKU, or by its ID where the SKU is that of several.
	const ofVariant = ({ id: key, name: title, sku: code, stock: pieces }: ToolVariant) =>
		`${title}${isForCustomer ? '' : ` (${code === null || isShared(code) ? key : code})`}: ${pieces ?? '?'}`;
	return lean({
		id,
		sku,
		name,
		...(!isForCustomer && active === false && { active }),
		price: amount(price, currency),
		stock,
		...(showPurchase && { purchase_price: purchasePrice }),
		...(isDetailed
			? { variants: variants.map(ofVariant) }
			: variants.length > 0 && { variants: variants.length }),
	});
}

const KINDS: readonly FactKind[] = ['delivery', 'payment', 'languages', 'currencies'];

export const shopFacts = tool({
	name: 'shop_facts',
	title: 'Shop Facts',
	description: 'What the shop has',
	customers: 'all',
	parameters: {
		about: { type: 'string', enum: ['statuses', ...KINDS], required: true },
	},
	run: async ({ shop, tools, settings }, { about }) => {
		if (about === 'statuses') {
			const statuses = await tools.statuses(shop);
			const ids = settings.customerMode ? [] : statuses.map(({ id }) => id);
			const names = statuses.map(({ names: [name = ''], phase }, at) =>
				[ids[at], name, phase === 'unknown' || name.toLowerCase() === phase ? '' : `(${phase})`]
					.filter(Boolean)
					.join(' '),
			);
			return listed(about, names, { total: names.length, hint: 'The shop shows no statuses.' });
		}
		const kind = KINDS.find((each) => each === about) ?? 'delivery';
		const facts = await tools.facts(shop, kind, settings.language);
		const names = facts.map(({ id, name }) => (settings.customerMode ? name : `${id} ${name}`));
		return listed(about, names, { total: names.length, hint: 'The shop has none, or shows none.' });
	},
});

export const findCustomer = tool({
	name: 'find_customer',
	title: 'Find Customer',
	description: 'Find a customer and what they spent',
	customers: 'own',
	parameters: {
		customer: { type: 'string', description: 'E-mail, ID or phone', required: true },
	},
	run: async (work, { customer: name }) => await customerAnswer(work, work.email ?? name),
});

async function customerAnswer<R>(work: Work<R>, name: string): Promise<IDataObject> {
	const { customer, orders } = await customerNamed(work, name, true);
	const { count, revenue } = orders ? summary(orders) : { count: undefined, revenue: undefined };
	const isStaff = !work.settings.customerMode;
	return lean({
		...(isStaff && { id: customer.id, email: customer.email, phone: customer.phone }),
		...(isStaff && { guest: customer.guest === true ? true : undefined }),
		since: minute(textOrNull(customer.createdAt))?.slice(0, 10),
		orders: count,
		spent: revenue,
		partial: orders?.partial,
		...(isStaff && { note: customer.note }),
		...customerText({
			name: [customer.firstName, customer.lastName].map(textOrNull).filter(Boolean).join(' '),
		}),
	});
}

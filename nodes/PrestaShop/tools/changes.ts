import { is } from '../api/conditions';
import { InputError } from '../../shared/protocol/errors';
import { numberOrNull, textOrNull } from '../../shared/output/orderShape';
import type {
	CustomerChange,
	NewOrder,
	OrderChange,
	ProductChange,
} from '../../shared/tools/shopTools';
import type { Step } from '../../shared/tools/perform';
import { listing } from '../api/query';
import { allOf } from '../api/reads';
import type { PrestaShopShop } from '../api/reads';

const byId = (value: string) => ({ mode: 'id', value });

/** The tracking number goes first: the mail about a status shows the number the order has then. */
export async function changeOrder(
	_shop: PrestaShopShop,
	{ order, status, trackingNumber, note, notify = false }: OrderChange,
): Promise<Step[]> {
	const id = String(order.id);
	const steps: Step[] = [];
	if (trackingNumber !== undefined) {
		steps.push({
			resource: 'order',
			operation: 'updateTracking',
			// One mail is enough: that of the status.
			parameters: { orderId: byId(id), trackingNumber, notifyCustomer: notify && !status },
		});
	}
	if (status) {
		steps.push({
			resource: 'orderHistory',
			operation: 'create',
			parameters: { orderId: byId(id), stateId: byId(status.id), notifyCustomer: notify },
		});
	}
	if (note !== undefined) {
		const before = textOrNull(order.note);
		const record = { note: before === null ? note : `${before}\n${note}` };
		steps.push({
			resource: 'anyResource',
			operation: 'update',
			parameters: {
				webserviceResource: { mode: 'name', value: 'orders' },
				recordId: id,
				record: JSON.stringify(record),
			},
		});
	}
	return await Promise.resolve(steps);
}

export async function changeProduct(shop: PrestaShopShop, change: ProductChange): Promise<Step[]> {
	const { product, name, description, price, active, stock, stockChange } = change;
	const isId = /^#?\d+$/.test(product);
	const value = product.replace(/^#/, '');
	const productId = { mode: isId ? 'id' : 'reference', value };
	const steps: Step[] = [];
	const texts = {
		...(name !== undefined && { name }),
		...(description !== undefined && { description }),
	};
	const fields = {
		...(price !== undefined && { price: await netPrice(shop, productId, Number(price)) }),
		...(active !== undefined && { active }),
	};
	const isText = Object.keys(texts).length > 0;
	if (isText || Object.keys(fields).length > 0) {
		steps.push({
			resource: 'product',
			operation: 'update',
			parameters: {
				productId,
				...(isText && {
					translations: {
						row: [{ ...texts, language: await languageFor(shop, change.language ?? '') }],
					},
				}),
				updateFields: fields,
				simplify: false,
			},
			names: { price: 'price_without_tax' },
		});
	}
	if (stock !== undefined || stockChange !== undefined) {
		steps.push({
			resource: 'stock',
			operation: 'update',
			parameters: {
				productId: stockItem(product, change.variant),
				mode: stock === undefined ? 'changeBy' : 'set',
				quantity: stock ?? stockChange,
			},
			names: { quantity: 'stock' },
		});
	}
	return steps;
}

function stockItem(product: string, variant: string | undefined) {
	const text = (variant ?? product).replace(/^#/, '');
	if (!/^\d+$/.test(text)) return { mode: 'sku', value: text };
	return { mode: variant === undefined ? 'id' : 'combinationId', value: text };
}

/** A shop with one language needs no telling which. */
async function languageFor(shop: PrestaShopShop, language: string): Promise<string> {
	if (language !== '') return language;
	const languages = [...(await allOf(shop, 'languages')).values()];
	const [only, ...others] = languages;
	if (only && others.length === 0) return only.id ?? '';
	const codes = languages.map(({ iso_code: code }) => String(code)).join(', ');
	throw new InputError('"language" is missing.', `Give one of ${codes}.`);
}

/** Digits of a stored price. */
const DECIMALS = 6;

/**
 * The price to store for a price with tax: shops keep prices without, and the tax of a product follows
 * from what it costs with and without now.
 */
async function netPrice(
	shop: PrestaShopShop,
	{ mode, value }: { mode: string; value: string },
	gross: number,
): Promise<string> {
	// Without reductions: they are taken off later, and are no tax.
	const query = { 'price[gross][use_tax]': '1', 'price[gross][use_reduction]': '0' };
	const where = [is(mode === 'id' ? 'id' : 'reference', value)];
	const display = ['id', 'price', 'gross'];
	const [product] = await shop
		.confinedTo({ ...query, 'price[gross][decimals]': `${DECIMALS}` })
		.list(listing({ resource: 'products', where, display, limit: 1 }), 1);
	const [net, now] = [numberOrNull(product?.price), numberOrNull(product?.gross)];
	if (!product || net === null || now === null || net <= 0 || now <= 0) {
		throw new InputError(
			product
				? 'The tax of this product cannot be told from its price.'
				: `There is no product "${value}".`,
			product ? 'Set the price in the back office.' : 'Search for it first.',
		);
	}
	return ((gross * net) / now).toFixed(DECIMALS);
}

export function changeCustomer({
	named,
	id,
	firstName,
	lastName,
	email,
	note,
}: CustomerChange): Step[] {
	const fields = {
		...(firstName !== undefined && { firstname: firstName }),
		...(lastName !== undefined && { lastname: lastName }),
		...(email !== undefined && { email }),
		...(note !== undefined && { note }),
	};
	// Found by e-mail address, the record is at hand.
	const customerId = named.includes('@') ? { mode: 'email', value: named } : byId(id);
	const parameters = { customerId, updateFields: fields, simplify: false };
	return [{ resource: 'customer', operation: 'update', parameters }];
}

/** The total is worked out as the shop does; the customer is found by the e-mail address, or made as a guest. */
export async function createOrder(_shop: PrestaShopShop, order: NewOrder): Promise<Step[]> {
	const { firstName, lastName, phone, street, postcode, city, country, note } = order;
	const names = {
		...(firstName !== undefined && { firstname: firstName }),
		...(lastName !== undefined && { lastname: lastName }),
	};
	const address = {
		...(street !== undefined && { address1: street }),
		...(postcode !== undefined && { postcode }),
		...(city !== undefined && { city }),
		...(country !== undefined && { country }),
		...(phone !== undefined && { phone }),
	};
	const isAddress = Object.keys(address).length > 0;
	return await Promise.resolve([
		{
			resource: 'order',
			operation: 'create',
			parameters: {
				buyer: { mode: 'email', value: order.email },
				linesJson: JSON.stringify(order.lines),
				...(isAddress && { shippingAddress: { ...names, ...address } }),
				carrierId: byId(order.delivery.id),
				paymentName: order.payment.name,
				newCustomer: names,
				simplify: true,
			},
			options: { ...(note !== undefined && { message: note }) },
		},
	]);
}

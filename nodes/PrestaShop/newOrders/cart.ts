import { anyOf, is } from '../api/conditions';
import { ShopError } from '../../shared/protocol/errors';
import { isDenied } from '../../shared/reading/permissions';
import { settled } from '../../shared/protocol/settled';
import { withAdvice } from '../../shared/writing/outcome';
import type { PrestaShopRecord } from '../api/records';
import { chunk, listing } from '../api/query';
import type { PrestaShopShop } from '../api/reads';
import type { PricedLine } from './amounts';
import type { OrderLine } from './lines';
import { creating, prepare } from './requests';

/** Everything a cart holds. */
export interface CartContents {
	customerId: string;
	shippingAddressId: string;
	billingAddressId: string;
	currencyId: string;
	languageId: string;
	/** Without one the shop takes the cheapest. */
	carrierId: string | undefined;
	gift: boolean;
	/** Kept as the gift message, the only place that exists before the order does (recorded exchange 634). */
	externalId: string | undefined;
	lines: readonly OrderLine[];
}

/** The carrier counts only as `delivery_option`, JSON with a comma inside (recorded exchange 665). */
function cartRecord(contents: CartContents): PrestaShopRecord {
	const { carrierId, shippingAddressId } = contents;
	return {
		id_currency: contents.currencyId,
		id_lang: contents.languageId,
		id_customer: contents.customerId,
		id_address_delivery: shippingAddressId,
		id_address_invoice: contents.billingAddressId,
		...(carrierId !== undefined && {
			id_carrier: carrierId,
			delivery_option: JSON.stringify({ [shippingAddressId]: `${carrierId},` }),
		}),
		gift: contents.gift ? '1' : '0',
		...(contents.externalId !== undefined && { gift_message: contents.externalId }),
		associations: {
			cart_rows: contents.lines.map(({ productId, combinationId, quantity }) => ({
				id_product: productId,
				id_product_attribute: combinationId,
				id_address_delivery: shippingAddressId,
				quantity: String(quantity),
			})),
		},
	};
}

/**
 * Creates the cart.
 *
 * @throws ShopError when the shop saved it without its rows, which it does without a word
 */
export async function createCart(shop: PrestaShopShop, contents: CartContents): Promise<OpenCart> {
	const call = creating('carts', 'cart', [cartRecord(contents)]);
	const [cart] = await prepare(shop, call, 'a cart');
	const id = cart?.id;
	if (cart && id !== undefined && sameRows(cart, contents.lines)) return openCart(cart);
	throw new ShopError({ kind: 'malformed', sent: true }, call, {
		reason:
			id === undefined
				? 'The shop accepted the cart, but named no ID.'
				: `The shop saved the cart ${id} with other rows than were sent.`,
		fix: 'No order was made. It is safe to repeat this.',
	});
}

/** A cart that is no order yet. */
export interface OpenCart {
	id: string;
	/** The shop of a multistore that it belongs to. */
	shopId: string;
}

function openCart({ id = '', id_shop }: PrestaShopRecord): OpenCart {
	return { id, shopId: typeof id_shop === 'string' && id_shop !== '' ? id_shop : '0' };
}

function sameRows(cart: PrestaShopRecord, lines: readonly OrderLine[]): boolean {
	const rows = cart.associations?.cart_rows ?? [];
	const text = (parts: readonly unknown[]) => parts.map(String).join(' ');
	const held = rows
		.map((row) => text([row.id_product, row.id_product_attribute, row.quantity]))
		.sort();
	const wanted = lines
		.map((line) => text([line.productId, line.combinationId, line.quantity]))
		.sort();
	return held.join() === wanted.join();
}

/** What an earlier run with the same external ID left. */
export interface Earlier {
	/** Orders that were made, oldest first. */
	orders: PrestaShopRecord[];
	/** A cart with the same rows that is no order yet. */
	cart: OpenCart | undefined;
	/** Carts that are no order and hold other rows. */
	others: string[];
}

/**
 * Looks for carts and orders with an external ID. Text columns are not indexed, customers are: both
 * conditions together are quick in shops of any size.
 */
export async function earlierRun(
	shop: PrestaShopShop,
	customerIds: readonly string[],
	externalId: string,
	lines: readonly OrderLine[],
): Promise<Earlier> {
	const carts: PrestaShopRecord[] = [];
	for (const ids of chunk(customerIds)) {
		const where = [anyOf('id_customer', ids), is('gift_message', externalId)];
		carts.push(...(await shop.list(listing({ resource: 'carts', where }))));
	}
	if (carts.length === 0) return { orders: [], cart: undefined, others: [] };
	const orders = await ordersOfCarts(
		shop,
		carts.map(({ id }) => id ?? ''),
	);
	const fitting = carts.filter((cart) => sameRows(cart, lines));
	return {
		orders,
		cart: fitting.map(openCart).at(-1),
		others: carts.filter((cart) => !fitting.includes(cart)).map(({ id }) => id ?? ''),
	};
}

/** The orders that carts became, whole, oldest first; always asked anew. */
export async function ordersOfCarts(
	shop: PrestaShopShop,
	cartIds: readonly string[],
): Promise<PrestaShopRecord[]> {
	const where = [anyOf('id_cart', cartIds)];
	return await shop.list(listing({ resource: 'orders', where }));
}

/** No limit in time, as the shop writes it. */
const ALWAYS = '0000-00-00 00:00:00';

/**
 * Gives the lines prices of their own for this cart alone, all in one request; the shop removes them
 * when the order is made (recorded exchanges 706 to 709). In another currency than the default, the
 * price counts in the currency it names (recorded exchanges 1120, 1122).
 *
 * @param currencyId `undefined` for the default currency
 */
export async function fixPrices(
	shop: PrestaShopShop,
	{ id: cartId, shopId }: OpenCart,
	lines: readonly PricedLine[],
	currencyId: string | undefined,
): Promise<void> {
	if (lines.length === 0) return;
	const records = lines.map(({ productId, combinationId, net }) => ({
		id_shop_group: '0',
		id_shop: shopId,
		id_cart: cartId,
		id_product: productId,
		id_product_attribute: combinationId,
		id_currency: currencyId ?? '0',
		id_country: '0',
		id_group: '0',
		id_customer: '0',
		price: net.toFixed(6),
		from_quantity: '1',
		reduction: '0',
		reduction_tax: '1',
		reduction_type: 'amount',
		from: ALWAYS,
		to: ALWAYS,
	}));
	await prepare(
		shop,
		creating('specific_prices', 'specific_price', records),
		`the cart ${cartId} and some of its prices`,
	);
}

/**
 * The lines of a cart whose prices are not fixed yet; `undefined` when the key may not look.
 */
export async function withoutPrice(
	shop: PrestaShopShop,
	cartId: string,
	lines: readonly PricedLine[],
): Promise<PricedLine[] | undefined> {
	const where = [is('id_cart', cartId)];
	const read = await settled(
		async () => await shop.list(listing({ resource: 'specific_prices', where })),
	);
	if (!read.ok && isDenied(read.error)) return undefined;
	if (!read.ok) throw read.error;
	return lines.filter(
		(line) =>
			!read.value.some(
				(row) =>
					row.id_product === line.productId &&
					String(row.id_product_attribute) === line.combinationId &&
					Math.abs(Number(row.price) - line.net) < 1e-6,
			),
	);
}

/** The customer's message to the shop; the order takes it over from the cart (recorded exchange 854). */
export async function leaveMessage(
	shop: PrestaShopShop,
	cartId: string,
	customerId: string,
	message: string,
): Promise<void> {
	const record = { id_cart: cartId, id_order: '0', id_customer: customerId, message, private: '0' };
	const sent = await settled(
		async () =>
			await prepare(shop, creating('messages', 'message', [record]), `the cart ${cartId}`),
	);
	if (sent.ok) return;
	throw sent.error instanceof ShopError
		? withAdvice(
				sent.error,
				`The message could not be left; no order was made. ${sent.error.explanation.fix}`,
			)
		: sent.error;
}

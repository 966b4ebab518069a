import { lookUntil } from '../../shared/reading/lookUntil';
import type { PrestaShopShop } from '../api/reads';
import type { PrestaShopRecord } from '../api/records';
import { customerIdsByEmail } from '../orders/find';
import type { OrderAddress } from './address';
import { createBuyer } from './buyer';
import {
	createCart,
	earlierRun,
	fixPrices,
	leaveMessage,
	ordersOfCarts,
	withoutPrice,
} from './cart';
import type { CartContents, Earlier, OpenCart } from './cart';
import type { OrderDraft } from './draft';
import { placeOrder } from './place';
import { creating, prepare } from './requests';

/** How long an earlier run that stopped half way may still be at work in the shop, in milliseconds. */
const PATIENCE_MS = 7_000;

/** What an earlier run with this external ID left. One that stopped a moment ago may still be at work. */
export async function lookEarlier(
	shop: PrestaShopShop,
	draft: OrderDraft,
): Promise<Earlier | undefined> {
	const ids = draft.buyer.ids;
	if (ids.length === 0 || draft.externalId === undefined) return undefined;
	const earlier = await earlierRun(shop, ids, draft.externalId, draft.lines);
	const { cart, orders } = earlier;
	if (!cart || orders.length > 0) return earlier;
	const late = await lookUntil(
		async () => await ordersOfCarts(shop, [cart.id]),
		(seen) => seen.length > 0,
		PATIENCE_MS,
	);
	return late.length > 0 ? { ...earlier, orders: late } : earlier;
}

/**
 * The IDs of all orders that carry the external ID, whoever made them: a run in another process may have
 * made one in the same moment, for a customer that it created itself.
 */
export async function orderIdsMarked(
	shop: PrestaShopShop,
	{ buyer: { ids, email }, externalId, lines }: OrderDraft,
	made: readonly PrestaShopRecord[],
): Promise<string[]> {
	if (externalId === undefined) return [];
	shop.forget();
	const named = email === undefined ? [] : await customerIdsByEmail(shop, email);
	const customers = new Set([...ids, ...named, ...made.map((each) => String(each.id_customer))]);
	const { orders } = await earlierRun(shop, [...customers], externalId, lines);
	return orders.map(({ id }) => id ?? '');
}

/** Writes what is missing, and posts the order. */
export async function makeOrder(
	shop: PrestaShopShop,
	draft: OrderDraft,
	earlier: Earlier | undefined,
): Promise<{ orders: PrestaShopRecord[]; warnings: string[] }> {
	const warnings: string[] = [];
	if (earlier && earlier.others.length > 0) {
		warnings.push(
			`An earlier run with this External ID left the cart ${earlier.others.join(', ')} with other lines; it was not used.`,
		);
	}
	const known = earlier?.cart && (await continued(shop, draft, earlier.cart));
	const { cart, contents } = known ?? (await fresh(shop, draft, warnings));
	const missing = known ? known.missing : draft.fixed;
	await fixPrices(shop, cart, missing, draft.otherCurrencyId);
	if (draft.message !== undefined) {
		await leaveMessage(shop, cart.id, contents.customerId, draft.message);
	}
	const { module, payment, total: sum } = draft;
	const placed = await placeOrder(shop, { cartId: cart.id, contents, module, payment, total: sum });
	if (placed.warning !== undefined) warnings.push(placed.warning);
	return { orders: placed.orders, warnings };
}

/** The cart of an earlier run, if it can be gone on with: its prices must be known. */
async function continued(shop: PrestaShopShop, draft: OrderDraft, cart: OpenCart) {
	const missing = draft.fixed.length === 0 ? [] : await withoutPrice(shop, cart.id, draft.fixed);
	const [read] = await shop.records({ method: 'GET', path: ['carts', cart.id] });
	if (!missing || !read) return undefined;
	const text = (value: unknown) => (typeof value === 'string' ? value : '');
	const contents: CartContents = {
		...contentsOf(draft, text(read.id_customer)),
		shippingAddressId: text(read.id_address_delivery),
		billingAddressId: text(read.id_address_invoice),
	};
	return { cart, contents, missing };
}

function contentsOf(draft: OrderDraft, customerId: string) {
	return {
		customerId,
		currencyId: draft.currencyId,
		languageId: draft.languageId,
		carrierId: draft.carrier?.id,
		gift: draft.gift,
		externalId: draft.externalId,
		lines: draft.lines,
	};
}

async function fresh(
	shop: PrestaShopShop,
	draft: OrderDraft,
	warnings: string[],
): Promise<{ cart: OpenCart; contents: CartContents }> {
	const { buyer: who, shipping, billing } = draft;
	const customer = who.known
		? { id: who.known.id ?? '' }
		: await createBuyer(shop, who, draft.languageId);
	if ('warning' in customer && customer.warning !== undefined) warnings.push(customer.warning);
	const shippingAddressId = await addressId(shop, shipping, customer.id);
	const contents: CartContents = {
		...contentsOf(draft, customer.id),
		shippingAddressId,
		billingAddressId: billing ? await addressId(shop, billing, customer.id) : shippingAddressId,
	};
	return { cart: await createCart(shop, contents), contents };
}

async function addressId(
	shop: PrestaShopShop,
	{ id, create }: OrderAddress,
	customerId: string,
): Promise<string> {
	if (id !== undefined) return id;
	const record = { ...create, id_customer: customerId };
	const [made] = await prepare(shop, creating('addresses', 'address', [record]), 'an address');
	return made?.id ?? '';
}

import { ShopError } from '../../shared/protocol/errors';
import { settled } from '../../shared/protocol/settled';
import { doneAnyway, mayStillAct, withAdvice } from '../../shared/writing/outcome';
import { lookAgain } from '../../shared/writing/create';
import type { PrestaShopRecord } from '../api/records';
import type { PrestaShopShop } from '../api/reads';
import type { CartContents } from './cart';
import { ordersOfCarts } from './cart';
import { creating } from './requests';

/** What is posted about an order besides its cart. */
export interface Placement {
	cartId: string;
	contents: CartContents;
	module: string;
	payment: string;
	/** The total the shop compares, in the currency of the cart. */
	total: string;
}

/** What became of a cart. */
export interface Placed {
	/** One order, or several when the shop split the cart. */
	orders: PrestaShopRecord[];
	warning: string | undefined;
}

/**
 * Turns a cart into an order, once. The body is only an envelope: the shop takes cart, customer, module,
 * payment and total from it (recorded exchange 635). Whatever the answer was, the order is looked for:
 * shops answer 500 although they made it, and 200 or 201 although they did not (recorded exchanges 635,
 * 642, 1075).
 *
 * @throws ShopError when there is no order; its fix says whether it is safe to repeat
 */
export async function placeOrder(shop: PrestaShopShop, placement: Placement): Promise<Placed> {
	const { cartId, contents, module, payment, total } = placement;
	const call = creating('orders', 'order', [
		{
			id_address_delivery: contents.shippingAddressId,
			id_address_invoice: contents.billingAddressId,
			id_cart: cartId,
			id_currency: contents.currencyId,
			id_lang: contents.languageId,
			id_customer: contents.customerId,
			id_carrier: contents.carrierId ?? '0',
			module,
			payment,
			total_paid: total,
			total_paid_real: total,
			total_products: '0',
			total_products_wt: '0',
			conversion_rate: '1',
		},
	]);
	const sent = await settled(async () => await shop.records(call));
	const failure = sent.ok
		? new ShopError({ kind: 'malformed', sent: true }, call, {
				reason: 'The shop accepted the order, but made none.',
				fix: '',
			})
		: sent.error;
	if (!(failure instanceof ShopError)) throw failure;
	if (!failure.failure.sent) {
		throw withAdvice(
			failure,
			`No order was made; the cart ${cartId} is left. It is safe to repeat this.`,
		);
	}
	const find = async () => {
		const found = await ordersOfCarts(shop, [cartId]);
		return found.filter(({ id_customer: customer }) => customer === contents.customerId);
	};
	const looked = await lookAgain(failure, find);
	if (!looked.ok) {
		throw withAdvice(
			failure,
			`It is not known whether an order was made: looking failed as well. Look for an order of the cart ${cartId} before you repeat this${repeatable(contents)}.`,
		);
	}
	const orders = [...looked.value];
	if (orders.length > 0) {
		const warning = sent.ok ? undefined : doneAnyway(failure, 'did make the order');
		return { orders, warning };
	}
	throw noOrder(failure, placement);
}

function repeatable({ externalId }: CartContents): string {
	return externalId === undefined ? '' : ' (with the same External ID it is found by itself)';
}

function noOrder(failure: ShopError, { cartId, module, contents }: Placement): ShopError {
	if (mayStillAct(failure) && (failure.failure.kind !== 'server' || isGateway(failure))) {
		return withAdvice(
			failure,
			`No order was made so far, but the shop may still be at work. Wait a minute and look for an order of the cart ${cartId} before you repeat this${repeatable(contents)}.`,
		);
	}
	return withAdvice(
		failure,
		`No order was made; the cart ${cartId} is left. Check that the payment module "${module}" is installed and active (another one can be named in Options), and that nothing in the shop hinders the order. It is safe to repeat this.`,
	);
}

/** Answers of a gateway that stopped waiting: behind it the shop goes on. */
function isGateway({ failure: { status = 0 } }: ShopError): boolean {
	return status >= 502 && status <= 504;
}

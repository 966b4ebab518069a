import { InputError } from '../../shared/protocol/errors';
import type { Locator } from '../../shared/protocol/locator';
import { recordId } from '../../shared/text/recordId';
import { keyRights } from '../api/keyRights';
import type { KeyRights } from '../api/keyRights';
import { ifPermitted } from '../api/reads';
import type { PrestaShopShop } from '../api/reads';
import type { PrestaShopRecord } from '../api/records';
import { goodsTotal, pricedLines, round } from './amounts';
import type { PricedLine, RoundType } from './amounts';
import { orderAddress } from './address';
import type { AddressInput, OrderAddress } from './address';
import { buyerNamed } from './buyer';
import type { Buyer, NewCustomer } from './buyer';
import {
	currencyOf,
	finalStateOf,
	idOf,
	languageOf,
	messageOf,
	moduleOf,
	paymentOf,
	personOf,
	refuseUnseenReductions,
	wrapping,
} from './choices';
import { amount, checkedLines, externalIdOf } from './input';
import { orderLines } from './lines';
import { requireRights } from './requests';
import { orderSettings, preparationOf } from './settings';
import { carrierNamed, checkZone, shippingCost } from './shipping';
import type { OrderCarrier } from './shipping';

/** What the operation's fields give. */
export interface OrderValues {
	buyer: Locator;
	mode: string;
	total: string;
	lines: unknown;
	linesJson: string;
	newCustomer: NewCustomer;
	shippingAddress: object;
	billingAddress: object;
	carrierId: Locator;
	paymentName: string;
	options: {
		allowOutOfStock?: boolean;
		currency?: string;
		externalId?: string;
		gift?: boolean;
		language?: string;
		message?: string;
		module?: string;
		pricesIncludeTax?: boolean;
		shippingPrice?: string;
		state?: string;
	};
}

/** A new order, everything checked and nothing written. */
export interface OrderDraft {
	isPrepared: boolean;
	buyer: Buyer;
	shipping: OrderAddress;
	/** `undefined`: the shipping address. */
	billing: OrderAddress | undefined;
	lines: readonly PricedLine[];
	/** Lines whose price is dictated to the shop. */
	fixed: readonly PricedLine[];
	carrier: OrderCarrier | undefined;
	currencyId: string;
	/** `undefined` for the shop's default one. */
	otherCurrencyId: string | undefined;
	languageId: string;
	module: string;
	payment: string;
	gift: boolean;
	message: string | undefined;
	externalId: string | undefined;
	/** What is posted, with two decimals. */
	total: string;
	/** What the shop should come to; `undefined` where it was not computed. */
	expected: number | undefined;
	/** Status that the shop gives to such orders, where it is known. */
	firstStateId: string | undefined;
	/** Status that stands for a total that differs. */
	errorStateId: string;
	/** Status that the order gets in the end. */
	finalState: PrestaShopRecord | undefined;
	rights: KeyRights;
	notChecked: string[];
}

/** `PS_OS_ERROR` of every fresh shop. */
const PAYMENT_ERROR = '8';

/** Posted where the shop compares nothing. */
const NOTHING_COMPARED = '0.01';

/** Says what is wrong with an ID before anything is asked. */
function checkCarrier({ mode, value }: Locator): void {
	if (['id', 'list'].includes(mode) && value !== '') recordId(value, 'Carrier');
}

/**
 * Checks everything an order is made of before anything is written: rights, customer, addresses,
 * products, stock, carrier, prices. What the key may not read is noted in `notChecked`.
 */
export async function orderDraft(shop: PrestaShopShop, values: OrderValues): Promise<OrderDraft> {
	const { options } = values;
	const inputs = checkedLines(values.lines, values.linesJson);
	const externalId = externalIdOf(options.externalId);
	const given = values.total.trim() === '' ? undefined : amount(values.total, 'Total');
	const shippingPrice =
		options.shippingPrice === undefined
			? undefined
			: amount(options.shippingPrice, 'Shipping Price');
	const isPrepared = values.mode === 'preparedShop';
	const payment = paymentOf(values.paymentName);
	checkCarrier(values.carrierId);
	const message = messageOf(options.message);

	const rights = await keyRights(shop);
	const notChecked: string[] = [];
	const permitted = async <T>(part: string, resource: string, load: () => Promise<T>) => {
		const missing: string[] = [];
		const found = await ifPermitted(shop, part, resource, missing, load);
		for (const each of missing) if (!notChecked.includes(each)) notChecked.push(each);
		return found;
	};
	const shippingInput = values.shippingAddress as AddressInput;
	const billingInput = values.billingAddress as AddressInput;
	const hasBilling = Object.keys(billingInput).length > 0;
	const buyer = await buyerNamed(
		shop,
		values.buyer,
		values.newCustomer,
		{
			firstname: shippingInput.firstname ?? billingInput.firstname,
			lastname: shippingInput.lastname ?? billingInput.lastname,
		},
		rights.generation,
	);
	const person = personOf(buyer);
	const address = async (label: string, input: AddressInput) =>
		await orderAddress(
			shop,
			label,
			input,
			input.addressId === undefined ? person : {},
			buyer.known?.id,
			notChecked,
			permitted,
			rights.generation,
		);
	const [lines, shipping, billing, carrier, settings] = await Promise.all([
		orderLines(shop, inputs, { allowOutOfStock: options.allowOutOfStock === true, notChecked }),
		address('Shipping Address', shippingInput),
		hasBilling ? address('Billing Address', billingInput) : undefined,
		carrierNamed(shop, values.carrierId, permitted),
		orderSettings(shop, []),
	]);
	if (carrier) await checkZone(shop, carrier, shipping, permitted);
	const currency = await currencyOf(shop, options.currency, settings, permitted);
	const finalState = await finalStateOf(shop, options.state);
	const own = lines.filter(({ price }) => price !== undefined);
	requireRights(rights, [
		'carts GET',
		'carts POST',
		'orders GET',
		'orders POST',
		...(buyer.create ? ['customers POST'] : []),
		...(shipping.create || billing?.create ? ['addresses POST'] : []),
		...(own.length > 0 ? ['specific_prices POST'] : []),
		...(message === undefined ? [] : ['messages POST']),
		...(finalState ? ['order_histories POST'] : []),
	]);
	const preparation = isPrepared ? await preparationOf(shop) : undefined;
	if (preparation?.prepared === false) {
		throw new InputError(
			`The shop is not prepared for this mode: ${preparation.why}.`,
			'Prepare it as the guide says, or use the mode Total Known.',
		);
	}
	if (preparation && preparation.prepared === undefined) {
		notChecked.push(`whether the shop is prepared: ${preparation.missing}`);
	}
	const context = {
		countryId: shipping.countryId,
		stateId: shipping.stateId,
		currencyId: currency.otherId,
		groupId: buyer.known
			? idOf(buyer.known.id_default_group)
			: buyer.create && idOf(buyer.create.id_default_group),
	};
	// Prices are needed where they are dictated, and where the total is to be computed.
	const isComputed = !isPrepared && given === undefined;
	const priced = await pricedLines(
		shop,
		isComputed ? lines : own,
		context,
		options.pricesIncludeTax !== false,
	);
	const roundType = (settings?.PS_ROUND_TYPE ?? '2') as RoundType;
	let expected = given;
	if (isComputed) {
		await refuseUnseenReductions(shop, buyer, context.groupId, rights, permitted);
		const goods = goodsTotal(priced, roundType);
		const cost =
			shippingPrice ??
			(await shippingCost(
				shop,
				carrier,
				priced,
				goods,
				{ settings, address: shipping, isDefaultCurrency: currency.otherId === undefined },
				permitted,
			));
		expected = round(goods + cost + wrapping(options.gift === true, settings, currency.otherId));
	}
	// A special price of the customer's own would spoil a computed total, unless ours goes before it.
	const fixesAll = isComputed && rights.has('specific_prices', 'POST');
	return {
		isPrepared,
		buyer,
		shipping,
		billing,
		lines: isComputed ? priced : lines.map((line) => ({ ...line, net: 0, gross: 0 })),
		fixed: fixesAll ? priced : priced.filter(({ price }) => price !== undefined),
		carrier,
		currencyId: currency.id,
		otherCurrencyId: currency.otherId,
		languageId: await languageOf(shop, options.language, buyer),
		module: moduleOf(options.module, rights.generation),
		payment,
		gift: options.gift === true,
		message,
		externalId,
		total: expected === undefined ? NOTHING_COMPARED : expected.toFixed(2),
		expected,
		firstStateId: settings?.PS_OS_WS_PAYMENT,
		errorStateId: settings?.PS_OS_ERROR ?? PAYMENT_ERROR,
		finalState,
		rights,
		notChecked,
	};
}

import type { IDataObject } from 'n8n-workflow';

import { simplify } from '../../../shared/actions/fields';
import { madeTwice } from '../../../shared/writing/create';
import { oneAtATime } from '../../../shared/writing/oneAtATime';
import { settled } from '../../../shared/protocol/settled';
import { toJson } from '../../../shared/output/toJson';
import { languageIdOf } from '../../languages/shopLanguages';
import type { PrestaShopRecord } from '../../api/records';
import type { PrestaShopShop } from '../../api/reads';
import { orderDraft } from '../../newOrders/draft';
import { externalIdOf } from '../../newOrders/input';
import type { OrderDraft } from '../../newOrders/draft';
import {
	billingAddress,
	createOptions,
	lines,
	linesJson,
	mode,
	newCustomer,
	paymentName,
	shippingAddress,
	total,
} from '../../newOrders/fields';
import { lookEarlier, makeOrder, orderIdsMarked } from '../../newOrders/make';
import { differencesOf } from '../../newOrders/report';
import { viewOrder } from '../../orders/view';
import { buyer, carrierId } from '../../pickers/locators';
import { withoutSecrets } from '../../api/secrets';
import { operation } from '../operation';
import { post, sendsMail } from '../orderHistory/change';

/**
 * Makes an order the only way the webservice has: customer, addresses and a cart, which the shop then
 * turns into an order. Everything is checked first, the order is posted once and looked for whatever
 * the answer was.
 */
export const createOrder = operation({
	value: 'create',
	name: 'Create',
	action: 'Create an order',
	description:
		'Create an order with its customer, addresses and lines. With an external ID, running it again finds the first order instead of making a second one.',
	needs: ['carts GET', 'carts POST', 'customers GET', 'orders GET', 'orders POST', 'products GET'],
	uses: [
		'addresses GET',
		'addresses POST',
		'carriers GET',
		'cart_rules GET',
		'combinations GET',
		'configurations GET',
		'countries GET',
		'currencies GET',
		'customers POST',
		'deliveries GET',
		'groups GET',
		'languages GET',
		'messages POST',
		'order_histories POST',
		'order_states GET',
		'price_ranges GET',
		'product_option_values GET',
		'specific_prices GET',
		'specific_prices POST',
		'states GET',
		'stock_availables GET',
		'tax_rules GET',
		'taxes GET',
		'weight_ranges GET',
	],
	items: 'oneByOne',
	fields: [
		buyer,
		lines,
		linesJson,
		mode,
		total,
		shippingAddress,
		billingAddress,
		carrierId,
		paymentName,
		newCustomer,
		simplify,
		createOptions,
	],
	run: async (shop, values) => {
		const externalId = externalIdOf(values.options.externalId);
		const { dryRun = false, language = '', notifyCustomer = false } = values.options;
		// Whoever waited for a run with the same ID must see what that one made, its customer included.
		const work = async (): Promise<IDataObject> => {
			const draft = await orderDraft(shop, values);
			const earlier = externalId === undefined ? undefined : await lookEarlier(shop, draft);
			const isKnown = earlier !== undefined && earlier.orders.length > 0;
			if (dryRun) return dryRunOf(draft, isKnown ? earlier.orders : []);
			const made = isKnown
				? { orders: earlier.orders, warnings: [] }
				: await makeOrder(shop, draft, earlier);
			const finished = await finish(shop, draft, made.orders, isKnown, notifyCustomer);
			// A cart that the shop splits makes several orders at once; those are no doubles.
			const [own, ...parts] = made.orders.map(({ id }) => id ?? '');
			const twice =
				externalId !== undefined && own !== undefined && !isKnown
					? await madeTwice('order', { externalId, id: own }, async () =>
							(await orderIdsMarked(shop, draft, made.orders)).filter((id) => !parts.includes(id)),
						)
					: undefined;
			const warnings = [
				...made.warnings,
				...(twice === undefined ? [] : [twice]),
				...(isKnown ? [] : differencesOf(draft, made.orders)),
				...finished.warnings,
			];
			const order = finished.order;
			const view = { simplify: values.simplify, language: await languageIdOf(shop, language) };
			const shown = await settled(async () => await viewOrder(shop, order, view));
			if (!shown.ok) {
				warnings.push(
					`The order was made, but could not be shown: ${(shown.error as Error).message} Do not repeat this.`,
				);
			}
			return {
				...(shown.ok ? shown.value : { id: order.id, reference: order.reference as string }),
				created: !isKnown,
				...(isKnown && { reason: 'an order has this external ID already' }),
				...(made.orders.length > 1 && { orderIds: made.orders.map(({ id }) => id ?? '') }),
				...(draft.notChecked.length > 0 && { notChecked: draft.notChecked }),
				...(warnings.length > 0 && { warning: warnings.join(' ') }),
			};
		};
		return externalId === undefined
			? await work()
			: await oneAtATime(`${shop.address.host} order ${externalId}`, work);
	},
});

/**
 * Gives the order its final status. An order that an earlier run made gets it only while it is where the
 * shop put it: whatever happened since must not be undone.
 */
async function finish(
	shop: PrestaShopShop,
	{ finalState, firstStateId, errorStateId }: OrderDraft,
	orders: readonly PrestaShopRecord[],
	isKnown: boolean,
	notifyCustomer: boolean,
): Promise<{ order: PrestaShopRecord; warnings: string[] }> {
	const warnings: string[] = [];
	const last = orders.at(-1) ?? {};
	if (!finalState) return { order: last, warnings };
	const target = finalState.id ?? '';
	for (const order of orders) {
		const now = String(order.current_state ?? '');
		if (now === target) continue;
		if (now === errorStateId) {
			warnings.push(
				`The order keeps its status: a status that is paid would book a second payment.`,
			);
			continue;
		}
		if (isKnown && now !== firstStateId) {
			warnings.push(
				`The order ${order.id ?? ''} is in the status ${now} by now; it was not changed to ${target}.`,
			);
			continue;
		}
		const mailed = notifyCustomer && (finalState.send_email === undefined || sendsMail(finalState));
		const changed = await settled(
			async () =>
				await post(shop, {
					orderId: order.id ?? '',
					stateId: target,
					employeeId: '',
					mailed,
					before: now,
					lastRow: undefined,
				}),
		);
		if (!changed.ok) {
			warnings.push(
				`The order was made, but its status was not surely changed to ${target}: ${(changed.error as Error).message}`,
			);
		} else if (typeof changed.value.warning === 'string') {
			warnings.push(changed.value.warning);
		}
	}
	const read = await settled(
		async () => await shop.records({ method: 'GET', path: ['orders', last.id ?? ''] }),
	);
	return { order: (read.ok && read.value[0]) || last, warnings };
}

function dryRunOf(draft: OrderDraft, known: readonly PrestaShopRecord[]): IDataObject {
	const { buyer: who, shipping, billing, lines: rows, carrier, expected } = draft;
	const plan = {
		customer: who.known ? { id: who.known.id } : withoutSecrets(who.create ?? {}),
		shippingAddress: shipping.create ?? { id: shipping.id },
		billingAddress: billing ? (billing.create ?? { id: billing.id }) : 'as the shipping address',
		lines: rows.map(({ productId, combinationId, quantity, net, gross }) => ({
			productId,
			combinationId,
			quantity,
			...(gross > 0 && { unitPriceWithoutTax: net, unitPrice: gross }),
		})),
		carrierId: carrier?.id ?? null,
		currencyId: draft.currencyId,
		languageId: draft.languageId,
		payment: draft.payment,
		module: draft.module,
		total: expected ?? null,
		state: draft.finalState?.id ?? draft.firstStateId ?? null,
	};
	const [order] = known;
	return {
		dryRun: true,
		would: order ? 'find' : 'create',
		record: toJson(plan),
		created: false,
		...(order && { id: order.id, reference: order.reference as string }),
		...(draft.notChecked.length > 0 && { notChecked: draft.notChecked }),
		reason: 'dry run',
	};
}

import type { IDataObject } from 'n8n-workflow';

import { orderLines } from '../../orders/parts';
import { InputError, ShopError } from '../../../shared/protocol/errors';
import { dryRun, optionsField, simplify } from '../../../shared/actions/fields';
import { recordId } from '../../../shared/text/recordId';
import { settled } from '../../../shared/protocol/settled';
import { single } from '../../../shared/reading/records';
import { sameText } from '../../../shared/text/sameText';
import { mayHaveActed } from '../../../shared/writing/outcome';
import { oneAtATime } from '../../../shared/writing/oneAtATime';
import { addressFrom, addressIn, newAddresses } from '../../orders/addresses';
import { buyerCalled, madeBuyer, withBuyer } from '../../orders/buyer';
import { jsonBody } from '../../api/codec';
import type { ShoperRecord } from '../../api/codec';
import { madeTwice, showCreated } from '../../../shared/writing/create';
import { createRecord } from '../../writing/create';
import { paymentId, shippingId, statusId } from '../../pickers/locators';
import { byId, localeOf } from '../../api/reads';
import type { ShoperShop } from '../../api/reads';
import { newLines, wantedLines } from '../../orders/newLines';
import { operation } from '../operation';
import { marksOf, orderMarked, ordersMarked } from '../../orders/marks';
import type { Marks } from '../../orders/marks';
import { viewOrder } from '../../orders/view';
import { is } from '../../api/conditions';
import { emailAddress } from '../../api/input';
import { statusNamed } from '../../orders/statuses';
import {
	billingAddress,
	deliveryAddress,
	orderFields,
	lines as lineFields,
	linesJson,
} from './createFields';

/**
 * Creates an order and its lines. The API has no idempotency keys and does not store a reference of
 * ours, so the private note carries a mark (Shoper REST reference 9): while lines are missing it says
 * so, and a repeated run goes on there.
 */
export const createOrder = operation({
	value: 'create',
	name: 'Create',
	action: 'Create an order',
	description:
		'Create an order with its lines for a customer, who can be created with it. Each line takes its quantity from the stock at once if the shop deducts on purchase.',
	needs: ['orders GET', 'orders POST', 'users GET', 'statuses GET'],
	uses: [
		'product_stocks GET',
		'products GET',
		'taxes GET',
		'shippings GET',
		'orders PUT',
		'users POST',
	],
	items: 'oneByOne',
	fields: [
		{
			displayName: 'Email',
			name: 'email',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. name@example.com',
			description:
				'Email of the customer, who must exist in the shop unless "Create Customer If New" is on',
		},
		statusId,
		paymentId,
		shippingId,
		lineFields,
		linesJson,
		billingAddress,
		deliveryAddress,
		orderFields,
		simplify,
		optionsField([
			{
				displayName: 'Create Customer If New',
				name: 'createCustomer',
				type: 'boolean',
				default: false,
				description:
					'Whether a customer the shop does not know is created, with the names of the billing or the delivery address and without a password (needs users POST)',
			},
			dryRun,
			{
				displayName: 'External ID',
				name: 'externalId',
				type: 'string',
				default: '',
				placeholder: 'e.g. marketplace-12345',
				description:
					'Your own number of the order. A repeated run finds the first order by it instead of making a second. It is kept in the private note, which must then stay as it is.',
			},
		]),
	],
	run: async (shop, values) => {
		const email = emailAddress(values.email);
		const marks = marksOf(values.options.externalId ?? '');
		const show = async (order: ShoperRecord, report: IDataObject) => ({
			...(await viewOrder(shop, order, { simplify: values.simplify, include: ['lines'] })),
			...report,
		});
		const wanted = wantedLines(values.lines, values.linesJson);
		const fromJson = checkedFields(values.orderFields);
		const given = {
			...fromJson,
			...newAddresses(fromJson, {
				billing_address: addressFrom('Billing Address', values.billingAddress),
				delivery_address: addressFrom('Delivery Address', values.deliveryAddress),
			}),
		};
		const paymentId = Number(recordId(values.paymentId.value, 'Payment Method'));
		const shippingId = recordId(values.shippingId.value, 'Delivery Method');
		const status = await statusNamed(shop, values.statusId);
		const lines = await newLines(shop, wanted, await localeOf(shop));
		// Runs side by side with one external ID must not pass each other: the first makes the order.
		const work = async (): Promise<IDataObject> => {
			const known = await orderMarked(shop, marks);
			if (known && known.notes_priv === marks?.done) {
				return await show(known, {
					created: false,
					reason: 'an order with this External ID exists',
				});
			}
			const mayCreate = values.options.createCustomer === true;
			const buyer = await buyerCalled(shop, email, given, mayCreate);
			const draft = {
				email,
				status_id: Number(status.status_id),
				payment_id: paymentId,
				shipping_id: Number(shippingId),
				...given,
				shipping_tax_id: Number(given.shipping_tax_id ?? (await shippingTaxId(shop, shippingId))),
				...(marks && { notes_priv: marks.open }),
			};
			if (values.options.dryRun) {
				const { id, create } = buyer;
				return {
					user_id: id ?? null,
					...draft,
					lines,
					...(mayCreate && { customerCreated: false, ...(create && { newCustomer: create }) }),
					created: false,
					reason: 'dry run',
				};
			}
			const customer = known
				? { id: Number(known.user_id), isNew: false, warning: undefined }
				: await madeBuyer(shop, email, buyer);
			const order = { user_id: customer.id, ...draft };
			const created: { id: string; warning?: string } = known
				? { id: String(known.order_id) }
				: await withBuyer(
						customer,
						async () =>
							await createRecord(shop, 'orders', order, {
								where: [is('user_id', order.user_id)],
								// An order that the customer places in the same moment has lines.
								isIt: (each) =>
									sameText(String(each.email), email) &&
									Number(each.total_products ?? 0) === 0 &&
									(!marks || String(each.notes_priv) === order.notes_priv),
							}),
					);
			await addLines(shop, created.id, lines, marks, known !== undefined);
			const twice =
				marks &&
				(await madeTwice('order', { externalId: marks.id, id: created.id }, async () => {
					const found = await ordersMarked(shop, marks);
					return found.map(({ order_id }) => String(order_id));
				}));
			shop.forget();
			const notes = [
				customer.warning,
				created.warning,
				twice,
				marks && (await extraLines(shop, created.id, lines)),
			].filter((note) => note !== undefined);
			const told = { id: created.id, ...(notes.length > 0 && { warning: notes.join(' ') }) };
			const output = await showCreated(told, async () => {
				const after = await single(shop, 'orders', created.id);
				return after && (await show(after, {}));
			});
			if (mayCreate) output.customerCreated = customer.isNew;
			if (!known) return output;
			const reason = 'the lines missing from an interrupted run were added';
			return { ...output, created: false, reason };
		};
		return marks ? await oneAtATime(`${shop.address.host} ${marks.done}`, work) : await work();
	},
});

/** The further fields of the order by the shop's names, without empty ones. Throws `InputError`. */
function checkedFields(given: Record<string, unknown>): ShoperRecord {
	const fields: ShoperRecord = {};
	for (const [name, value] of Object.entries(given)) {
		const json = String(value).trim();
		if (json === '' || json === '{}') continue;
		if (name === 'billing_address') fields[name] = addressIn('Billing Address', json);
		else if (name === 'delivery_address') fields[name] = addressIn('Delivery Address', json);
		else if (name === 'currency_id') fields[name] = Number(recordId(json, 'Currency ID'));
		else if (name === 'shipping_tax_id') fields[name] = Number(recordId(json, 'Delivery Tax ID'));
		else fields[name] = value as ShoperRecord[string];
	}
	return fields;
}

/** The shop wants the tax of the delivery with every order (LIVE); its delivery methods know theirs. */
async function shippingTaxId(shop: ShoperShop, shipping: string): Promise<string> {
	const method = await byId(shop, 'shippings', shipping);
	const tax = String(method?.tax_id ?? '');
	if (/^[1-9]\d*$/.test(tax)) return tax;
	throw new InputError(
		method
			? 'The delivery method names no tax, and an order needs one.'
			: `The shop has no delivery method with the ID "${shipping}".`,
		method ? 'Enter "Delivery Tax ID" in "Order Fields".' : 'Choose one from the list.',
	);
}

/** Adds the lines the order does not have yet, one after the other, and then marks it as finished. */
async function addLines(
	shop: ShoperShop,
	orderId: string,
	lines: readonly ShoperRecord[],
	marks: Marks | undefined,
	isContinued: boolean,
): Promise<void> {
	shop.forget();
	const present = isContinued ? (await orderLines(shop, orderId)).length : 0;
	for (const [index, line] of lines.entries()) {
		if (index < present) continue;
		const added = await settled(async () => await addLine(shop, orderId, line));
		if (!added.ok) throw halfWritten(added.error, orderId, index, lines.length, marks);
	}
	if (!marks) return;
	const body = jsonBody({ notes_priv: marks.done });
	const marked = await settled(
		async () => await shop.send({ method: 'PUT', path: ['orders', orderId], body }),
	);
	if (!marked.ok) throw halfWritten(marked.error, orderId, lines.length, lines.length, marks);
}

/** Says so when another run, in another process, added the same lines to the order at the same time. */
async function extraLines(
	shop: ShoperShop,
	orderId: string,
	{ length }: readonly ShoperRecord[],
): Promise<string | undefined> {
	const read = await settled(async () => await orderLines(shop, orderId));
	const present = read.ok ? read.value.length : length;
	if (present <= length) return undefined;
	return `The order has ${present} lines in place of ${length}: another run with this External ID added some at the same time. Remove the extra ones.`;
}

async function addLine(shop: ShoperShop, orderId: string, line: ShoperRecord): Promise<void> {
	const body = { order_id: Number(orderId), ...line };
	await createRecord(shop, 'order-products', body, {
		where: [is('order_id', Number(orderId))],
		isIt: ({ name, quantity }) =>
			String(name) === String(line.name) && Number(quantity) === Number(line.quantity),
	});
}

/** The order exists, but not all of it: says what does, and how to go on. */
function halfWritten(
	error: unknown,
	orderId: string,
	done: number,
	all: number,
	marks: Marks | undefined,
): unknown {
	if (!(error instanceof ShopError)) return error;
	const { reason, fix } = error.explanation;
	const state =
		done < all
			? `The order ${orderId} was created with ${done} of ${all} lines; line ${done + 1} failed`
			: `The order ${orderId} was created with all lines, but its private note could not be marked`;
	const cure = marks
		? 'Repeat the run with the same External ID: it adds what is missing.'
		: `Do not repeat this: complete or delete the order ${orderId} in the panel.`;
	const told = mayHaveActed(error) ? ` ${fix}` : '';
	return new ShopError(error.failure, error.call, {
		reason: `${state}: ${reason}${told}`,
		fix: cure,
	});
}

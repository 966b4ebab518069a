import { textOrNull } from '../../shared/output/orderShape';
import { InputError } from '../../shared/protocol/errors';
import type { Step } from '../../shared/tools/perform';
import type {
	CustomerChange,
	NewOrder,
	OrderChange,
	ProductChange,
} from '../../shared/tools/shopTools';
import { allOf, byId, localeOf } from '../api/reads';
import type { ShoperShop } from '../api/reads';
import { sendsMail } from '../orders/statuses';

const idOf = (value: string) => ({ mode: 'id', value });

/** What marks an order that came with an External ID; the note must then stay as it is. */
const MARK = /^n8n:/;

/** A parcel first: the mail about a status shows the number the order has then. */
export async function changeOrder(
	shop: ShoperShop,
	{ order, status, trackingNumber, note, notify }: OrderChange,
): Promise<Step[]> {
	const id = String(order.id);
	const orderId = idOf(id);
	const steps: Step[] = [];
	if (trackingNumber !== undefined) {
		steps.push({
			resource: 'parcel',
			operation: 'create',
			// With a status of its own the order must not be moved to another by the parcel.
			parameters: { orderId, trackingNumber, sent: status === undefined, simplify: true },
		});
	}
	if (status) {
		const record = (await allOf(shop, 'statuses')).get(status.id);
		const mails = record !== undefined && sendsMail(record);
		if (notify !== undefined && notify !== mails) {
			throw new InputError(
				mails
					? `The shop mails the customer about the status "${status.names[0] ?? ''}"; that cannot be prevented.`
					: `The shop sends no mail about the status "${status.names[0] ?? ''}".`,
				mails ? 'Choose a status without mail, or leave notify out.' : 'Leave notify out.',
			);
		}
		steps.push({
			resource: 'order',
			operation: 'changeStatus',
			parameters: { orderId, statusId: idOf(status.id) },
		});
	}
	if (note !== undefined) {
		const before = textOrNull((await byId(shop, 'orders', id))?.notes_priv);
		if (before !== null && MARK.test(before)) {
			throw new InputError(
				'The private note of this order holds its External ID and must stay as it is.',
				'Note it elsewhere.',
			);
		}
		const text = before === null ? note : `${before}\n${note}`;
		steps.push({
			resource: 'order',
			operation: 'update',
			parameters: { orderId, updateFields: { notes_priv: text }, simplify: false },
			names: { notes_priv: 'note' },
		});
	}
	return steps;
}

export async function changeProduct(shop: ShoperShop, change: ProductChange): Promise<Step[]> {
	const { product, variant, name, description, price, active, stock, stockChange } = change;
	const named = (text: string, mode: string) => {
		const value = text.replace(/^#/, '');
		return /^\d+$/.test(value) ? { mode, value } : { mode: 'code', value };
	};
	const steps: Step[] = [];
	const texts = {
		...(name !== undefined && { name }),
		...(description !== undefined && { description }),
	};
	const fields = { ...(price !== undefined && { price }), ...(active !== undefined && { active }) };
	const isText = Object.keys(texts).length > 0;
	if (isText || Object.keys(fields).length > 0) {
		const language = change.language || ((await localeOf(shop)) ?? '');
		steps.push({
			resource: 'product',
			operation: 'update',
			parameters: {
				productId: named(product, 'id'),
				...(isText && { translations: { row: [{ ...texts, language }] } }),
				updateFields: fields,
				simplify: false,
			},
		});
	}
	if (stock !== undefined || stockChange !== undefined) {
		steps.push({
			resource: 'stock',
			operation: 'update',
			parameters: {
				productId: variant === undefined ? named(product, 'id') : named(variant, 'stockId'),
				mode: stock === undefined ? 'changeBy' : 'set',
				quantity: stock ?? stockChange,
			},
			names: { quantity: 'stock' },
		});
	}
	return steps;
}

export function changeCustomer({
	named,
	id,
	firstName,
	lastName,
	email,
	note,
}: CustomerChange): Step[] {
	const updateFields = {
		...(firstName !== undefined && { firstname: firstName }),
		...(lastName !== undefined && { lastname: lastName }),
		...(email !== undefined && { email }),
		...(note !== undefined && { comment: note }),
	};
	// Found by e-mail address, the record is at hand.
	const customerId = named.includes('@') ? { mode: 'email', value: named } : idOf(id);
	const parameters = { customerId, updateFields, simplify: false };
	return [{ resource: 'customer', operation: 'update', parameters, names: { comment: 'note' } }];
}

/** The status of a new order is the shop's first of the kind "new"; the customer must have an account. */
export async function createOrder(shop: ShoperShop, order: NewOrder): Promise<Step[]> {
	const all = [...(await allOf(shop, 'statuses')).values()];
	const status =
		all.find(({ type, default: first }) => String(first) === '1' && String(type) === '1') ??
		all.find(({ type }) => String(type) === '1');
	const { street, postcode, city, country, firstName, lastName, phone, note } = order;
	const address = {
		...(firstName !== undefined && { firstname: firstName }),
		...(lastName !== undefined && { lastname: lastName }),
		...(street !== undefined && { street1: street }),
		...(postcode !== undefined && { postcode }),
		...(city !== undefined && { city }),
		...(country !== undefined && { country_code: country }),
		...(phone !== undefined && { phone }),
	};
	const isAddress = street !== undefined || city !== undefined;
	return [
		{
			resource: 'order',
			operation: 'create',
			parameters: {
				email: order.email,
				statusId: idOf(String(status?.status_id ?? '')),
				paymentId: idOf(order.payment.id),
				shippingId: idOf(order.delivery.id),
				linesJson: JSON.stringify(order.lines),
				orderFields: {
					...(isAddress && {
						billing_address: JSON.stringify(address),
						delivery_address: JSON.stringify(address),
					}),
					...(note !== undefined && { notes: note }),
				},
				simplify: true,
			},
		},
	];
}

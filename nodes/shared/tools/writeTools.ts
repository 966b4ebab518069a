import type { IDataObject } from 'n8n-workflow';

import { change, confirmOf } from './change';
import { customerNamed, ordersNamed } from './lookUp';
import { orderName } from './orderAnswer';
import { statusMeant } from './statuses';
import { tool } from './tool';
import type { Work } from './tool';
import { textOrNull } from '../output/orderShape';
import { InputError, NotFoundError } from '../protocol/errors';
import { settled } from '../protocol/settled';
import { sameText } from '../text/sameText';

export const changeOrder = tool({
	name: 'change_order',
	title: 'Change Order',
	description: 'Change an order',
	writes: true,
	customers: 'own',
	parameters: {
		order: { type: 'string', required: true },
		status: { type: 'string' },
		tracking_number: { type: 'string' },
		note: { type: 'string' },
		notify: { type: 'boolean', description: 'Mail customer' },
	},
	run: async (work, given) => {
		const { shop, tools, settings } = work;
		const { order: name, status: wanted, tracking_number: trackingNumber, note } = given;
		if (wanted === undefined && trackingNumber === undefined && note === undefined) {
			throw new InputError('Nothing to change is given.', 'Give status, tracking_number or note.');
		}
		const order = await oneOrder(work, name);
		const status =
			wanted === undefined ? undefined : statusMeant(await tools.statuses(shop), wanted);
		if (status) refuseStatus(status.id, settings.allowedStatuses);
		const notify = notifyOf(work, given.notify);
		const steps = await tools.changeOrder(shop, {
			order,
			...(status && { status }),
			...(trackingNumber !== undefined && { trackingNumber }),
			...(note !== undefined && { note }),
			...(notify !== undefined && { notify }),
		});
		return await change(work, {
			tool: 'change_order',
			subject: `order ${orderName(order)}`,
			steps,
			confirm: confirmOf(given),
			notes: status ? mailNote(tools.mailIsDecidedBy, notify) : {},
		});
	},
});

async function oneOrder<R>(work: Work<R>, name: string): Promise<IDataObject> {
	const orders = await ordersNamed(work, name, { brief: true });
	const [order, ...others] = orders;
	if (order && others.length === 0) return order;
	const ids = orders.map(({ id }) => String(id)).join(', ');
	throw new InputError(`"${name}" is several orders (IDs ${ids}).`, 'Give the ID of one.');
}

function refuseStatus(id: string, allowed: readonly string[]): void {
	if (allowed.length === 0 || allowed.includes(id)) return;
	throw new InputError(
		'This status may not be set here.',
		`Only these may, by ID: ${allowed.join(', ')}. Leave the others to a colleague.`,
	);
}

/** What the reader must know about the mail of a status. */
function mailNote(decides: 'call' | 'status' | 'shop', notify: boolean | undefined): IDataObject {
	if (decides === 'shop') return { mail_to_customer: 'decided by the templates of the shop' };
	if (notify !== undefined) return { mail_to_customer: notify };
	return { mail_to_customer: decides === 'call' ? false : 'as set for the status in the shop' };
}

/** Whether the customer is mailed: the builder decides first, then the model. */
function notifyOf<R>({ settings }: Work<R>, given: boolean | undefined): boolean | undefined {
	if (settings.notifyCustomer === 'never') return false;
	return settings.notifyCustomer === 'always' ? true : given;
}

export const changeProduct = tool({
	name: 'change_product',
	title: 'Change Product',
	description: 'Change a product',
	writes: true,
	customers: 'none',
	parameters: {
		product: { type: 'string', description: 'ID or SKU', required: true },
		variant: { type: 'string' },
		language: { type: 'string' },
		name: { type: 'string' },
		description: { type: 'string' },
		price: { type: 'number' },
		active: { type: 'boolean' },
		stock: { type: 'integer' },
		stock_change: { type: 'integer' },
	},
	run: async (work, { product, language, stock_change: stockChange, price, ...given }) => {
		const { name, description, active, stock } = given;
		if (stock !== undefined && stockChange !== undefined) {
			throw new InputError('Both "stock" and "stock_change" are given.', 'Give one of them.');
		}
		if (price !== undefined && price < 0)
			throw new InputError('"price" is below 0.', 'Give a price.');
		const isText = name !== undefined || description !== undefined;
		if (language !== undefined && !isText) {
			throw new InputError('"language" comes without a text.', 'Give name or description.');
		}
		const steps = await work.tools.changeProduct(work.shop, {
			product,
			...(given.variant !== undefined && { variant: given.variant }),
			...(isText && { language: language ?? work.settings.language }),
			...(name !== undefined && { name }),
			...(description !== undefined && { description }),
			...(price !== undefined && { price: String(price) }),
			...(active !== undefined && { active }),
			...(stock !== undefined && { stock }),
			...(stockChange !== undefined && { stockChange }),
		});
		if (steps.length === 0) {
			throw new InputError('Nothing to change is given.', 'Give a text, price, active or stock.');
		}
		return await change(work, {
			tool: 'change_product',
			subject: `product ${product}`,
			steps,
			confirm: confirmOf(given),
		});
	},
});

export const changeCustomer = tool({
	name: 'change_customer',
	title: 'Change Customer',
	description: 'Change a customer',
	writes: true,
	customers: 'own',
	parameters: {
		customer: { type: 'string', required: true },
		first_name: { type: 'string' },
		last_name: { type: 'string' },
		new_email: { type: 'string' },
		note: { type: 'string' },
	},
	run: async (work, { customer: named, ...given }) => {
		const { first_name: firstName, last_name: lastName, new_email: email, note } = given;
		if ([firstName, lastName, email, note].every((each) => each === undefined)) {
			throw new InputError('Nothing to change is given.', 'Give a name, new_email or note.');
		}
		if (email !== undefined && !/^[^\s@]+@[^\s@]+$/.test(email)) {
			throw new InputError(`"new_email" is "${email}".`, 'Give one like name@example.com.');
		}
		const name = work.email ?? named;
		// Asked for in the same moment, both look-ups may share a request.
		const [{ customer }, isTaken] = await Promise.all([
			customerNamed(work, name, false),
			email !== undefined && !sameText(email, name) && isKnown(work, email),
		]);
		if (isTaken)
			throw new InputError(`"${email}" belongs to another customer.`, 'Use another address.');
		const steps = work.tools.changeCustomer({
			named: name,
			id: String(customer.id),
			...(firstName !== undefined && { firstName }),
			...(lastName !== undefined && { lastName }),
			...(email !== undefined && { email }),
			...(note !== undefined && { note: noteAfter(textOrNull(customer.note), note) }),
		});
		return await change(work, {
			tool: 'change_customer',
			subject: `customer ${String(customer.id)}`,
			steps,
			confirm: confirmOf(given),
		});
	},
});

async function isKnown<R>({ shop, tools }: Work<R>, email: string): Promise<boolean> {
	const found = await settled(async () => await tools.customer(shop, email, false));
	if (!found.ok && !(found.error instanceof NotFoundError)) throw found.error;
	// A guest's address may become that of an account.
	return found.ok && found.value.customer.guest !== true;
}

/** What was noted stays. */
function noteAfter(before: string | null, note: string): string {
	return before === null ? note : `${before}\n${note}`;
}

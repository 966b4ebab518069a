import type { IDataObject } from 'n8n-workflow';

import { ShopError } from '../../../shared/errors';
import { settled } from '../../../shared/settled';
import type { Call } from '../../../shared/vendor';
import { encodeRecord, languageText } from '../../codec';
import type { FieldValue, PrestaShopRecord } from '../../codec';
import { orderId, stateId } from '../../fields';
import { allOf } from '../../join';
import type { PrestaShopShop } from '../../join';
import { operation } from '../../operation';
import { orderNamed, recordId, stateNamed } from '../../orders';
import { is, listing } from '../../query';
import { simplifyStatus } from '../../simplify';

/**
 * The one safe way to change an order's state (section 4.7). Never repeated: the shop may have
 * carried it out although it answered with an error, so after an unclear answer the node looks.
 */
export const changeState = operation({
	value: 'create',
	name: 'Create (Change Status)',
	action: 'Change the status of an order',
	description:
		'Give an order a new state, with or without an email to the customer. The shop books invoice, stock and payment as if it were done in the back office.',
	needs: ['order_histories POST', 'orders GET', 'order_states GET', 'order_histories GET'],
	items: 'oneByOne',
	fields: [
		orderId,
		stateId,
		{
			displayName: 'Notify Customer',
			name: 'notifyCustomer',
			type: 'boolean',
			default: false,
			description:
				'Whether the shop mails the customer about the new state. It does so only for states that have an email set in the shop.',
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					displayName: 'Dry Run',
					name: 'dryRun',
					type: 'boolean',
					default: false,
					description: 'Whether to return what would change without changing it',
				},
				{
					displayName: 'Employee ID',
					name: 'employeeId',
					type: 'string',
					default: '',
					description: 'Employee shown in the history of the order',
				},
				{
					displayName: 'Skip If Current',
					name: 'skipIfCurrent',
					type: 'boolean',
					default: true,
					description: 'Whether to do nothing when the order already has this state',
				},
			],
		},
	],
	run: async (shop, { orderId: order, stateId: target, notifyCustomer, options }) => {
		const { dryRun = false, employeeId = '', skipIfCurrent = true } = options;
		const [record, state] = await Promise.all([orderNamed(shop, order), stateNamed(shop, target)]);
		const before = String(record.current_state ?? '');
		const statusBefore =
			before === '' || before === '0'
				? null
				: simplifyStatus(before, await knownState(shop, before), undefined);
		const mailed = notifyCustomer && sendsMail(state);
		const result = {
			orderId: record.id ?? '',
			reference: String(record.reference ?? ''),
			status: { ...simplifyStatus(state.id ?? '', state, undefined) },
			previousStatus: statusBefore && { ...statusBefore },
			emailRequested: mailed,
			...(notifyCustomer && !mailed && { note: 'This state has no email set in the shop.' }),
		};
		if (skipIfCurrent && before === state.id) {
			return { ...result, emailRequested: false, changed: false, reason: 'already has this state' };
		}
		if (dryRun) return { ...result, changed: false, reason: 'dry run' };
		const change: Change = {
			orderId: record.id ?? '',
			stateId: state.id ?? '',
			employeeId: employeeId === '' ? '' : recordId(employeeId, 'Employee ID'),
			mailed,
			// Only when the state is repeated on purpose, the state alone could not tell old from new.
			lastRow: before === state.id ? await newestRow(shop, record.id ?? '') : undefined,
		};
		return { ...result, changed: true, ...(await post(shop, change)) };
	},
});

interface Change {
	orderId: string;
	stateId: string;
	employeeId: string;
	mailed: boolean;
	/** Newest history row before the change, where it is needed to recognise the new one. */
	lastRow: PrestaShopRecord | undefined;
}

async function knownState(shop: PrestaShopShop, id: string): Promise<PrestaShopRecord | undefined> {
	return (await allOf(shop, 'order_states')).get(id);
}

function sendsMail(state: PrestaShopRecord): boolean {
	return state.send_email === '1' && languageText(state.template as FieldValue | undefined) !== '';
}

async function post(shop: PrestaShopShop, change: Change): Promise<IDataObject> {
	const { orderId, stateId, employeeId, mailed } = change;
	const call: Call = {
		method: 'POST',
		path: ['order_histories'],
		// Exactly this spelling; "sendmail" is ignored (section 4.7).
		...(mailed && { query: { sendemail: '1' } }),
		body: {
			contentType: 'text/xml; charset=utf-8',
			text: encodeRecord('order_history', {
				id_order: orderId,
				id_order_state: stateId,
				...(employeeId !== '' && { id_employee: employeeId }),
			}),
		},
	};
	const result = await settled(async () => await shop.records(call));
	if (result.ok) return { id: result.value[0]?.id ?? null };
	const { error } = result;
	if (!(error instanceof ShopError) || !mayHaveActed(error)) throw error;
	return await look(shop, change, error);
}

/** A refusal before the state changed is certain; anything else may have come after it. */
function mayHaveActed({ failure: { sent, kind, code } }: ShopError): boolean {
	// 46 "save failed" comes after the transition, for example when the mail server is down.
	return (
		sent &&
		(['server', 'timeout', 'network', 'malformed', 'tooLarge'].includes(kind) || code === '46')
	);
}

/** Finds out after an unclear answer whether the change took place. */
async function look(shop: PrestaShopShop, change: Change, error: ShopError): Promise<IDataObject> {
	const looked = await settled(async () => await newestRow(shop, change.orderId));
	if (!looked.ok) {
		throw unclear(
			error,
			'It is not known whether the status was changed: looking at the order failed as well. Check the order before you repeat this.',
		);
	}
	const row = looked.value;
	const isNew = row !== undefined && row.id !== change.lastRow?.id;
	if (isNew && row.id_order_state === change.stateId) {
		return {
			id: row.id ?? null,
			warning: `The shop answered with an error (${error.explanation.reason}) but did change the status.${change.mailed ? ' Whether the email was sent is not known.' : ''} Do not repeat this.`,
		};
	}
	const order = await settled(async () => await orderFresh(shop, change.orderId));
	if (order.ok && order.value?.current_state === change.stateId && !change.lastRow) {
		return {
			id: null,
			warning: `The shop answered with an error (${error.explanation.reason}); the order has the new status, but its history shows no row for it. Do not repeat this.`,
		};
	}
	throw unclear(error, 'The status was not changed; it is safe to repeat this.');
}

async function newestRow(
	shop: PrestaShopShop,
	orderId: string,
): Promise<PrestaShopRecord | undefined> {
	const where = [is('id_order', orderId)];
	const rows = await shop.list(
		listing({ resource: 'order_histories', where, order: 'newest', limit: 1 }),
		1,
	);
	return rows[0];
}

async function orderFresh(shop: PrestaShopShop, id: string): Promise<PrestaShopRecord | undefined> {
	const display = ['id', 'current_state'];
	const where = [is('id', id)];
	// A walk by ID and a condition on the ID exclude each other; one record needs no walk.
	const { first } = listing({ resource: 'orders', where, display, limit: 1 });
	return (await shop.records(first))[0];
}

/** The same failure with what is known about the order added. */
function unclear({ failure, call, explanation }: ShopError, known: string): ShopError {
	return new ShopError(failure, call, { ...explanation, fix: known });
}

import type { IDataObject } from 'n8n-workflow';

import { ShopError } from '../../../shared/http/errors';
import { settled } from '../../../shared/protocol/settled';
import type { Call } from '../../../shared/protocol/vendor';
import { single } from '../../../shared/reading/records';
import { encodeRecord, languageText } from '../../api/codec';
import type { FieldValue, PrestaShopRecord } from '../../api/codec';
import { allOf } from '../../api/reads';
import type { PrestaShopShop } from '../../api/reads';
import { is, listing } from '../../api/query';

/** A change of an order's state, everything checked. */
export interface Change {
	orderId: string;
	stateId: string;
	employeeId: string;
	mailed: boolean;
	/** State ID before the change. */
	before: string;
	/** Newest history row before the change, where it is needed to recognise the new one. */
	lastRow: PrestaShopRecord | undefined;
}

export async function knownState(
	shop: PrestaShopShop,
	id: string,
): Promise<PrestaShopRecord | undefined> {
	return (await allOf(shop, 'order_states')).get(id);
}

/** Whether the shop mails the customer when an order gets this state and it is asked to. */
export function sendsMail(state: PrestaShopRecord): boolean {
	return state.send_email === '1' && languageText(state.template as FieldValue | undefined) !== '';
}

/**
 * Makes the change, once. After an unclear answer it looks at the order and tells what is known.
 *
 * @throws ShopError when the change was not made or nothing can be said; its fix says which
 */
export async function post(shop: PrestaShopShop, change: Change): Promise<IDataObject> {
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

/** Answers of gateways that stopped waiting; the shop behind them may still be at work. */
const GAVE_UP_WAITING = [502, 503, 504];

/** Whether the shop may go on working on the request after the connection ended. */
function mayStillAct({ failure: { kind, status } }: ShopError): boolean {
	if (kind === 'server') return status !== undefined && GAVE_UP_WAITING.includes(status);
	return kind === 'timeout' || kind === 'network';
}

/** Finds out after an unclear answer whether the change took place (first the state, then the row). */
async function look(shop: PrestaShopShop, change: Change, error: ShopError): Promise<IDataObject> {
	const { orderId, stateId, before, lastRow, mailed } = change;
	const looked = await settled(async () => {
		const row = await newestRow(shop, orderId);
		return { row, state: String((await single(shop, 'orders', orderId))?.current_state ?? '') };
	});
	if (!looked.ok) {
		throw unclear(
			error,
			'It is not known whether the status was changed: looking at the order failed as well. Check the order before you repeat this.',
		);
	}
	const { row, state } = looked.value;
	const hasRow = row?.id_order_state === stateId && row.id !== lastRow?.id;
	const isRepeat = before === stateId;
	const done = isRepeat ? hasRow : state === stateId;
	if (done) {
		const mail = mailed ? ' Whether the email was sent is not known.' : '';
		const known = hasRow
			? 'but did change the status.'
			: 'but the order has the new status; its history shows no row for it.';
		return {
			id: hasRow ? (row.id ?? null) : null,
			warning: `The shop answered with an error (${error.explanation.reason}) ${known}${mail} Do not repeat this.`,
		};
	}
	if (!isRepeat && (hasRow || state !== before)) {
		throw unclear(
			error,
			`The order is now in the state ${state}${hasRow ? ', although its newest history row names the wanted one' : ''}. Check the order before you repeat this.`,
		);
	}
	throw unclear(
		error,
		mayStillAct(error)
			? 'The status was not changed so far, but the shop may still be working on it. Check the order before you repeat this.'
			: 'The status was not changed; it is safe to repeat this.',
	);
}

/** The newest history row of an order. */
export async function newestRow(
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

/** The same failure with what is known about the order added. */
function unclear({ failure, call, explanation }: ShopError, known: string): ShopError {
	return new ShopError(failure, call, { ...explanation, fix: known });
}

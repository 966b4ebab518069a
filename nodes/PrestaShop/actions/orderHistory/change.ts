import type { IDataObject } from 'n8n-workflow';

import { is } from '../../api/conditions';
import type { ShopError } from '../../../shared/protocol/errors';
import { settled } from '../../../shared/protocol/settled';
import type { Call } from '../../../shared/protocol/call';
import { single } from '../../../shared/reading/records';
import {
	doneAnyway,
	notDone,
	notKnown,
	sendOnce,
	withAdvice,
} from '../../../shared/writing/outcome';
import { encodeRecord, languageText } from '../../api/codec';
import type { FieldValue, PrestaShopRecord } from '../../api/records';
import { allOf } from '../../api/reads';
import type { PrestaShopShop } from '../../api/reads';
import { listing } from '../../api/query';

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
	return (await allOf(shop, 'order_states', (all) => all.has(id))).get(id);
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
	const { answer, unclear } = await sendOnce(async () => await shop.records(call));
	return unclear ? await look(shop, change, unclear) : { id: answer[0]?.id ?? null };
}

/** Finds out after an unclear answer whether the change took place (first the state, then the row). */
async function look(shop: PrestaShopShop, change: Change, error: ShopError): Promise<IDataObject> {
	const { orderId, stateId, before, lastRow, mailed } = change;
	const looked = await settled(async () => {
		const row = await newestRow(shop, orderId);
		return { row, state: String((await single(shop, 'orders', orderId))?.current_state ?? '') };
	});
	if (!looked.ok) throw notKnown(error, 'the status was changed');
	const { row, state } = looked.value;
	const hasRow = row?.id_order_state === stateId && row.id !== lastRow?.id;
	const isRepeat = before === stateId;
	const done = isRepeat ? hasRow : state === stateId;
	if (done) {
		const mail = mailed ? ' Whether the email was sent is not known.' : '';
		const known = hasRow
			? 'did change the status'
			: 'the order has the new status; its history shows no row for it';
		return {
			id: hasRow ? (row.id ?? null) : null,
			warning: doneAnyway(error, known, mail),
		};
	}
	if (!isRepeat && (hasRow || state !== before)) {
		throw withAdvice(
			error,
			`The order is now in the state ${state}${hasRow ? ', although its newest history row names the wanted one' : ''}. Check the order before you repeat this.`,
		);
	}
	throw notDone(error, 'The status was not changed', 'Check the order before you repeat this.');
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

import type { IDataObject } from 'n8n-workflow';

import { languageIdOf } from '../languages/shopLanguages';
import { namesOf } from '../orders/statuses';
import type {
	FeedRow,
	ResolveContext,
	StreamEvent,
	TriggerChoice,
} from '../../shared/polling/stream';
import { settled } from '../../shared/protocol/settled';
import { chosenStatuses } from '../../shared/polling/chosenStatuses';
import type { KnownStatuses } from '../../shared/polling/chosenStatuses';
import { localToIso } from '../../shared/text/time';
import { digits } from '../../shared/polling/wallClock';
import { anew, single } from '../../shared/reading/records';
import type { PrestaShopRecord } from '../api/records';
import { allOf, byId, ifPermitted, zoneOf } from '../api/reads';
import type { PrestaShopShop } from '../api/reads';
import { viewOrder } from '../orders/view';
import { rightName } from '../api/rights';
import { belongsTo } from '../api/shopContext';
import type { Phase } from '../../shared/output/orderShape';
import { phaseOf, simplifyStatus } from '../orders/simplify';

/** The options of every event, as the user set them. */
interface EventOptions {
	include?: string[];
	language?: string;
}

/** Language ID the user chose for names. */
export async function languageOf(
	shop: PrestaShopShop,
	{ values }: TriggerChoice,
): Promise<string | undefined> {
	const { language = '' } = (values.options ?? {}) as EventOptions;
	return await languageIdOf(shop, language);
}

/**
 * The record an event is about; `undefined` when it was deleted meanwhile or belongs to another shop
 * than the chosen one. Failures of the shop are thrown: they must not look like a deletion.
 */
export async function recordOf(
	shop: PrestaShopShop,
	resource: string,
	id: string,
): Promise<PrestaShopRecord | undefined> {
	const record = (await byId(shop, resource, id)) ?? (await single(shop, resource, id));
	return record && belongsTo(shop.scope, record) ? record : undefined;
}

/** What is told of a record that cannot be read: which one it is. */
export function namedOnly(
	shop: PrestaShopShop,
	id: string,
	{ simplify }: TriggerChoice,
): IDataObject {
	return simplify ? { platform: 'prestashop', shop: shop.address.host, id } : { id };
}

/** What one event about an order says besides the order. */
interface OrderEvent {
	/** Part of the event's key and ID; the same whenever the change is read. */
	kind: string;
	changeId: string;
	/** The shop's local time of the change. */
	stamp: string;
	extra?: IDataObject;
}

/** What the user chose, and whether there is nothing but the row to tell. */
export type Telling = Pick<ResolveContext, 'choice' | 'rowOnly'>;

/** An event about an order, with the order joined; `skip` when there is no order to tell of. */
export async function orderEvent(
	shop: PrestaShopShop,
	orderId: string,
	{ choice, rowOnly }: Telling,
	tell: (order: PrestaShopRecord | undefined) => OrderEvent,
): Promise<StreamEvent | 'skip'> {
	const order = rowOnly ? undefined : await recordOf(shop, 'orders', orderId);
	if (!order && !rowOnly) return 'skip';
	const { kind, changeId, stamp, extra } = tell(order);
	const json = order ? await shownOrder(shop, order, choice) : namedOnly(shop, orderId, choice);
	return {
		key: `${kind} ${orderId} ${changeId}`,
		recordId: orderId,
		changeId,
		occurredAt: localToIso(stamp, await zoneOf(shop, [])),
		json: { ...json, ...extra },
	};
}

async function shownOrder(
	shop: PrestaShopShop,
	order: PrestaShopRecord,
	choice: TriggerChoice,
): Promise<IDataObject> {
	const { include } = (choice.values.options ?? {}) as EventOptions;
	const language = await languageOf(shop, choice);
	return await viewOrder(shop, order, { simplify: choice.simplify, include, language });
}

/** "New order". Its change ID is the time the order was placed, so every feed calls it the same. */
export async function createdEvent(
	shop: PrestaShopShop,
	row: FeedRow,
	about: Telling,
	extra?: IDataObject,
): Promise<StreamEvent | 'skip'> {
	return await orderEvent(shop, row.recordId, about, (order) => {
		// The row is of the same moment, whether it is of the order or of its history.
		const stamp = String(order?.date_add ?? row.stamp);
		return { kind: 'order', changeId: digits(stamp), stamp, extra };
	});
}

/** A change of an order's state. */
export interface StatusChange {
	orderId: string;
	/** State ID; absent when it is not known. */
	before: string | undefined;
	after: string;
	/** The shop's local time. */
	stamp: string;
	changeId: string;
}

/** "Status changed", with both states by ID and name. */
export async function changedEvent(
	shop: PrestaShopShop,
	about: Telling,
	{ orderId, before, after, stamp, changeId }: StatusChange,
): Promise<StreamEvent | 'skip'> {
	const language = await languageOf(shop, about.choice);
	const states = await statesOf(shop, []);
	const status = (id: string) => ({ ...simplifyStatus(id, states?.get(id), language) });
	const extra = {
		status: status(after),
		previousStatus: before === undefined ? null : status(before),
	};
	return await orderEvent(shop, orderId, about, () => ({
		kind: 'change',
		changeId,
		stamp,
		extra,
	}));
}

/** Whether the user wants changes to this state. */
export async function isWantedState(
	shop: PrestaShopShop,
	stateId: string,
	choice: TriggerChoice,
): Promise<boolean> {
	return (await wantedStates(shop, choice))?.has(stateId) ?? true;
}

/**
 * IDs of the states named on the trigger, `undefined` for any. Throws `InputError` for one that the
 * shop does not have; without the right to read states, only IDs can be named.
 */
export async function wantedStates(
	shop: PrestaShopShop,
	choice: TriggerChoice,
): Promise<ReadonlySet<string> | undefined> {
	return await chosenStatuses(choice, async () => await knownStates(shop));
}

async function knownStates(shop: PrestaShopShop): Promise<KnownStatuses> {
	const states = await statesOf(shop);
	if (!states) {
		const fix = `Name it by its ID, or give the key the right "${rightName('order_states', 'GET')}".`;
		return { statuses: [], hidden: { isId: (text) => /^\d+$/.test(text), fix } };
	}
	const statuses = [...states.values()].map((state) => ({
		ids: [state.id ?? ''],
		names: namesOf(state),
		isDeleted: state.deleted === '1',
	}));
	return { statuses };
}

/** Where orders end up that were placed some time ago. */
const LATE: readonly Phase[] = ['shipped', 'delivered', 'cancelled', 'returned', 'error'];

/**
 * IDs of the states among which a test event is looked for: those that are wanted, else those that no
 * order begins with. None when the states may not be read.
 */
export async function likelyStates(
	shop: PrestaShopShop,
	choice: TriggerChoice,
): Promise<readonly string[]> {
	const wanted = await wantedStates(shop, choice);
	if (wanted) return [...wanted];
	const states = [...((await statesOf(shop))?.values() ?? [])];
	return states.filter((state) => LATE.includes(phaseOf(state))).map(({ id }) => id ?? '');
}

/** IDs of the states among which a test event of a payment is looked for. */
export async function likelyPaidStates(
	shop: PrestaShopShop,
	choice: TriggerChoice,
): Promise<readonly string[]> {
	return [...((await paidStatesFor(shop, { choice })) ?? [])];
}

/** The shop's states by ID; `undefined` without the right to read them, or where they may be missing and are late. */
async function statesOf(
	shop: PrestaShopShop,
	missing?: string[],
): Promise<ReadonlyMap<string, PrestaShopRecord> | undefined> {
	const load = async () => await allOf(shop, 'order_states', anew);
	return await ifPermitted(shop, 'status names', 'order_states', missing, load);
}

/** "Paid": an order is paid once, so its ID is all there is to the change. */
export async function paidEvent(
	shop: PrestaShopShop,
	orderId: string,
	stamp: string,
	about: Telling,
): Promise<StreamEvent | 'skip'> {
	return await orderEvent(shop, orderId, about, () => ({
		kind: 'paid',
		changeId: 'paid',
		stamp,
	}));
}

/**
 * IDs of the states that the shop counts as paid. Without them nothing can be told of a payment, not
 * even of a record that cannot be read: then `undefined`.
 */
export async function paidStatesFor(
	shop: PrestaShopShop,
	{ rowOnly }: Telling,
): Promise<ReadonlySet<string> | undefined> {
	const result = await settled(async () => await allOf(shop, 'order_states', anew));
	if (!result.ok && rowOnly) return undefined;
	if (!result.ok) throw result.error;
	return new Set([...result.value].flatMap(([id, { paid }]) => (paid === '1' ? [id] : [])));
}

import type { IDataObject } from 'n8n-workflow';

import { settled } from '../shared/settled';
import type {
	FeedRow,
	ResolveContext,
	Resolved,
	Stream,
	StreamEvent,
	TriggerChoice,
} from '../shared/stream';
import { epochToLocal, localToEpoch, localToIso, shiftLocal } from '../shared/time';
import type { PrestaShopRecord } from './codec';
import { allOf, byId, ifGranted, zoneOf } from './join';
import type { PrestaShopShop } from './join';
import { languageIdOf } from './languages';
import { orderHistory, orderNamed, viewOrder } from './orders';
import type { OrderView } from './orders';
import { between, greater, is, listing } from './query';
import type { Condition } from './query';
import { simplifyStatus } from './simplify';

type PrestaShopStream = Stream<PrestaShopRecord>;

const MINUTE = 60_000;

/** Every change of an order's state adds a history row with a rising ID (section 6.2). */
const HISTORY_FIELDS = ['id', 'id_order', 'id_order_state', 'date_add'];
const ORDER_FIELDS = ['id', 'current_state', 'date_add'];

/**
 * Rows of one insert may become visible after rows with higher IDs, by milliseconds normally, by as
 * long as the shop's transactions last in the worst case.
 */
const SETTLE_MS = 10 * MINUTE;

/** How long an order may stay without lines and state until it is delivered as it is (section 6.1). */
const GRACE_MS = 15 * MINUTE;

/** First and later history rows: new orders and status changes. */
export function historyStream(resolve: PrestaShopStream['resolve']): PrestaShopStream {
	return {
		name: 'order_histories',
		...feedOf('order_histories', HISTORY_FIELDS, 'id_order'),
		resolve,
		settleMs: SETTLE_MS,
		graceMs: GRACE_MS,
		anchored: true,
		everyMs: 0,
	};
}

/** Orders by ID, for keys without the right to read the history. */
export const orderStream: PrestaShopStream = {
	name: 'orders',
	...feedOf('orders', ORDER_FIELDS, 'id'),
	resolve: resolveOrders,
	settleMs: SETTLE_MS,
	graceMs: GRACE_MS,
	anchored: true,
	everyMs: 0,
};

/**
 * Orders that never got a state, because the checkout broke off after the order was stored. They
 * have no history row, so only a second look at the orders finds them.
 */
export const stalledOrderStream: PrestaShopStream = {
	name: 'stalled_orders',
	...feedOf('orders', ORDER_FIELDS, 'id', [is('current_state', '0')]),
	newest: feedOf('orders', ORDER_FIELDS, 'id').newest,
	resolve: async (shop, rows, about) => {
		const outcomes = await Promise.all(
			rows.map(async (row): Promise<Resolved[]> => {
				if (!about.overdue.has(row.key)) return ['wait'];
				// One with a history is delivered by the history feed.
				if ((await orderHistory(shop, row.recordId)).length > 0) return ['skip'];
				return await resolveOrders(shop, [row], about);
			}),
		);
		return outcomes.flat();
	},
	// Long, so that an order that gets its state after all is recognised and not delivered again.
	settleMs: 7 * 24 * 60 * MINUTE,
	graceMs: GRACE_MS,
	anchored: false,
	everyMs: 5 * MINUTE,
};

/** Reading a resource by rising ID. */
function feedOf(
	resource: string,
	display: readonly string[],
	recordField: string,
	where: readonly Condition[] = [],
): Pick<PrestaShopStream, 'list' | 'newest' | 'positionAt'> {
	const toRow = (record: PrestaShopRecord): FeedRow => {
		const id = record.id ?? '';
		const stamp = String(record.date_add ?? '');
		const data = Object.fromEntries(display.map((name) => [name, String(record[name] ?? '')]));
		return {
			// A database that went back gives the same ID to another row later.
			key: `${id}@${digits(stamp)}`,
			position: Number(id),
			recordId: String(record[recordField] ?? ''),
			stamp,
			data,
		};
	};
	const read = async (shop: PrestaShopShop, query: Partial<Parameters<typeof listing>[0]>) => {
		const { first } = listing({ resource, display, where, ...query });
		// date_add is shown only with date=1 (section 3.3).
		return (await shop.records({ ...first, query: { ...first.query, date: '1' } })).map(toRow);
	};
	return {
		list: async (shop, after, limit) => await read(shop, { afterId: after, limit }),
		newest: async (shop, count) => await read(shop, { order: 'newest', limit: count }),
		positionAt: async (shop, instant) => {
			const zone = await zoneOf(shop);
			if (zone === undefined) return undefined;
			const from = shiftLocal(epochToLocal(instant, zone), -1);
			const [row] = await read(shop, { where: [...where, greater('date_add', from)], limit: 1 });
			return row === undefined ? undefined : row.position - 1;
		},
	};
}

function digits(stamp: string): string {
	return stamp.replace(/\D/g, '');
}

async function viewOf(
	shop: PrestaShopShop,
	{ simplify, values }: TriggerChoice,
): Promise<OrderView> {
	const options = (values.options ?? {}) as { include?: string[]; language?: string };
	return {
		simplify,
		include: options.include ?? ['customer'],
		language: await languageIdOf(shop, options.language ?? ''),
	};
}

/** The order as an event, or `undefined` when it was deleted meanwhile. */
async function orderEvent(
	shop: PrestaShopShop,
	orderId: string,
	choice: TriggerChoice,
): Promise<{ order: PrestaShopRecord; json: IDataObject } | undefined> {
	const order = (await byId(shop, 'orders', orderId)) ?? (await deletedAsUndefined(shop, orderId));
	return order && { order, json: await viewOrder(shop, order, await viewOf(shop, choice)) };
}

async function deletedAsUndefined(
	shop: PrestaShopShop,
	orderId: string,
): Promise<PrestaShopRecord | undefined> {
	const result = await settled(async () => await orderNamed(shop, { mode: 'id', value: orderId }));
	return result.ok ? result.value : undefined;
}

/** "New order": the first history row of an order, when everything of the order is stored. */
export const resolveCreated: PrestaShopStream['resolve'] = async (shop, rows, { choice }) =>
	await Promise.all(
		rows.map(async ({ data, recordId }): Promise<Resolved> => {
			const [first] = await orderHistory(shop, recordId);
			if (first && first.id !== data.id) return 'skip';
			return await createdEvent(shop, recordId, choice);
		}),
	);

/** "New order" by the orders themselves: complete as soon as they have a state. */
async function resolveOrders(
	shop: PrestaShopShop,
	rows: readonly FeedRow[],
	{ choice, overdue }: ResolveContext,
): Promise<Resolved[]> {
	return await Promise.all(
		rows.map(async ({ key, data, recordId }): Promise<Resolved> => {
			const complete = data.current_state !== '' && data.current_state !== '0';
			if (complete) return await createdEvent(shop, recordId, choice);
			if (!overdue.has(key)) return 'wait';
			const event = await createdEvent(shop, recordId, choice);
			return typeof event === 'string'
				? event
				: { ...event, json: { ...event.json, incomplete: true } };
		}),
	);
}

async function createdEvent(
	shop: PrestaShopShop,
	orderId: string,
	choice: TriggerChoice,
): Promise<StreamEvent | 'skip'> {
	const found = await orderEvent(shop, orderId, choice);
	if (!found) return 'skip';
	const stamp = String(found.order.date_add ?? '');
	return {
		key: `order ${orderId}@${digits(stamp)}`,
		recordId: orderId,
		changeId: digits(stamp),
		occurredAt: localToIso(stamp, await zoneOf(shop)),
		json: found.json,
	};
}

/** "Status changed": every history row but the first, with the state before it. */
export const resolveStatusChanged: PrestaShopStream['resolve'] = async (shop, rows, { choice }) =>
	await Promise.all(
		rows.map(async (row): Promise<Resolved> => {
			const history = await orderHistory(shop, row.recordId);
			const index = history.findIndex(({ id }) => id === row.data.id);
			if (index <= 0) return 'skip';
			const before = String(history[index - 1]?.id_order_state ?? '');
			const after = row.data.id_order_state ?? '';
			if (!isWanted(after, choice)) return 'skip';
			return await changedEvent(shop, choice, {
				orderId: row.recordId,
				before,
				after,
				stamp: row.stamp,
				changeId: `${row.data.id ?? ''}-${digits(row.stamp)}`,
			});
		}),
	);

function isWanted(stateId: string, { values }: TriggerChoice): boolean {
	const wanted = (values.statusIds ?? []) as string[];
	return wanted.length === 0 || wanted.includes(stateId);
}

interface StatusChange {
	orderId: string;
	/** State ID; absent when it is not known. */
	before: string | undefined;
	after: string;
	stamp: string;
	changeId: string;
}

async function changedEvent(
	shop: PrestaShopShop,
	choice: TriggerChoice,
	{ orderId, before, after, stamp, changeId }: StatusChange,
): Promise<StreamEvent | 'skip'> {
	const found = await orderEvent(shop, orderId, choice);
	if (!found) return 'skip';
	const { language } = await viewOf(shop, choice);
	const states = await ifGranted(
		shop,
		'status names',
		'order_states',
		[],
		async () => await allOf(shop, 'order_states'),
	);
	const status = (id: string) => ({ ...simplifyStatus(id, states?.get(id), language) });
	return {
		key: `change ${changeId}`,
		recordId: orderId,
		changeId,
		occurredAt: localToIso(stamp, await zoneOf(shop)),
		json: {
			...found.json,
			status: status(after),
			previousStatus: before === undefined ? null : status(before),
		},
	};
}

/** Updates within one second share a stamp, and a clock may be set back a little. */
const UPDATE_OVERLAP_MS = 2 * MINUTE;

const UPDATE_FIELDS = ['id', 'current_state', 'date_upd'];

/**
 * "Status changed" by the orders' change dates, for keys without the right to read the history. Two
 * changes of an order between two polls show as one. The state before is known for the newest
 * orders; of an older one, any first change is delivered, because it may be one of its status.
 */
export const updatedOrderStream: PrestaShopStream = {
	name: 'orders_by_date_upd',
	list: async (shop, after, limit) => {
		const rows = await updates(shop, limit, 'ASC', [
			greater('date_upd', epochToLocal(after, 'UTC')),
		]);
		const last = rows.at(-1);
		if (!last || rows.length < limit) return rows;
		// A second must not be cut in two: the next page starts behind it.
		const where = [between('date_upd', last.stamp, last.stamp)];
		const rest = await shop.list(listing({ resource: 'orders', display: UPDATE_FIELDS, where }));
		return [...rows.filter(({ stamp }) => stamp !== last.stamp), ...rest.map(toUpdate)];
	},
	newest: async (shop, count) => await updates(shop, count, 'DESC'),
	positionAt: async (shop, instant) => {
		const zone = await zoneOf(shop);
		return zone === undefined ? undefined : wallPosition(epochToLocal(instant - 1_000, zone));
	},
	resolve: async (shop, rows, { choice, known }) => {
		const newestKnown = Math.max(0, ...Object.keys(known).map(Number));
		return await Promise.all(
			rows.map(async ({ recordId, data, stamp }): Promise<Resolved> => {
				const after = data.current_state ?? '';
				const before = known[recordId];
				const isNew = before === undefined && newestKnown > 0 && Number(recordId) > newestKnown;
				if (isNew || before === after || after === '' || after === '0') return 'skip';
				if (!isWanted(after, choice)) return 'skip';
				const changeId = `${after}-${digits(stamp)}`;
				return await changedEvent(shop, choice, {
					orderId: recordId,
					before,
					after,
					stamp,
					changeId,
				});
			}),
		);
	},
	track: ({ data }) => data.current_state ?? '',
	settleMs: UPDATE_OVERLAP_MS,
	graceMs: 0,
	anchored: false,
	everyMs: 0,
};

async function updates(
	shop: PrestaShopShop,
	limit: number,
	direction: 'ASC' | 'DESC',
	where: readonly Condition[] = [],
): Promise<FeedRow[]> {
	const { first } = listing({ resource: 'orders', display: UPDATE_FIELDS, where, limit });
	const sort = `[date_upd_${direction},id_${direction}]`;
	return (await shop.records({ ...first, query: { ...first.query, sort, date: '1' } })).map(
		toUpdate,
	);
}

/** The shop's wall clock in milliseconds, read as if it were UTC: an order, not an instant. */
function wallPosition(stamp: string): number {
	return localToEpoch(stamp, 'UTC') ?? 0;
}

function toUpdate(record: PrestaShopRecord): FeedRow {
	const id = record.id ?? '';
	const stamp = String(record.date_upd ?? '');
	const state = String(record.current_state ?? '');
	return {
		key: `${id}@${digits(stamp)}:${state}`,
		position: wallPosition(stamp),
		recordId: id,
		stamp,
		data: { id, current_state: state },
	};
}

import type { IDataObject } from 'n8n-workflow';

import { digits } from '../../shared/polling/wallClock';
import type { FeedRow, ResolveContext, Resolved } from '../../shared/polling/stream';
import type { InSalesRecord } from '../api/codec';
import type { InSalesShop } from '../api/reads';
import type { Status } from '../orders/statuses';
import { feedByChange } from './feeds';
import type { InSalesStream, RowDraft } from './feeds';
import { orderEvent } from './orderEvents';
import { STAMP_LAG_MS, isSince, newestChangeId, statusChangesOf, textOf } from './orderHistory';
import type { OrderChange } from './orderHistory';
import { instantOf } from './cursors';
import {
	currentStatus,
	isWantedStatus,
	shopStatuses,
	statusById,
	statusNamedBy,
	wantedStatuses,
} from './statusNames';
import type { NamedStatus } from './statusNames';

/**
 * "Status changed": each order comes with its whole history (InSales API reference, 6.3), so that every
 * change between two polls is told, one row each. One more row stands for the order as it is: for
 * changes of custom statuses that the history may not mention (UNCONFIRMED), and so that orders changed
 * otherwise are read once.
 */
export function statusStream(): InSalesStream {
	const { recordOf, ...feed } = feedByChange({ resource: 'orders', rows, remembers: true });
	/** What is remembered of the orders that were looked at in this poll. */
	const remembered = new Map<string, string>();
	return {
		...feed,
		name: 'orders_status_changed',
		ahead: shopStatuses,
		resolve: async (shop, listed, about) =>
			await Promise.all(
				listed.map(async (row): Promise<Resolved> => {
					const order = recordOf(row);
					if (!order) return 'skip';
					const known = about.trackedValues[row.recordId];
					const before = rememberedOf(known, order);
					// A row of something older must not make the order forget what is newer.
					const isOlder = before !== undefined && Number(row.data.upTo) < before.upTo;
					remembered.set(row.recordId, isOlder && known ? known : valueOf(row));
					return row.data.change === undefined
						? await resolveState(shop, order, row, before, about)
						: await resolveChange(shop, order, row, before, about);
				}),
			),
		track: (row) => remembered.get(row.recordId) ?? valueOf(row),
	};
}

function valueOf({ data }: FeedRow): string {
	return `${data.upTo ?? ''}|${data.status ?? ''}`;
}

function rows(order: InSalesRecord, since: number): RowDraft[] {
	const changes = statusChangesOf(order);
	const status = currentStatus(order)?.status.id ?? '';
	const fresh = changes.filter(({ at }) => at >= instantOf(since));
	const last = changes.at(-1);
	const stamp = digits(String(order.updated_at));
	return [
		...fresh.map((change) => ({
			key: `!${change.id}`,
			// What the order had in between is not known for sure.
			data: {
				change: `${change.id}`,
				upTo: `${change.id}`,
				status: change === last ? status : '',
			},
		})),
		{
			key: `@${stamp}#${newestChangeId(order)}-${status}`,
			data: { upTo: `${last?.id ?? 0}`, status },
		},
	];
}

/** What was known of an order before a row. */
interface Remembered {
	/** ID of the last change that was handled; 0 when there was none. */
	upTo: number;
	/** The status it had; empty when that is not known. */
	status: string;
}

function rememberedOf(known: string | undefined, order: InSalesRecord): Remembered | undefined {
	if (known === undefined) return undefined;
	const at = known.indexOf('|');
	const [upTo, status] = [Number(known.slice(0, at)), known.slice(at + 1)];
	// A change that is gone: the shop's database was set back, and IDs come again.
	const isThere = upTo === 0 || statusChangesOf(order).some(({ id }) => id === upTo);
	return isThere ? { upTo, status } : undefined;
}

/** A change in the history: told unless it was handled before. */
async function resolveChange(
	shop: InSalesShop,
	order: InSalesRecord,
	{ data }: FeedRow,
	before: Remembered | undefined,
	{ choice, since }: ResolveContext,
): Promise<Resolved> {
	const changes = statusChangesOf(order);
	const index = changes.findIndex(({ id }) => `${id}` === data.change);
	const change = changes[index];
	if (!change) return 'skip';
	const isHandled = before ? change.id <= before.upTo : !isSince(order, change, since);
	if (isHandled) return 'skip';
	const statuses = await shopStatuses(shop);
	const double = doubleOf(change, changes, statuses);
	// The entry of the system status tells both.
	if (double && !isSystemChange(change)) return 'skip';
	const now = currentStatus(order);
	const isLast = index >= changes.length - (double ? 2 : 1);
	const after = statusAfter(change, double, isLast ? now : undefined, statuses) ?? now;
	if (!after || !isWantedStatus(after, await wantedStatuses(shop, choice))) return 'skip';
	const hints = [double && idOfSide(double, 'was', statuses), before?.status ?? ''];
	const previous = statusNamedBy(change, 'was', statuses, hints);
	return orderEvent(shop, order, choice, {
		kind: 'change',
		changeId: `${change.id}`,
		stamp: change.stamp,
		extra: extraOf(previous, after),
	});
}

/** The order as it is: a status that differs from the remembered one without any entry is told too. */
async function resolveState(
	shop: InSalesShop,
	order: InSalesRecord,
	{ data }: FeedRow,
	before: Remembered | undefined,
	{ choice }: ResolveContext,
): Promise<Resolved> {
	const now = currentStatus(order);
	if (!now || !before || before.status === '' || before.status === now.status.id) return 'skip';
	// Told by a row of its own.
	if (statusChangesOf(order).some(({ id }) => id > before.upTo)) return 'skip';
	if (!isWantedStatus(now, await wantedStatuses(shop, choice))) return 'skip';
	const previous = statusById(before.status, await shopStatuses(shop));
	return orderEvent(shop, order, choice, {
		kind: 'change',
		changeId: `${digits(String(order.updated_at))}-${data.status ?? ''}`,
		stamp: order.updated_at,
		extra: extraOf(previous, now),
	});
}

function extraOf(previous: NamedStatus | undefined, after: NamedStatus): IDataObject {
	return { status: { ...after.status }, previousStatus: previous ? { ...previous.status } : null };
}

function isSystemChange({ action }: OrderChange): boolean {
	return /fulfil/i.test(action);
}

/** The status a change led to; the order itself tells it of the `now` last one. */
function statusAfter(
	change: OrderChange,
	double: OrderChange | undefined,
	now: NamedStatus | undefined,
	statuses: readonly Status[],
): NamedStatus | undefined {
	const after = statusNamedBy(change, 'is', statuses, [double && idOfSide(double, 'is', statuses)]);
	if (!now || !after) return after;
	const isSame = isSystemChange(change)
		? now.system === textOf(change.is)
		: now.status.id === after.status.id;
	return isSame ? now : after;
}

function idOfSide(
	change: OrderChange,
	side: 'was' | 'is',
	statuses: readonly Status[],
): string | undefined {
	return statusNamedBy(change, side, statuses, [])?.status.id;
}

/**
 * The other entry of the same change: whether a change of both statuses leaves one entry or two is not
 * known (section 6.3, UNCONFIRMED), and nobody may hear of it twice.
 */
function doubleOf(
	change: OrderChange,
	changes: readonly OrderChange[],
	statuses: readonly Status[],
): OrderChange | undefined {
	const system = (each: OrderChange, side: 'was' | 'is') =>
		statusNamedBy(each, side, statuses, [])?.system;
	// A custom status that nobody may see, or that is gone, may belong to any system status.
	const isUnseen = (each: OrderChange, side: 'was' | 'is') =>
		!isSystemChange(each) && textOf(each[side]) !== '' && system(each, side) === undefined;
	const agree = (one: OrderChange, other: OrderChange, side: 'was' | 'is') =>
		isUnseen(one, side) || isUnseen(other, side) || system(one, side) === system(other, side);
	const nearest = (to: OrderChange) =>
		changes
			.filter(
				(other) =>
					isSystemChange(other) !== isSystemChange(to) &&
					Math.abs(other.at - to.at) <= STAMP_LAG_MS &&
					(system(to, 'is') ?? system(other, 'is')) !== undefined &&
					agree(other, to, 'was') &&
					agree(other, to, 'is'),
			)
			.sort((a, b) => Math.abs(a.id - to.id) - Math.abs(b.id - to.id))[0];
	const other = nearest(change);
	// Of two changes of custom statuses beside one of the system status, one is a change of its own.
	return other && nearest(other) === change ? other : undefined;
}

import type { IDataObject } from 'n8n-workflow';

import { localeNamed } from '../languages/shopLanguages';
import { digits } from '../../shared/polling/wallClock';
import { toJson } from '../../shared/output/toJson';
import type {
	FeedRow,
	ResolveContext,
	StreamEvent,
	TriggerChoice,
} from '../../shared/polling/stream';
import { settled } from '../../shared/protocol/settled';
import { localToIso } from '../../shared/text/time';
import { anew } from '../../shared/reading/records';
import type { ShoperRecord } from '../api/codec';
import { allOf, ifPermitted, localeOf } from '../api/reads';
import type { ShoperShop } from '../api/reads';
import { viewOrder } from '../orders/view';
import { simplifyStatus } from '../orders/statuses';
import { simplifyOrder } from '../orders/simplify';
import { isWhole, recordOf, wholeRecord } from './feeds';
import { knownZone } from './shopCache';

/** The options of every event, as the user set them. */
interface EventOptions {
	include?: string[];
	language?: string;
}

/** Locale the user chose for names; `undefined` for the shop's main language. */
export async function localeChosen(
	shop: ShoperShop,
	{ values }: TriggerChoice,
): Promise<string | undefined> {
	const { language = '' } = (values.options ?? {}) as EventOptions;
	if (language.trim() === '') return undefined;
	// Without the right to read languages, those a status is translated to are known.
	const [status] = (await statusesOf(shop))?.values() ?? [];
	return await localeNamed(shop, language.trim(), status ?? {});
}

/** The shop's statuses by ID, as they are at this poll; `undefined` without the right to read them. */
export async function statusesOf(
	shop: ShoperShop,
): Promise<ReadonlyMap<string, ShoperRecord> | undefined> {
	return await ifPermitted(
		shop,
		'status names',
		'statuses',
		undefined,
		async () => await allOf(shop, 'statuses', anew),
	);
}

/** Asks for what every event about an order is shown with. */
export async function whatOrdersNeed(shop: ShoperShop): Promise<void> {
	await Promise.all([knownZone(shop), localeOf(shop), statusesOf(shop)]);
}

/** What the user chose, and whether there is nothing but the row to tell. */
export type Telling = Pick<ResolveContext, 'choice' | 'rowOnly'>;

async function shownOrder(
	shop: ShoperShop,
	order: ShoperRecord,
	choice: TriggerChoice,
): Promise<IDataObject> {
	const { include } = (choice.values.options ?? {}) as EventOptions;
	const locale = await localeChosen(shop, choice);
	const view = { simplify: choice.simplify, include, ...(locale !== undefined && { locale }) };
	return await viewOrder(shop, order, view);
}

/** The order as the list has it, without a request; of one that it could not show, which one it is. */
function listedOrder(
	{ address }: ShoperShop,
	row: FeedRow,
	{ simplify }: TriggerChoice,
): IDataObject {
	const order = recordOf(row);
	if (!simplify) return order;
	if (!isWhole(row)) return { platform: 'shoper', shop: address.host, id: row.recordId };
	const view = { shop: address.host, url: address.url, zone: undefined, locale: undefined };
	return toJson(simplifyOrder(order, view, { missing: [] }));
}

/** The shop's zone, where something has to be told without it if need be. */
export async function zoneFor(shop: ShoperShop, { rowOnly }: Telling): Promise<string | undefined> {
	const zone = await settled(async () => await knownZone(shop));
	if (!zone.ok && !rowOnly) throw zone.error;
	return zone.ok ? zone.value : undefined;
}

/** What one event about an order says besides the order. */
interface OrderEvent {
	/** Part of the event's key and ID; the same whenever the change is read. */
	kind: string;
	changeId: string;
	/** ISO 8601. */
	occurredAt: string | null;
	extra?: IDataObject;
}

/** An event about the order of a row, as the row shows it, with the parts joined. */
async function orderEvent(
	shop: ShoperShop,
	row: FeedRow,
	{ choice, rowOnly }: Telling,
	{ kind, changeId, occurredAt, extra }: OrderEvent,
): Promise<StreamEvent> {
	const json = rowOnly
		? listedOrder(shop, row, choice)
		: await shownOrder(shop, wholeRecord(row), choice);
	return {
		key: `${kind} ${row.recordId} ${changeId}`,
		recordId: row.recordId,
		changeId,
		occurredAt,
		json: { ...json, ...extra },
	};
}

/** "New order". Its change ID is the time the order was placed. */
export async function createdEvent(
	shop: ShoperShop,
	row: FeedRow,
	about: Telling,
	extra?: IDataObject,
): Promise<StreamEvent> {
	const occurredAt = localToIso(row.stamp, await zoneFor(shop, about));
	const change = { kind: 'order', changeId: digits(row.stamp), occurredAt };
	return await orderEvent(shop, row, about, { ...change, ...(extra && { extra }) });
}

/** "Status changed", with both statuses by ID and name; `before` is an ID where it is known. */
export async function changedEvent(
	shop: ShoperShop,
	row: FeedRow,
	about: Telling,
	{ before, after }: { before: string | undefined; after: string },
): Promise<StreamEvent> {
	const { choice, rowOnly } = about;
	const statuses = rowOnly ? undefined : await statusesOf(shop);
	const locale = rowOnly
		? undefined
		: ((await localeChosen(shop, choice)) ?? (await localeOf(shop)));
	const status = (id: string) => ({ ...simplifyStatus(id, statuses?.get(id), locale) });
	return await orderEvent(shop, row, about, {
		kind: 'change',
		changeId: `${after}-${digits(row.stamp)}`,
		occurredAt: localToIso(row.stamp, await zoneFor(shop, about)),
		extra: {
			status: status(after),
			previousStatus: before === undefined ? null : status(before),
		},
	});
}

/**
 * "Paid", once for each order. The shop keeps no time of payment.
 *
 * @param occurredAt ISO 8601
 */
export async function paidEvent(
	shop: ShoperShop,
	row: FeedRow,
	about: Telling,
	occurredAt: string | null,
): Promise<StreamEvent> {
	// With the time it was placed: after a restored backup another order may get the number.
	const changeId = `paid-${digits(row.stamp)}`;
	return await orderEvent(shop, row, about, { kind: 'paid', changeId, occurredAt });
}

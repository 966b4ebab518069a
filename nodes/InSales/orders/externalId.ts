import { InputError } from '../../shared/protocol/errors';
import { sameText } from '../../shared/text/sameText';
import { anew } from '../../shared/reading/records';
import { idOf, rowsIn } from '../api/codec';
import type { InSalesRecord } from '../api/codec';
import { wireInstant } from '../api/dates';
import { ORDER_FIELD } from '../writing/extraFields';
import { allOf, ifPermitted } from '../api/reads';
import type { InSalesShop } from '../api/reads';
import { newestRecords } from '../api/newestRecords';
import { changes } from '../api/query';

const MS_PER_SECOND = 1_000;
const MS_PER_DAY = 86_400_000;

/** Read again at every look: orders become visible a moment after their time (InSales API reference, 3.3). */
const OVERLAP_MS = 60 * MS_PER_SECOND;

/** Where an order carries the ID it has elsewhere. InSales has no key against repeats (section 5.9). */
export interface Marker {
	id: string;
	/** Handle of an extra field; empty: a line of the manager's comment. */
	handle: string;
}

/**
 * Checks what a user gave; `undefined` when no external ID was. One that came out empty is refused: without
 * it, a repeated run would make a second order.
 *
 * @throws InputError
 */
export function markerOf(externalId: string | undefined, handle = ''): Marker | undefined {
	const id = externalId?.trim();
	if (id === undefined && handle.trim() === '') return undefined;
	if (id === undefined || id === '') {
		throw new InputError(
			id === undefined
				? '"External ID Field" is filled in, but there is no external ID.'
				: '"External ID" is empty.',
			'Fill in "External ID", or remove both options if the order has no ID elsewhere.',
		);
	}
	if (!/[\r\n\]]/.test(id)) return { id, handle: handle.trim() };
	throw new InputError(
		'"External ID" holds a line break or a closing bracket.',
		'Use the plain ID of the other system.',
	);
}

/** The line of the manager's comment that marks an order. */
export function markerLine({ id }: Marker): string {
	return `[external-id: ${id}]`;
}

const MARKER = /\[external-id: ([^\r\n\]]+)\]/g;

/**
 * A new comment of the manager with the external IDs of the old one: without them, a repeated run would
 * create the order a second time.
 */
export function keepMarkers(comment: string, order: InSalesRecord): string {
	const kept = idsIn(order, '').filter((id) => !comment.includes(markerLine({ id, handle: '' })));
	return [comment, ...kept.map((id) => markerLine({ id, handle: '' }))]
		.filter((line) => line !== '')
		.join('\n');
}

/** The IDs of other systems that an order carries in one place. */
function idsIn(order: InSalesRecord, handle: string): string[] {
	if (handle !== '') {
		return rowsIn(order.fields_values)
			.filter((value) => sameText(value.handle, handle))
			.map(({ value }) => String(value ?? '').trim());
	}
	const comment = String(order.manager_comment ?? '');
	return [...comment.matchAll(MARKER)].map((match) => match[1] ?? '');
}

/** Whether an order carries the marker: a field the shop does not know may be dropped without a word. */
export function isMarked(order: InSalesRecord, { id, handle }: Marker): boolean {
	return idsIn(order, handle).includes(id);
}

/**
 * Checks that the shop has the order field that is to keep the external ID, where the key may see the fields.
 *
 * @throws InputError when it has not: a repeated run would not find the order
 */
export async function checkMarkerField(
	shop: InSalesShop,
	{ handle }: Marker,
	warnings: string[],
): Promise<void> {
	if (handle === '') return;
	const fields = await ifPermitted(
		shop,
		'check of the external ID field',
		'fields',
		warnings,
		async () => allOf(shop, 'fields', anew),
	);
	if (!fields) return;
	const ofOrders = [...fields.values()].filter(({ destiny }) => Number(destiny) === ORDER_FIELD);
	const handles = ofOrders.map((each) => String(each.handle ?? '')).filter((each) => each !== '');
	if (handles.some((each) => sameText(each, handle))) return;
	throw new InputError(
		`The shop has no order field with the handle "${handle}".`,
		handles.length === 0
			? 'Leave "External ID Field" empty to keep the ID in the manager\'s comment.'
			: `Choose one of: ${handles.join(', ')}.`,
	);
}

/** What was seen of the shop's orders in this run. */
interface Seen {
	/** Orders by external ID. */
	orders: Map<string, InSalesRecord>;
	/** Everything changed before this time (epoch ms) was read. */
	since: number;
	/** When it was read last (epoch ms of this machine). */
	lookedAt: number;
}

/** A look this young is as good as new for further items of the run: none is a lock against other runs. */
const FRESH_MS = 10 * MS_PER_SECOND;

/**
 * The order that carries the marker, or `undefined`. Reads what changed in the last `days` days once per
 * run, archived orders included, and later only what changed since.
 *
 * @param mustLook reads again even when the last look was a moment ago
 */
export async function orderMarked(
	shop: InSalesShop,
	{ id, handle }: Marker,
	days: number,
	mustLook = false,
): Promise<InSalesRecord | undefined> {
	const seen = await seenIn(shop, handle, days);
	const now = Date.now();
	const isOwn = seen.orders.has(id);
	if ((mustLook && !isOwn) || Math.abs(now - seen.lookedAt) > FRESH_MS) {
		await look(shop, handle, seen);
		seen.lookedAt = now;
	}
	return seen.orders.get(id);
}

/** Notes an order that was just created, for the items that follow. */
export async function rememberMarked(
	shop: InSalesShop,
	{ id, handle }: Marker,
	days: number,
	order: InSalesRecord,
): Promise<void> {
	(await seenIn(shop, handle, days)).orders.set(id, order);
}

/** More orders than other runs make in the moment between a look and a new order. */
const NEWEST = 25;

/**
 * The IDs of those of the newest orders that carry the marker: a run in another process may have made one
 * in the same moment. One small request, because it is made for every new order.
 */
export async function newestMarked(shop: InSalesShop, marker: Marker): Promise<string[]> {
	const newest = await newestRecords(shop, { path: 'orders', perPage: NEWEST }, NEWEST);
	return newest.filter((order) => isMarked(order, marker)).map(idOf);
}

async function seenIn(shop: InSalesShop, handle: string, days: number): Promise<Seen> {
	return await shop.once(`external IDs in ${handle} of ${days} days`, async () => {
		const since = Date.now() - days * MS_PER_DAY;
		return { orders: new Map(), since, lookedAt: Number.NEGATIVE_INFINITY };
	});
}

async function look(shop: InSalesShop, handle: string, seen: Seen): Promise<void> {
	// If the shop does not know `with_deleted` for orders (UNCONFIRMED, section 3.2), it answers without the archived ones.
	const list = { path: 'orders', filters: { with_deleted: 'true' } };
	for (const order of await shop.list(changes(list, { since: wireInstant(seen.since) }))) {
		for (const each of idsIn(order, handle)) {
			// Should there be two already, the older one counts.
			const known = seen.orders.get(each);
			if (known === undefined || Number(order.id) <= Number(known.id)) {
				seen.orders.set(each, order);
			}
		}
		const changed = Date.parse(String(order.updated_at));
		if (changed - OVERLAP_MS > seen.since) seen.since = changed - OVERLAP_MS;
	}
}

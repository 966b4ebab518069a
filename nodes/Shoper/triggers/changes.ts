import type { IDataObject } from 'n8n-workflow';

import { digits, overlapOf } from '../../shared/polling/wallClock';
import type { FeedRow, ResolveContext, Resolved, TriggerChoice } from '../../shared/polling/stream';
import { toJson } from '../../shared/output/toJson';
import { localToIso } from '../../shared/text/time';
import type { ShoperRecord } from '../api/codec';
import type { ShoperShop } from '../api/reads';
import { simplifyProduct } from '../products/simplify';
import { viewProduct } from '../products/view';
import { anyOf, atLeast } from '../api/conditions';
import { STATUS_TYPES, isOn } from '../orders/statuses';
import { contentHash } from './contentHash';
import { cannotWatch, feedByDate, newestByDate, pageCall, pageWhere, recordOf } from './feeds';
import type { DatedSource, ShoperStream } from './feeds';
import { changedEvent, localeChosen, statusesOf, whatOrdersNeed, zoneFor } from './orderEvents';
import { knownZone } from './shopCache';
import { wantedStatuses } from './statusFilter';

const CHANGED_ORDERS: DatedSource = {
	resource: 'orders',
	date: 'status_date',
	// A second change within the same second leaves the date as it is.
	contentHash: ({ status_id }) => String(status_id ?? ''),
};

const CHANGED_PRODUCTS: DatedSource = {
	resource: 'products',
	date: 'edit_date',
	contentHash: contentHash,
};

/** What all feeds by change dates have in common. */
async function boundsOf(shop: ShoperShop) {
	return {
		overlapMs: overlapOf(await knownZone(shop)),
		gracePeriodMs: 0,
		keepsRows: false,
		everyMs: 0,
		rowsAreRecords: true,
	};
}

/**
 * "Status changed" by the orders' `status_date`. The shop keeps no history, so several changes of an
 * order between two polls show as one, and an order that is back at the status it had at the last
 * poll as none: the user has been told of that status, and a mail about it must not go out twice.
 */
export async function changedStatusStream(shop: ShoperShop): Promise<ShoperStream> {
	return {
		name: 'orders_by_status_date',
		...feedByDate(CHANGED_ORDERS),
		...(await boundsOf(shop)),
		likely: likelyChanges,
		ahead: whatOrdersNeed,
		resolve: async (each, rows, about) => {
			const wanted = await wantedStatuses(each, about.choice);
			return await Promise.all(
				rows.map(async (row): Promise<Resolved> => {
					const after = statusOf(row);
					const before = about.trackedValues[row.recordId];
					if (after === '' || before === after || wanted?.has(after) === false) return 'skip';
					if (before === undefined && (await isFirstStatus(each, row, about))) return 'skip';
					return await changedEvent(each, row, about, { before, after });
				}),
			);
		},
		// One without a status is as good as not known: the one it gets may be its first.
		track: (row) => statusOf(row) || undefined,
	};
}

function statusOf(row: FeedRow): string {
	return String(recordOf(row).status_id ?? '');
}

/** Orders that have a wanted status now, or one that no order begins with; one request for them. */
async function likelyChanges(shop: ShoperShop, choice: TriggerChoice): Promise<FeedRow[]> {
	const later = [...((await statusesOf(shop)) ?? [])]
		.filter(
			([, { type, default: isDefault }]) => String(type) !== STATUS_TYPES.new && !isOn(isDefault),
		)
		.map(([id]) => id);
	const statuses = [...((await wantedStatuses(shop, choice)) ?? later)].map(Number);
	return await newestByDate(shop, CHANGED_ORDERS, [anyOf('status_id', statuses)]);
}

/**
 * Whether the status of an order that was not known is the one it was placed with, which is no
 * change. Its date is the order's own then; orders that other programs write have the date of the
 * purchase, so for orders newer than any known one the statuses for new orders count as well.
 */
async function isFirstStatus(
	shop: ShoperShop,
	row: FeedRow,
	{ trackedValues, overdue }: ResolveContext,
): Promise<boolean> {
	const { date } = recordOf(row);
	if (row.stamp === String(date ?? '')) return true;
	const newestKnown = Math.max(0, ...Object.keys(trackedValues).map(Number));
	// These feeds never wait: an overdue row is a sample, taken before anything is known.
	if (overdue.has(row.key) || Number(row.recordId) <= newestKnown) return false;
	const status = (await statusesOf(shop))?.get(statusOf(row));
	return status !== undefined && (String(status.type) === STATUS_TYPES.new || isOn(status.default));
}

/** "Product updated": what the product's own change date shows. */
export async function updatedProductStream(shop: ShoperShop): Promise<ShoperStream> {
	return {
		name: 'products_by_edit_date',
		...feedByDate(CHANGED_PRODUCTS),
		...(await boundsOf(shop)),
		resolve: async (each, rows, { choice, rowOnly }) => {
			const locale = rowOnly ? undefined : await localeChosen(each, choice);
			const zone = await zoneFor(each, { choice, rowOnly });
			const { simplify } = choice;
			const view = { simplify, translations: false, ...(locale !== undefined && { locale }) };
			return await Promise.all(
				rows.map(async (row): Promise<Resolved> => {
					const product = recordOf(row);
					const changeId = `${digits(row.stamp)}-${contentHash(product)}`;
					return {
						key: `product ${row.recordId} ${changeId}`,
						recordId: row.recordId,
						changeId,
						occurredAt: localToIso(row.stamp, zone),
						json: rowOnly
							? listedProduct(each, product, { zone, simplify })
							: await viewProduct(each, product, view),
					};
				}),
			);
		},
	};
}

/** The product as the list has it, without a request. */
function listedProduct(
	{ address }: ShoperShop,
	product: ShoperRecord,
	{ zone, simplify }: { zone: string | undefined; simplify: boolean },
): IDataObject {
	if (!simplify) return product;
	const view = { zone, locale: undefined };
	const parts = { stocks: undefined, producer: undefined, missing: [] };
	return toJson(simplifyProduct(product, address.host, view, parts));
}

/** A date no product was edited at. */
const NEVER = '2999-01-01 00:00:00';

/**
 * Makes sure that the shop filters products by `edit_date`, which nobody has seen yet (Shoper REST
 * reference 6.7): no product may be found at a date far ahead, and the newest must be by its own.
 *
 * @throws InputError when it does not
 */
export async function checkProductFilter(shop: ShoperShop): Promise<void> {
	const { resource, date } = CHANGED_PRODUCTS;
	const ask = async (from: string) => {
		const where = [atLeast(date, from)];
		const page = await pageWhere(shop, pageCall(resource, where, `${date} ASC`, 1), where);
		if (!page) throw cannotWatch(CHANGED_PRODUCTS);
		return page.length;
	};
	const [newest] = await feedByDate(CHANGED_PRODUCTS).newest(shop, 1);
	if (!newest) return;
	await ask(NEVER);
	if ((await ask(newest.stamp)) === 0) throw cannotWatch(CHANGED_PRODUCTS);
}

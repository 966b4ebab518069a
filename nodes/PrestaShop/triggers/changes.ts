import { anyOf } from '../api/conditions';
import { InputError } from '../../shared/protocol/errors';
import { MINUTE, digits, overlapOf } from '../../shared/polling/wallClock';
import { settled } from '../../shared/protocol/settled';
import type { FeedRow, ResolveContext, Resolved } from '../../shared/polling/stream';
import { localToEpoch, localToIso } from '../../shared/text/time';
import type { PrestaShopRecord } from '../api/records';
import { zoneOf } from '../api/reads';
import type { PrestaShopShop } from '../api/reads';
import { productNamed, viewProduct } from '../products/view';
import { feedByChange, overlapStamp, shopOfFeeds } from './feeds';
import type { PrestaShopStream, Source } from './feeds';
import { productFeed } from './productFeed';
import {
	changedEvent,
	isWantedState,
	languageOf,
	likelyPaidStates,
	likelyStates,
	namedOnly,
	orderEvent,
	paidEvent,
	paidStatesFor,
} from './orderEvents';

/** What a row tells of an order; all fields here exist in every version. */
const ORDER_FIELDS = [
	'id',
	'date_upd',
	'current_state',
	'invoice_date',
	'total_paid',
	'total_paid_real',
];

/** What tells two contents of an order apart. */
const HASHED_ORDER_FIELDS = (
	'id date_upd current_state valid id_customer id_carrier id_address_delivery id_address_invoice ' +
	'invoice_number invoice_date delivery_number delivery_date shipping_number payment gift ' +
	'gift_message total_discounts total_paid total_paid_real total_products total_products_wt ' +
	'total_shipping total_wrapping'
).split(' ');

/** The same for products. */
const HASHED_PRODUCT_FIELDS = (
	'id date_upd active price wholesale_price on_sale ecotax reference supplier_reference ean13 upc ' +
	'id_manufacturer id_supplier id_category_default id_tax_rules_group visibility condition ' +
	'available_for_order available_date show_price minimal_quantity weight width height depth name ' +
	'link_rewrite meta_title meta_description description_short description available_now ' +
	'available_later'
).split(' ');

function streamOf(
	shop: PrestaShopShop,
	name: string,
	source: Source,
	everyShop: boolean,
	resolve: PrestaShopStream['resolve'],
	feed = feedByChange(source),
): PrestaShopStream {
	const wide = (each: PrestaShopShop) => shopOfFeeds(each, everyShop);
	const overlapMs = overlapOf(knownZone(shop));
	return {
		name,
		list: async (each, after, limit) => await feed.list(wide(each), after, limit),
		newest: async (each, count) => await feed.newest(wide(each), count),
		cursorAt: feed.cursorAt,
		resolve: async (each, rows, about) => await resolve(wide(each), rows, about),
		overlapMs,
		overlapStamp: async (each) => await overlapStamp(each, overlapMs),
		gracePeriodMs: 0,
		keepsRows: false,
		everyMs: 0,
	};
}

/** The zone from the credential; asking the shop for it would cost every poll a request. */
function knownZone({ address }: PrestaShopShop): string | undefined {
	const { timezone } = address.settings;
	return typeof timezone === 'string' && timezone !== '' ? timezone : undefined;
}

const ORDERS: Source = { resource: 'orders', fields: ORDER_FIELDS, record: 'id' };

/** "Updated": anything of an order that its change date shows, the creation included. */
export function updatedOrderStream(shop: PrestaShopShop, everyShop: boolean): PrestaShopStream {
	const source = { ...ORDERS, hashed: HASHED_ORDER_FIELDS };
	return streamOf(shop, 'orders_by_date_upd', source, everyShop, async (wide, rows, about) =>
		Promise.all(
			rows.map(async ({ recordId, data, stamp }): Promise<Resolved> => {
				// An order that is still being created is told of when it is complete.
				if (!hasState(data)) return 'skip';
				const changeId = `${digits(stamp)}-${data.contentHash ?? ''}`;
				const change = { kind: 'update', changeId, stamp };
				return await orderEvent(wide, recordId, about, () => change);
			}),
		),
	);
}

/** Whether an order is past its creation. One that the shop cannot list with its fields is taken to be. */
function hasState({ current_state: state }: FeedRow['data']): boolean {
	return state !== '' && state !== '0';
}

/** The row with its fields; throws for one that came with nothing but its ID. */
function whole(row: FeedRow): FeedRow {
	if (row.data.current_state !== undefined) return row;
	throw new Error(`the shop cannot list the order ${row.recordId}.`);
}

/** How a row compares with what was known of its order at an earlier poll. */
interface Comparison {
	/** What `track` noted; absent for an order that was not known. */
	before: string | undefined;
	/** The order came after everything known. */
	isNew: boolean;
}

function compare(
	{ recordId, key }: FeedRow,
	{ trackedValues, overdue }: ResolveContext,
): Comparison {
	const newestKnown = Math.max(0, ...Object.keys(trackedValues).map(Number));
	const before = trackedValues[recordId];
	// These feeds never wait: an overdue row is a sample, taken before anything is known.
	const isNew = before === undefined && !overdue.has(key) && Number(recordId) > newestKnown;
	return { before, isNew };
}

/**
 * "Status changed" by the orders' change dates, for keys without the right to read the history. Two
 * changes of an order between two polls show as one. The state before is known for the newest
 * orders; of an older one, any first change is delivered, because it may be one of its status.
 */
export function changedStateStream(shop: PrestaShopShop, everyShop: boolean): PrestaShopStream {
	const resolve: PrestaShopStream['resolve'] = async (wide, rows, about) =>
		await Promise.all(
			rows.map(async (row): Promise<Resolved> => {
				const { before, isNew } = compare(row, about);
				const after = whole(row).data.current_state ?? '';
				const changed = hasState(row.data) && !isNew && before !== after;
				if (!changed || before === '0') return 'skip';
				if (!(await isWantedState(wide, after, about.choice))) return 'skip';
				return await changedEvent(wide, about, {
					orderId: row.recordId,
					before,
					after,
					stamp: row.stamp,
					changeId: `${after}-${digits(row.stamp)}`,
				});
			}),
		);
	return {
		...streamOf(shop, 'orders_by_state', ORDERS, everyShop, resolve),
		likely: async (each, choice) =>
			await newestIn(shopOfFeeds(each, everyShop), await likelyStates(each, choice)),
		track: ({ data }) => data.current_state ?? '',
	};
}

/** Orders looked at further back for a test event. */
const LIKELY_ORDERS = 20;

/** The orders in these states that changed last. */
async function newestIn(shop: PrestaShopShop, states: readonly string[]): Promise<FeedRow[]> {
	if (states.length === 0) return [];
	const source = { ...ORDERS, where: [anyOf('current_state', states)] };
	return await feedByChange(source).newest(shop, LIKELY_ORDERS);
}

/** A payment counts as this change when the invoice is not older than it. */
const INVOICE_AGE_MS = 10 * MINUTE;

/**
 * "Paid" by the orders' change dates. Whether an order was paid before is known from its state and
 * the money received at an earlier poll; of one that was not known, from the age of its invoice.
 */
export function paidOrderStream(shop: PrestaShopShop, everyShop: boolean): PrestaShopStream {
	const resolve: PrestaShopStream['resolve'] = async (wide, rows, about) => {
		const paid = await paidStatesFor(wide, about);
		if (!paid) return rows.map(() => 'wait');
		return await Promise.all(
			rows.map(async (row): Promise<Resolved> => {
				if (!paid.has(whole(row).data.current_state ?? '')) return 'skip';
				const { before, isNew } = compare(row, about);
				const [stateBefore = '', receivedBefore = '0'] = (before ?? '').split('|');
				const wasPaid =
					before === undefined
						? !isNew && !about.overdue.has(row.key) && hasOldInvoice(row)
						: paid.has(stateBefore) || coversTotal(receivedBefore, row);
				if (wasPaid) return 'skip';
				return await paidEvent(wide, row.recordId, row.stamp, about);
			}),
		);
	};
	return {
		...streamOf(shop, 'orders_by_payment', ORDERS, everyShop, resolve),
		likely: async (each, choice) =>
			await newestIn(shopOfFeeds(each, everyShop), await likelyPaidStates(each, choice)),
		track: ({ data }) => `${data.current_state ?? ''}|${data.total_paid_real ?? ''}`,
	};
}

function coversTotal(received: string, { data }: FeedRow): boolean {
	return Number(received) > 0 && Number(received) >= Number(data.total_paid);
}

function hasOldInvoice({ data, stamp }: FeedRow): boolean {
	const invoiced = localToEpoch(data.invoice_date ?? '', 'UTC');
	const changed = localToEpoch(stamp, 'UTC');
	return invoiced !== undefined && changed !== undefined && changed - invoiced > INVOICE_AGE_MS;
}

/** "Product updated": what the product's own change date shows. */
export function updatedProductStream(shop: PrestaShopShop): PrestaShopStream {
	const source = {
		resource: 'products',
		fields: ['id', 'date_upd'],
		record: 'id',
		hashed: HASHED_PRODUCT_FIELDS,
	};
	return streamOf(
		shop,
		'products_by_date_upd',
		source,
		false,
		async (each, rows, { choice, rowOnly }) => {
			const language = await languageOf(each, choice);
			const zone = await zoneOf(each, []);
			return await Promise.all(
				rows.map(async ({ recordId, data, stamp }): Promise<Resolved> => {
					const product = rowOnly ? undefined : await productOrNone(each, recordId);
					if (!product && !rowOnly) return 'skip';
					const view = { simplify: choice.simplify, language, translations: false };
					const changeId = `${digits(stamp)}-${data.contentHash ?? ''}`;
					return {
						key: `product ${recordId} ${changeId}`,
						recordId,
						changeId,
						occurredAt: localToIso(stamp, zone),
						json: product
							? await viewProduct(each, product, view)
							: namedOnly(each, recordId, choice),
					};
				}),
			);
		},
		productFeed(source),
	);
}

/** The product, or `undefined` when it was deleted meanwhile. Failures of the shop are thrown. */
async function productOrNone(
	shop: PrestaShopShop,
	id: string,
): Promise<PrestaShopRecord | undefined> {
	const result = await settled(async () => await productNamed(shop, { mode: 'id', value: id }));
	if (result.ok) return result.value;
	if (result.error instanceof InputError) return undefined;
	throw result.error;
}

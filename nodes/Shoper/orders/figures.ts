import { orderLines } from './parts';
import type { LineFigures, OrderFigures, OrdersRead } from '../../shared/output/statistics';
import { idOrNull, numberOrNull, textOrNull } from '../../shared/output/orderShape';
import type { Period } from '../../shared/text/period';
import { parseJson } from '../../shared/text/userInput';
import { pagesAtOnce } from '../api/bulkReads';
import { decodeRecords, isRecord } from '../api/codec';
import type { ShoperRecord } from '../api/codec';
import { localTime } from '../api/dates';
import { atLeast, is, less, meets } from '../api/conditions';
import { pagedListing } from '../api/query';
import type { Condition } from '../api/conditions';
import { allOf, configOf, ifPermitted, localeOf, zoneOf } from '../api/reads';
import type { ShoperShop } from '../api/reads';
import { paidOf, timeOf } from './simplify';
import { simplifyStatus } from './statuses';

/** Pages of 50 orders that are read at most. */
const MOST_PAGES = 40;

/** The orders of a period as numbers: the first page tells how many there are, the rest come together. */
export async function figuresOf(
	shop: ShoperShop,
	period: Period,
	withLines: boolean,
): Promise<OrdersRead> {
	const { from, before } = await periodFilters(shop, period);
	// The shop takes one condition per field; the other is checked here.
	const where = [
		...(from === undefined ? [] : [atLeast('date', from)]),
		...(before === undefined ? [] : [less('date', before)]),
	];
	return await figuresWhere(shop, where, withLines);
}

/** A period by the shop's wall clock; one whose zone is not known takes the period's own. */
export async function periodFilters(
	shop: ShoperShop,
	{ from, before }: Period,
): Promise<{ from?: string; before?: string }> {
	const zone = await zoneOf(shop);
	const local = async (label: string, iso: string | undefined) =>
		await localTime(shop, label, zone === undefined ? iso?.slice(0, 19) : iso);
	const [start, end] = [await local('Created After', from), await local('Created Before', before)];
	return {
		...(start !== undefined && { from: start }),
		...(end !== undefined && { before: end }),
	};
}

/** Orders of a customer as numbers. */
export async function figuresOfUser(shop: ShoperShop, userId: string): Promise<OrdersRead> {
	return await figuresWhere(shop, [is('user_id', Number(userId))], false);
}

async function figuresWhere(
	shop: ShoperShop,
	where: readonly Condition[],
	withLines: boolean,
): Promise<OrdersRead> {
	const { rows, partial } = await pagesOf(shop, where);
	const [statuses, currencies, config, zone, locale] = await Promise.all([
		ifPermitted(shop, 'statuses', 'statuses', [], async () => await allOf(shop, 'statuses')),
		ifPermitted(shop, 'currencies', 'currencies', [], async () => await allOf(shop, 'currencies')),
		configOf(shop),
		zoneOf(shop),
		localeOf(shop),
	]);
	const currencyOf = (id: string | null) =>
		id === null
			? null
			: (textOrNull(currencies?.get(id)?.name) ??
				(String(config.default_currency_id) === id
					? textOrNull(config.default_currency_name)
					: null));
	const orders = await Promise.all(
		rows.map(async (row): Promise<OrderFigures> => {
			const status = idOrNull(row.status_id);
			return {
				createdAt: timeOf(row.date, zone),
				status: status === null ? null : simplifyStatus(status, statuses?.get(status), locale),
				total: numberOrNull(row.sum),
				paid: paidOf(row),
				currency: currencyOf(idOrNull(row.currency_id)),
				...(withLines && { lines: (await orderLines(shop, String(row.order_id))).map(toLine) }),
			};
		}),
	);
	return { orders, ...(partial !== undefined && { partial }) };
}

async function pagesOf(
	shop: ShoperShop,
	where: readonly Condition[],
): Promise<{ rows: ShoperRecord[]; partial?: string }> {
	const listing = pagedListing({ resource: 'orders', where, order: 'newest' });
	const { first } = listing;
	const reply = await shop.send(first);
	const head = parseJson(reply.text);
	const pages = isRecord(head) ? Number(head.pages ?? 1) : 1;
	const more = Array.from({ length: Math.min(pages, MOST_PAGES) - 1 }, (_, at) => ({
		...first,
		query: { ...first.query, page: `${at + 2}` },
	}));
	const read = more.length === 0 ? [] : await pagesAtOnce(shop, more);
	const rest = await Promise.all(
		more.map(async (call, at) => read[at] ?? (await shop.records(call))),
	);
	const rows = [decodeRecords(reply, first), ...rest].flat().filter(meets(where));
	// An order that comes in meanwhile moves others to the next page.
	const unique = [...new Map(rows.map((row) => [String(row.order_id), row])).values()];
	return pages > MOST_PAGES
		? { rows: unique, partial: `Only the newest ${unique.length} orders were read.` }
		: { rows: unique };
}

function toLine(line: ShoperRecord): LineFigures {
	const [quantity, price] = [numberOrNull(line.quantity), numberOrNull(line.price)];
	const discount = numberOrNull(line.discount_perc) ?? 0;
	const known = quantity !== null && price !== null;
	return {
		productId: idOrNull(line.product_id),
		sku: textOrNull(line.code),
		name: textOrNull(line.name),
		quantity,
		total: known ? Math.round(quantity * price * (100 - discount)) / 100 : null,
	};
}

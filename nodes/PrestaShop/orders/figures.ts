import type { Condition } from '../api/conditions';
import type { LineFigures, OrderFigures, OrdersRead } from '../../shared/output/statistics';
import { idOrNull, numberOrNull, textOrNull } from '../../shared/output/orderShape';
import type { Period } from '../../shared/text/period';
import { localToIso } from '../../shared/text/time';
import type { PrestaShopRecord } from '../api/records';
import { listing, lookup } from '../api/query';
import { allOf, ifPermitted, zoneOf } from '../api/reads';
import type { PrestaShopShop } from '../api/reads';
import { orderConditions } from './conditions';
import { paidOf, simplifyStatus } from './simplify';

/** Orders that are read at most: ten pages of columns. */
const MOST = 10_000;

const COLUMNS = [
	'id',
	'date_add',
	'current_state',
	'total_paid',
	'total_paid_real',
	'total_paid_tax_incl',
	'id_currency',
];

const linesByOrder = lookup('order_details', 'id_order', [
	'id',
	'id_order',
	'product_id',
	'product_reference',
	'product_name',
	'product_quantity',
	'total_price_tax_incl',
]);

/** The orders of a period as numbers: a few columns, a thousand orders in a request. */
export async function figuresOf(
	shop: PrestaShopShop,
	period: Period,
	withLines: boolean,
	language?: string,
): Promise<OrdersRead> {
	const zone = await zoneOf(shop);
	const [where = []] = await orderConditions(shop, await periodFilters(shop, period));
	return await figuresWhere(shop, where, withLines, { zone, language });
}

/** A period as the filters of orders have it; a shop whose zone is not known takes its own wall clock. */
export async function periodFilters(
	shop: PrestaShopShop,
	{ from, before }: Period,
): Promise<{ createdAfter?: string; createdBefore?: string }> {
	const zone = await zoneOf(shop);
	const text = (iso: string) => (zone === undefined ? iso.slice(0, 19) : iso);
	return {
		...(from !== undefined && { createdAfter: text(from) }),
		...(before !== undefined && { createdBefore: text(before) }),
	};
}

/** Orders that meet conditions, as numbers. */
export async function figuresWhere(
	shop: PrestaShopShop,
	where: readonly Condition[],
	withLines: boolean,
	view: { zone: string | undefined; language?: string | undefined },
): Promise<OrdersRead> {
	const query = {
		resource: 'orders',
		where,
		display: COLUMNS,
		order: 'newest' as const,
		limit: MOST,
	};
	const [rows, states, currencies] = await Promise.all([
		shop.list(listing(query), MOST),
		ifPermitted(
			shop,
			'status names',
			'order_states',
			[],
			async () => await allOf(shop, 'order_states'),
		),
		ifPermitted(shop, 'currencies', 'currencies', [], async () => await allOf(shop, 'currencies')),
	]);
	const lines = withLines ? await linesOf(shop, rows) : undefined;
	const orders = rows.map((row): OrderFigures => {
		const state = idOrNull(row.current_state);
		return {
			createdAt: localToIso(String(row.date_add ?? ''), view.zone),
			status: state === null ? null : simplifyStatus(state, states?.get(state), view.language),
			paid: paidOf(row, states?.get(state ?? '')),
			total: numberOrNull(row.total_paid_tax_incl) ?? numberOrNull(row.total_paid),
			currency: textOrNull(currencies?.get(String(row.id_currency))?.iso_code),
			...(lines && { lines: lines.get(row.id ?? '') ?? [] }),
		};
	});
	if (rows.length < MOST) return { orders };
	return { orders, partial: `Only the newest ${MOST} orders were read.` };
}

async function linesOf(
	shop: PrestaShopShop,
	orders: readonly PrestaShopRecord[],
): Promise<ReadonlyMap<string, LineFigures[]>> {
	const found = await Promise.all(
		orders.map(
			async ({ id = '' }) => [id, (await shop.find(linesByOrder, id)).map(toLine)] as const,
		),
	);
	return new Map(found);
}

function toLine(detail: PrestaShopRecord): LineFigures {
	return {
		productId: idOrNull(detail.product_id),
		sku: textOrNull(detail.product_reference),
		name: textOrNull(detail.product_name),
		quantity: numberOrNull(detail.product_quantity),
		total: numberOrNull(detail.total_price_tax_incl),
	};
}

import { writeInBatches } from '../../shared/writing/batchWrite';
import type { Written } from '../../shared/writing/batchWrite';
import { ShopError } from '../../shared/protocol/errors';
import type { JointWork } from '../../shared/actions/operation';
import { settled } from '../../shared/protocol/settled';
import type { Settled } from '../../shared/protocol/settled';
import { isDenied } from '../../shared/reading/permissions';
import { stockFailure, stockResult } from '../../shared/writing/stock';
import type { StockResult } from '../../shared/writing/stock';
import { BULK_SIZE, bulkPut, extentOf, toWritten } from '../writing/bulk';
import type { ShoperRecord } from '../api/codec';
import { errorTexts } from '../api/errorTexts';

import type { ShoperShop } from '../api/reads';
import { CODES } from '../api/classify';
import { anyOf } from '../api/conditions';
import { chunk, pagedListing } from '../api/query';
import { holding, planned, quantityOf, rebase, strangeChanges, writeOf } from './plans';
import type { RowPlan, StockChange } from './plans';
import { stockIdOf } from './rows';

const LOOK_PAUSE_MS = 2_000;

/**
 * Writes the stock changes of all items in few requests: a row that several items name is written
 * once.
 */
export const writeStock = stockWriter(LOOK_PAUSE_MS);

/** @param pauseMs between two looks at a shop that may still be writing */
export function stockWriter(pauseMs: number): JointWork<ShoperRecord, StockChange, StockResult> {
	return async (shop, changes) => await write(shop, changes, pauseMs);
}

type Rows = ReadonlyMap<string, ShoperRecord>;

async function write(
	shop: ShoperShop,
	changes: readonly StockChange[],
	pauseMs: number,
): Promise<Array<Settled<StockResult>>> {
	const plans = planned(changes);
	const due = [...plans.values()].filter(
		({ before, after, delta }) => before !== after || (delta !== undefined && delta !== 0),
	);
	const outcomes = await writePlans(shop, due, pauseMs);
	// `stock_relative` belongs to products, whose right a token for stocks may lack.
	const denied = due.filter((plan) => {
		const outcome = outcomes.get(plan);
		return plan.relative && outcome?.state === 'refused' && isDenied(outcome.error);
	});
	for (const plan of denied) Object.assign(plan, { relative: false, sent: false });
	for (const [plan, outcome] of await writePlans(shop, denied, pauseMs))
		outcomes.set(plan, outcome);
	const read = due.length === 0 ? undefined : await settled(async () => await rowsNow(shop, due));
	const rows: Rows = read?.ok ? read.value : new Map();
	return changes.map((change) => {
		const plan = plans.get(stockIdOf(change.row));
		if (!plan) return { ok: false, error: new Error('The stock row has no ID.') };
		return resultOf(change, plan, outcomes.get(plan), rows.get(stockIdOf(change.row)));
	});
}

async function writePlans(
	shop: ShoperShop,
	plans: readonly RowPlan[],
	pauseMs: number,
): Promise<Map<RowPlan, Written>> {
	const written = await writeInBatches(plans, {
		size: BULK_SIZE,
		independent: true,
		send: async (batch) => {
			await rebaseAll(shop, batch);
			for (const plan of batch) plan.sent = true;
			return (await bulkPut(shop, batch.map(writeOf))).map(toWritten);
		},
		extentOf,
		look: async (batch) => {
			const rows = await rowsNow(shop, batch);
			return batch.map((plan) => {
				const row = rows.get(stockIdOf(plan.row));
				return holding(plan, row && quantityOf(row));
			});
		},
		pauseMs,
	});
	return new Map(plans.map((plan, at) => [plan, written[at] ?? { state: 'saved' }]));
}

/** Changes by an amount start from what the shop holds right before they are sent. */
async function rebaseAll(shop: ShoperShop, batch: readonly RowPlan[]): Promise<void> {
	const moving = batch.filter(({ delta, sent }) => delta !== undefined && !sent);
	if (moving.length === 0) return;
	const rows = await rowsNow(shop, moving);
	for (const plan of moving) {
		const row = rows.get(stockIdOf(plan.row));
		rebase(plan, row && quantityOf(row));
	}
}

/** Rows by ID as they are now; look-ups remember, so they are of no use here. */
async function rowsNow(shop: ShoperShop, plans: readonly RowPlan[]): Promise<Rows> {
	const found = new Map<string, ShoperRecord>();
	for (const ids of chunk(plans.map(({ row }) => stockIdOf(row)))) {
		const where = [anyOf('stock_id', ids.map(Number))];
		const rows = await shop.list(pagedListing({ resource: 'product-stocks', where }));
		for (const row of rows) found.set(stockIdOf(row), row);
	}
	return found;
}

function resultOf(
	change: StockChange,
	plan: RowPlan,
	outcome: Written | undefined,
	row: ShoperRecord | undefined,
): Settled<StockResult> {
	const { before, after } = plan;
	const now = row && quantityOf(row);
	if (outcome && outcome.state !== 'saved' && now !== after) {
		return { ok: false, error: stockFailure(outcome, before, now) };
	}
	if (outcome && now === before && before !== after) {
		return { ok: false, error: notTaken(plan, before) };
	}
	const strange = row && plan.relative ? strangeChanges(plan.row, row) : undefined;
	const more = strange === undefined ? [] : [strange];
	return { ok: true, value: stockResult(change, plan, outcome !== undefined, now, more) };
}

/** The shop said that it saved the change, and did not: it does so where warehouses keep the stock. */
function notTaken(plan: RowPlan, before: number): ShopError {
	const call = { method: 'PUT' as const, path: writeOf(plan).path };
	const failure = { kind: 'rejected' as const, sent: true, code: CODES.notDone };
	return new ShopError(failure, call, {
		...errorTexts(failure, call),
		reason: `The shop answered that it saved the stock, but it still holds ${before}.`,
		fix: 'Where warehouses are switched on, change the stock in the warehouse; else look at it in the panel and try again.',
	});
}

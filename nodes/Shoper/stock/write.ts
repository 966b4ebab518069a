import { writeInBatches } from '../../shared/actions/batchWrite';
import type { Extent, Written } from '../../shared/actions/batchWrite';
import { ShopError } from '../../shared/http/errors';
import type { JointWork } from '../../shared/actions/operation';
import { settled } from '../../shared/protocol/settled';
import type { Settled } from '../../shared/protocol/settled';
import { isDenied } from '../../shared/reading/permissions';
import { BULK_SIZE, bulkPut } from '../writing/bulk';
import type { ShoperRecord } from '../api/codec';
import { explain } from '../api/errorTexts';

import type { ShoperShop } from '../api/reads';
import { CODES } from '../api/classify';
import { anyOf, chunk, pagedListing } from '../api/query';
import { holding, planned, quantityOf, rebase, strangeChanges, writeOf } from './plans';
import type { RowPlan, StockChange } from './plans';
import { stockIdOf } from './rows';
import { didNotAnswerClearly } from '../writing/update';

/** What became of a stock row. */
export interface StockResult {
	previousQuantity: number;
	/** What the shop holds now, read after writing. */
	quantity: number;
	/** What is worth knowing besides. */
	note?: string;
}

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

function toWritten(outcome: Settled<unknown>): Written {
	if (outcome.ok) return { state: 'saved' };
	const { error } = outcome;
	return { state: didNotAnswerClearly(error) ? 'unclear' : 'refused', error };
}

function extentOf(error: unknown): Extent {
	return error instanceof ShopError && !didNotAnswerClearly(error) ? 'none' : 'unknown';
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
		return { ok: false, error: withKnown(outcome, before, now) };
	}
	if (outcome && now === before && before !== after) {
		return { ok: false, error: notTaken(plan, before) };
	}
	const notes = [...sharedNotes(change, plan)];
	if (outcome && now === undefined) notes.push('It could not be read back.');
	if (now !== undefined && now !== after) {
		notes.push(`It was saved as ${after} and has changed since.`);
	}
	const strange = row && plan.relative ? strangeChanges(plan.row, row) : undefined;
	if (strange !== undefined) notes.push(strange);
	return {
		ok: true,
		value: {
			previousQuantity: before,
			quantity: now ?? after,
			...(notes.length > 0 && { note: notes.join(' ') }),
		},
	};
}

function sharedNotes(change: StockChange, { changes }: RowPlan): string[] {
	const later = changes.slice(changes.indexOf(change) + 1);
	if (later.some(({ mode }) => mode === 'set')) {
		return ['A later item of this run sets the same stock; the last one counts.'];
	}
	return changes.length > 1
		? [`${changes.length} items of this run change the same stock; the quantity holds all of them.`]
		: [];
}

/** The shop said that it saved the change, and did not: it does so where warehouses keep the stock. */
function notTaken(plan: RowPlan, before: number): ShopError {
	const call = { method: 'PUT' as const, path: writeOf(plan).path };
	const failure = { kind: 'rejected' as const, sent: true, code: CODES.notDone };
	return new ShopError(failure, call, {
		...explain(failure, call),
		reason: `The shop answered that it saved the stock, but it still holds ${before}.`,
		fix: 'Where warehouses are switched on, change the stock in the warehouse; else look at it in the panel and try again.',
	});
}

/** The failure with what is known about the stock. */
function withKnown(
	{ state, error }: Exclude<Written, { state: 'saved' }>,
	before: number,
	now: number | undefined,
): unknown {
	if (!(error instanceof ShopError)) return error;
	const { failure, call, explanation } = error;
	const holds = now === undefined ? '' : ` The shop holds ${now}.`;
	const isLost = failure.sent && ['timeout', 'network'].includes(failure.kind);
	const untouched = state === 'refused' && (now === undefined || now === before);
	const known = untouched
		? isLost
			? 'This stock had not changed when the node looked, but the shop may still be at work. Check it before you repeat this.'
			: 'This stock was not changed.'
		: `It is not known whether this change was carried out; it was ${before} before.${holds} Check it before you repeat this.`;
	// After an unclear answer the general advice is to look, which has been done.
	const advice = didNotAnswerClearly(error) ? '' : explanation.fix;
	return new ShopError(failure, call, { ...explanation, fix: `${known} ${advice}`.trim() });
}

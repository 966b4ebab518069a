import { anyOf } from '../api/conditions';
import { writeInBatches } from '../../shared/writing/batchWrite';
import type { Holding, Written } from '../../shared/writing/batchWrite';
import { InputError, ShopError } from '../../shared/protocol/errors';
import type { JointWork } from '../../shared/actions/operation';
import { settled } from '../../shared/protocol/settled';
import type { Settled } from '../../shared/protocol/settled';
import type { Call, Method } from '../../shared/protocol/call';
import { mayStillAct } from '../../shared/writing/outcome';
import { stockFailure, stockResult } from '../../shared/writing/stock';
import type { QuantityChange, StockResult } from '../../shared/writing/stock';
import { encodeRecords } from '../api/codec';
import type { PrestaShopRecord } from '../api/records';
import type { PrestaShopShop } from '../api/reads';
import { keyRights } from '../api/keyRights';
import { chunk, listing } from '../api/query';
import { extentOf } from '../writing/batches';
import { mayUpdate, writeMethod } from '../writing/verbs';

/** What one item wants done to a stock row. */
export interface StockChange extends QuantityChange {
	/** The row as it was read. */
	row: PrestaShopRecord;
}

/**
 * Rows in one request. The shop saves them one by one in some milliseconds each, and a slow host
 * must still finish within PHP's usual time limit of 30 seconds.
 */
const ROWS_PER_REQUEST = 100;

const LOOK_PAUSE_MS = 2_000;

/** All changes to one row, in item order, and what they add up to. */
interface RowPlan {
	row: PrestaShopRecord;
	before: number;
	after: number;
	changes: StockChange[];
}

/**
 * Writes the stock changes of all items in few requests: a row that several items name is written
 * once. Changes by an amount add up in item order; after a "set", only what follows counts.
 */
export const writeStock = stockWriter(LOOK_PAUSE_MS);

/** @param pauseMs between two looks at a shop that may still be writing */
export function stockWriter(
	pauseMs: number,
): JointWork<PrestaShopRecord, StockChange, StockResult> {
	return async (shop, changes) => await write(shop, changes, pauseMs);
}

async function write(
	shop: PrestaShopShop,
	changes: readonly StockChange[],
	pauseMs: number,
): Promise<Array<Settled<StockResult>>> {
	const plans = planned(changes);
	const writes = [...plans.values()].filter(
		({ before, after }) => before !== after && isStorable(after),
	);
	const outcomes = new Map<RowPlan, Written>();
	const held = new Map<string, number>();
	// The shop may still work on a request whose answer was lost.
	let mayGoOn = false;
	if (writes.length > 0) {
		const rights = await keyRights(shop, (each) => mayUpdate(each, 'stock_availables'));
		const method = writeMethod(rights, 'stock_availables');
		const written = await writeInBatches(writes, {
			size: ROWS_PER_REQUEST,
			send: async (batch) => {
				const sent = await settled(async () => await shop.send(writing(method, batch)));
				if (sent.ok) return undefined;
				mayGoOn ||= !(sent.error instanceof ShopError) || mayStillAct(sent.error);
				throw sent.error;
			},
			extentOf,
			look: async (batch) => {
				const now = await quantities(shop, batch);
				return batch.map((plan) => holding(plan, now.get(plan.row.id ?? '')));
			},
			pauseMs,
		});
		for (const [at, plan] of writes.entries()) {
			const outcome = written[at];
			if (outcome) outcomes.set(plan, outcome);
		}
		const read = await settled(async () => await quantities(shop, [...plans.values()]));
		if (read.ok) for (const [id, quantity] of read.value) held.set(id, quantity);
	}
	return changes.map((change) => {
		const plan = plans.get(change.row.id ?? '');
		if (!plan) return { ok: false, error: new Error('The stock row has no ID.') };
		if (!isStorable(plan.after)) return { ok: false, error: tooLarge(plan) };
		const now = held.get(change.row.id ?? '');
		const outcome = outcomes.get(plan);
		if (outcome && outcome.state !== 'saved' && now !== plan.after) {
			return { ok: false, error: stockFailure(outcome, plan.before, now, mayGoOn) };
		}
		return { ok: true, value: stockResult(change, plan, outcome !== undefined, now) };
	});
}

/** Adds the changes up, row by row. */
function planned(changes: readonly StockChange[]): Map<string, RowPlan> {
	const plans = new Map<string, RowPlan>();
	for (const change of changes) {
		const id = change.row.id ?? '';
		const before = Number(change.row.quantity);
		const plan = plans.get(id) ?? { row: change.row, before, after: before, changes: [] };
		plan.after = change.mode === 'set' ? change.quantity : plan.after + change.quantity;
		plan.changes.push(change);
		plans.set(id, plan);
	}
	return plans;
}

/** The column is a signed 32-bit number (section 5.9). */
function isStorable(quantity: number): boolean {
	return Math.abs(quantity) < 2 ** 31;
}

function tooLarge({ row, after }: RowPlan): InputError {
	return new InputError(
		`The stock of product ${String(row.id_product)} would become ${after}, more than PrestaShop can store.`,
		'Check the quantity.',
	);
}

/** PATCH touches the quantity alone; PUT must repeat every field as read (section 4.5). */
function writing(method: Method, batch: readonly RowPlan[]): Call {
	const records = batch.map(({ row, after }) => ({
		...(method === 'PUT' ? row : { id: row.id }),
		quantity: String(after),
	}));
	return {
		method,
		// The IDs in the body decide, whatever the address says (section 4.2).
		path: ['stock_availables', batch[0]?.row.id ?? ''],
		body: {
			contentType: 'text/xml; charset=utf-8',
			text: encodeRecords('stock_available', records),
		},
	};
}

function holding({ before, after }: RowPlan, now: number | undefined): Holding {
	if (now === after) return 'new';
	// A row that is gone was not saved either.
	return now === before || now === undefined ? 'old' : 'other';
}

/** Quantities by row ID as they are now; look-ups remember, so they are of no use here. */
async function quantities(
	shop: PrestaShopShop,
	plans: readonly RowPlan[],
): Promise<Map<string, number>> {
	const found = new Map<string, number>();
	for (const ids of chunk(plans.map(({ row }) => row.id ?? ''))) {
		const { first } = listing({
			resource: 'stock_availables',
			where: [anyOf('id', ids)],
			display: ['id', 'quantity'],
		});
		for (const { id, quantity } of await shop.records(first)) found.set(id ?? '', Number(quantity));
	}
	return found;
}

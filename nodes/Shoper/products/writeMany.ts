import { NotStarted } from '../../shared/actions/jointWrites';
import type { JointWork } from '../../shared/actions/operation';
import { settled } from '../../shared/protocol/settled';
import type { Settled } from '../../shared/protocol/settled';
import { writeInBatches } from '../../shared/writing/batchWrite';
import type { Written } from '../../shared/writing/batchWrite';
import { doneAnyway, mayHaveActed } from '../../shared/writing/outcome';
import { notSaved } from '../../shared/writing/update';
import type { UpdateOptions, Updated } from '../../shared/writing/update';
import { ShopError } from '../../shared/protocol/errors';
import type { ShoperRecord } from '../api/codec';
import { anyOf } from '../api/conditions';
import { chunk, pagedListing } from '../api/query';
import type { ShoperShop } from '../api/reads';
import { BULK_SIZE, bulkPut, extentOf, toWritten } from '../writing/bulk';
import { differences } from '../writing/recordChanges';
import { isVariant } from './simplify';
import { stocksOfProduct } from './view';
import { joined, noStock, updateProductRecord } from './write';
import type { ProductChanges } from './write';

/** What one item wants changed. */
export interface ProductChange extends ProductChanges {
	/** The product as it was read in this run. */
	before: ShoperRecord;
	options: UpdateOptions;
}

type ProductUpdated = Updated<ShoperRecord>;

type Outcome = Settled<ProductUpdated>;

/** A price or weight that is to be sent. */
interface RowPlan {
	change: ProductChange;
	row: ShoperRecord;
	planned: ProductUpdated['changed'];
}

const LOOK_PAUSE_MS = 2_000;

/**
 * Changes products. Prices and weights of many go out together, as rows of `product-stocks`: up to 25 in a
 * request, with one look at all of them before and one after. What else of a product changes is written
 * one product after the other, with all the care that texts need.
 */
export const updateProducts = productUpdater(LOOK_PAUSE_MS);

/** @param pauseMs between two looks at a shop that may still be writing */
export function productUpdater(
	pauseMs: number,
): JointWork<ShoperRecord, ProductChange, ProductUpdated> {
	return async (shop, changes, stopOnFailure = false) => {
		const outcomes = new Map<ProductChange, Outcome>();
		const named = new Set<string>();
		const isJoint = (change: ProductChange) => {
			const id = idOf(change);
			if (changes.length === 1 || Object.keys(change.product).length > 0 || named.has(id))
				return false;
			named.add(id);
			return true;
		};
		const joint = changes.filter(isJoint);
		const rest = changes.filter((change) => !joint.includes(change));
		for (const [change, outcome] of await writeRows(shop, joint, { pauseMs, stopOnFailure })) {
			outcomes.set(change, outcome);
		}
		for (const change of rest) {
			shop.forget();
			const failed = [...outcomes.values()].some(({ ok }) => !ok);
			outcomes.set(
				change,
				stopOnFailure && failed
					? notStarted()
					: await settled(
							async () => await updateProductRecord(shop, idOf(change), change, change.options),
						),
			);
		}
		// What look-ups found is from before the changes.
		shop.forget();
		return changes.map((change) => outcomes.get(change) ?? notStarted());
	};
}

const idOf = ({ before }: ProductChange) => String(before.product_id);

const notStarted = (): Outcome => ({ ok: false, error: new NotStarted('Not started.') });

async function writeRows(
	shop: ShoperShop,
	changes: readonly ProductChange[],
	{ pauseMs, stopOnFailure }: { pauseMs: number; stopOnFailure: boolean },
): Promise<Map<ProductChange, Outcome>> {
	const outcomes = new Map<ProductChange, Outcome>();
	const due: RowPlan[] = [];
	const rows = await Promise.all(
		changes.map(async (change) => await settled(async () => await baseRow(shop, idOf(change)))),
	);
	for (const [at, change] of changes.entries()) {
		const read = rows[at];
		if (!read?.ok) {
			if (read) outcomes.set(change, read);
			continue;
		}
		const planned = differences(read.value, change.stock);
		const { dryRun = false, onlyIfChanged = true } = change.options;
		const isSame = Object.keys(planned).length === 0;
		if (dryRun || (isSame && onlyIfChanged)) {
			const reason = isSame && onlyIfChanged ? 'nothing to change' : 'dry run';
			const unsent = { record: read.value, changed: planned, written: false, reason, warnings: [] };
			outcomes.set(change, { ok: true, value: joined(unchanged(change), unsent) });
		} else {
			due.push({ change, row: read.value, planned });
		}
	}
	if (stopOnFailure && [...outcomes.values()].some(({ ok }) => !ok)) {
		for (const { change } of due) outcomes.set(change, notStarted());
		return outcomes;
	}
	for (const [{ change }, outcome] of await send(shop, due, pauseMs)) outcomes.set(change, outcome);
	return outcomes;
}

async function send(
	shop: ShoperShop,
	due: readonly RowPlan[],
	pauseMs: number,
): Promise<Map<RowPlan, Outcome>> {
	// What changes nothing could not be told from what was saved, and is believed to be.
	const written = await writeInBatches(due, {
		size: BULK_SIZE,
		independent: true,
		send: async (batch) => {
			const writes = batch.map(({ change, row }) => ({
				path: ['product-stocks', String(row.stock_id)],
				body: change.stock,
			}));
			return (await bulkPut(shop, writes)).map(toWritten);
		},
		extentOf,
		look: async (batch) => {
			const now = await rowsNow(shop, batch);
			return batch.map((plan) => {
				const held = now.get(String(plan.row.stock_id)) ?? {};
				if (isStored(plan, held)) return 'new';
				return hasChanged(plan, held) ? 'other' : 'old';
			});
		},
		pauseMs,
	});
	const read = await settled(async () => await rowsNow(shop, due));
	const now = read.ok ? read.value : new Map<string, ShoperRecord>();
	return new Map(
		due.map((plan, at) => [plan, resultOf(plan, written[at], now.get(String(plan.row.stock_id)))]),
	);
}

function resultOf(
	plan: RowPlan,
	outcome: Written | undefined,
	after: ShoperRecord | undefined,
): Outcome {
	const error = outcome && outcome.state !== 'saved' ? outcome.error : undefined;
	const unclear = mayHaveActed(error) ? error : undefined;
	if (error && (!after || !isStored(plan, after))) {
		if (unclear && after && !hasChanged(plan, after))
			return { ok: false, error: notSaved(unclear) };
		return { ok: false, error };
	}
	const record = after ?? { ...plan.row, ...plan.change.stock };
	const real = differences(plan.row, record);
	const missing = Object.keys(differences(record, plan.change.stock, { numerals: true }));
	const isNamed = ([name]: [string, unknown]) => Object.hasOwn(plan.change.stock, name);
	const entries = Object.entries(real);
	const stock = {
		record,
		changed: Object.fromEntries(entries.filter(isNamed)),
		alsoChanged: Object.fromEntries(entries.filter((entry) => !isNamed(entry))),
		written: true,
		warnings: [
			...(unclear instanceof ShopError ? [doneAnyway(unclear, 'did save the record')] : []),
			...(after ? [] : ['The record could not be read afterwards.']),
			...missing.map((field) => `The shop stored something else in ${field} than it was given.`),
		],
	};
	return { ok: true, value: joined(unchanged(plan.change), stock) };
}

function unchanged({ before }: ProductChange): ProductUpdated {
	return { record: before, changed: {}, alsoChanged: {}, written: false, warnings: [] };
}

function isStored({ change }: RowPlan, held: ShoperRecord): boolean {
	return Object.keys(differences(held, change.stock, { numerals: true })).length === 0;
}

function hasChanged({ row, change }: RowPlan, held: ShoperRecord): boolean {
	return Object.keys(differences(row, held)).some((name) => Object.hasOwn(change.stock, name));
}

async function baseRow(shop: ShoperShop, productId: string): Promise<ShoperRecord> {
	const row = (await shop.find(stocksOfProduct, productId)).find((each) => !isVariant(each));
	if (row) return row;
	throw noStock(productId);
}

/** Rows by ID as they are now; look-ups remember, so they are of no use here. */
async function rowsNow(
	shop: ShoperShop,
	plans: readonly RowPlan[],
): Promise<Map<string, ShoperRecord>> {
	const found = new Map<string, ShoperRecord>();
	for (const ids of chunk(plans.map(({ row }) => String(row.stock_id)))) {
		const where = [anyOf('stock_id', ids.map(Number))];
		const rows = await shop.list(pagedListing({ resource: 'product-stocks', where }));
		for (const row of rows) found.set(String(row.stock_id), row);
	}
	return found;
}

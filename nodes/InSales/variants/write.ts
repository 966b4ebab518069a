import type { IDataObject } from 'n8n-workflow';

import { lookUntil } from '../../shared/reading/lookUntil';
import type { JointWork } from '../../shared/actions/operation';
import { settled } from '../../shared/protocol/settled';
import type { Settled } from '../../shared/protocol/settled';
import type { Difference } from '../../shared/writing/update';
import { mayHaveActed, withAdvice } from '../../shared/writing/outcome';
import { encode, idOf, rowsIn } from '../api/codec';
import type { InSalesRecord } from '../api/codec';
import type { InSalesShop } from '../api/reads';
import { productsByIds } from '../products/reads';
import { differences } from '../writing/recordChanges';
import type { NamedValues } from '../writing/recordChanges';
import type { VariantRow } from './rows';

/** The rows of one input item. */
export interface VariantChange {
	rows: readonly VariantRow[];
	/** Reads afterwards what took effect. */
	readBack: boolean;
	/** How long to wait for the shop to carry the changes out, in milliseconds. */
	patienceMs: number;
}

/**
 * What became of a row: `applied` was seen, `unchanged` was so before, `accepted` was not looked at,
 * `notApplied` is still not so, `failed` was refused or lost on the way.
 */
export type RowState = 'applied' | 'unchanged' | 'accepted' | 'notApplied' | 'failed';

/** The result of one row. */
export interface RowResult extends IDataObject {
	variantId: string;
	productId: string | null;
	state: RowState;
	/** Fields whose value differs from before. */
	changed: Record<string, Difference>;
}

/** Most variants in one request (InSales API reference, section 5.7). */
const ROWS_PER_REQUEST = 100;

/** All that is wanted of one variant, from all rows in their order. */
interface Plan extends VariantRow {
	readBack: boolean;
	/** Not sent, because it holds all values already. */
	isUnchanged: boolean;
	error?: unknown;
}

/**
 * Writes prices and stock of the variants of all items, 100 per request; a variant that several rows name
 * is written once, the later row counts. The shop works through them in its own time and reports no failure
 * (InSales API reference, pitfall 13), so it is looked what took effect. Values are absolute: sending them
 * again does no harm.
 */
export const writeVariants: JointWork<InSalesRecord, VariantChange, RowResult[]> = async (
	shop,
	changes,
) => {
	const plans = planned(changes);
	const writes = [...plans.values()].filter(({ isUnchanged }) => !isUnchanged);
	for (let at = 0; at < writes.length; at += ROWS_PER_REQUEST) {
		const batch = writes.slice(at, at + ROWS_PER_REQUEST);
		const sent = await settled(async () => await send(shop, batch));
		// After a refusal of one batch the next may still do; after an unclear answer looking tells.
		if (!sent.ok) for (const plan of batch) plan.error = sent.error;
	}
	const patience = Math.max(0, ...changes.map(({ patienceMs }) => patienceMs));
	const watched = writes.filter((plan) => plan.readBack && !isRefused(plan));
	const now = await settled(async () => await watch(shop, watched, patience));
	return changes.map(({ rows }): Settled<RowResult[]> => {
		const mine = rows.flatMap(({ variantId }) => plans.get(variantId) ?? []);
		const failed = mine.filter((plan) => plan.error !== undefined && !isApplied(plan, now));
		// One row among others must not hide what became of them.
		const [first] = failed;
		if (first && failed.length === mine.length) return { ok: false, error: told(first, now) };
		return { ok: true, value: mine.map((plan) => resultOf(plan, now)) };
	});
};

/** Adds up the rows, variant by variant. */
function planned(changes: readonly VariantChange[]): Map<string, Plan> {
	const plans = new Map<string, Plan>();
	for (const { rows, readBack } of changes) {
		for (const row of rows) {
			const known = plans.get(row.variantId);
			const values = { ...known?.values, ...row.values };
			const before = known?.before ?? row.before;
			plans.set(row.variantId, {
				variantId: row.variantId,
				productId: known?.productId ?? row.productId,
				before,
				values,
				readBack: readBack || known?.readBack === true,
				isUnchanged: before !== undefined && isSame(before, values),
			});
		}
	}
	return plans;
}

function isSame(variant: InSalesRecord, values: NamedValues): boolean {
	return Object.keys(differences(variant, values)).length === 0;
}

async function send(shop: InSalesShop, batch: readonly Plan[]): Promise<void> {
	const variants = batch.map(({ variantId, values }) => ({ id: Number(variantId), ...values }));
	await shop.send({
		method: 'PUT',
		path: ['products', 'variants_group_update'],
		body: encode(undefined, { variants }),
	});
}

/** The shop surely did not take the row. */
function isRefused({ error }: Plan): boolean {
	return error !== undefined && !mayHaveActed(error);
}

/** Looks at variants until all have their values or the patience is used up; what was seen, by ID. */
async function watch(
	shop: InSalesShop,
	plans: readonly Plan[],
	patienceMs: number,
): Promise<ReadonlyMap<string, InSalesRecord>> {
	const seen = new Map<string, InSalesRecord>();
	const isDone = (plan: Plan) => {
		const variant = seen.get(plan.variantId);
		return variant !== undefined && isSame(variant, plan.values);
	};
	if (plans.length === 0) return seen;
	await lookUntil(
		async () => {
			const open = plans.filter((plan) => !isDone(plan));
			const ids = [...new Set(open.flatMap(({ productId }) => productId ?? []))];
			for (const product of await productsByIds(shop, ids)) {
				for (const variant of rowsIn(product.variants)) seen.set(idOf(variant), variant);
			}
		},
		() => plans.every(isDone),
		patienceMs,
	);
	return seen;
}

type Seen = Settled<ReadonlyMap<string, InSalesRecord>>;

function isApplied({ variantId, values }: Plan, now: Seen): boolean {
	const variant = now.ok ? now.value.get(variantId) : undefined;
	return variant !== undefined && isSame(variant, values);
}

/** Why a row failed, with what is known about the variant. */
function told(plan: Plan, now: Seen): unknown {
	const { error } = plan;
	if (!mayHaveActed(error)) return error;
	const looked = plan.readBack && now.ok;
	const state = looked ? 'So far the variant has not changed.' : 'Nobody looked what came of it.';
	return withAdvice(error, `${state} The values are absolute: sending them again does no harm.`);
}

function resultOf(plan: Plan, now: Seen): RowResult {
	const { variantId, productId = null, before, values, readBack, isUnchanged } = plan;
	const changed = before === undefined ? {} : differences(before, values);
	const about = { variantId, productId };
	if (isUnchanged) return { ...about, state: 'unchanged', changed };
	if (plan.error !== undefined && !isApplied(plan, now)) {
		const error = told(plan, now);
		return {
			...about,
			state: 'failed',
			changed,
			warning: error instanceof Error ? error.message : String(error),
		};
	}
	if (!readBack) {
		const note =
			'The shop took the change and carries it out later; it was not looked whether it did.';
		return { ...about, state: 'accepted', changed, note };
	}
	if (isApplied(plan, now)) return { ...about, state: 'applied', changed };
	if (!now.ok) {
		const warning = 'The shop took the change, but reading the variant afterwards failed.';
		return { ...about, state: 'accepted', changed, warning };
	}
	const variant = now.value.get(variantId);
	const open = variant === undefined ? {} : differences(variant, values);
	const fields = Object.keys(variant === undefined ? values : open).join(', ');
	const warning = `The shop took the change but has not carried it out: ${fields}. It may still be working on it, or have dropped it without a word, as it does with values it does not accept.`;
	return { ...about, state: 'notApplied', changed, warning };
}

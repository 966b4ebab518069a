import { ShopError } from '../../shared/protocol/errors';
import { settled } from '../../shared/protocol/settled';
import type { Settled } from '../../shared/protocol/settled';
import { writeInBatches } from '../../shared/writing/batchWrite';
import type { Written } from '../../shared/writing/batchWrite';
import { NotStarted } from '../../shared/actions/jointWrites';
import type { JointWork } from '../../shared/actions/operation';
import { mayHaveActed } from '../../shared/writing/outcome';
import { notReadBack, notSaved } from '../../shared/writing/update';
import type { UpdateOptions } from '../../shared/writing/update';
import { encodeRecord } from '../api/codec';
import type { PrestaShopShop } from '../api/reads';
import type { PrestaShopRecord } from '../api/records';
import { batchSize } from './batchSize';
import { extentOf } from './batches';
import { isNotFound } from '../../shared/reading/permissions';
import type { NamedValues } from './recordChanges';
import { updateRecord } from './update';
import { effectOf, planUpdate, updateCall, updateWay, updatedAs } from './updatePlan';
import type { RecordUpdated, UpdatePlan, UpdateWay } from './updatePlan';
import { readManyWhole } from './wholeRecords';

/** What one item wants changed. */
export interface RecordChange {
	resource: string;
	id: string;
	named: NamedValues;
	options: UpdateOptions;
}

type Outcome = Settled<RecordUpdated>;

const LOOK_PAUSE_MS = 2_000;

/**
 * Changes the named fields of many records, each as `updateRecord` does, in few requests: they are
 * read in lists, several go into one request, and lists show what came of it. A record that several
 * items name is changed once after the other.
 */
export const updateRecords = recordUpdater(LOOK_PAUSE_MS);

/** @param pauseMs between two looks at a shop that may still be writing */
export function recordUpdater(
	pauseMs: number,
): JointWork<PrestaShopRecord, RecordChange, RecordUpdated> {
	return async (shop, changes, stopOnFailure = false) => {
		const outcomes = new Map<RecordChange, Outcome>();
		let left = [...changes];
		while (left.length > 0) {
			const named = new Set<string>();
			const isFirst = ({ resource, id }: RecordChange) => {
				const name = `${resource} ${id}`;
				return !named.has(name) && named.add(name);
			};
			const round = left.filter(isFirst);
			left = left.filter((change) => !round.includes(change));
			for (const resource of new Set(round.map((change) => change.resource))) {
				const group = round.filter((change) => change.resource === resource);
				const done = await updateGroup(shop, resource, group, { pauseMs, stopOnFailure });
				group.forEach((change, at) => {
					const outcome = done[at];
					if (outcome) outcomes.set(change, outcome);
				});
			}
		}
		return changes.map((change) => outcomes.get(change) ?? unknownOutcome());
	};
}

const unknownOutcome = (): Outcome => ({
	ok: false,
	error: new Error('The change has no outcome.'),
});

/** Changes records of one resource, each named once. */
async function updateGroup(
	shop: PrestaShopShop,
	resource: string,
	group: readonly RecordChange[],
	{ pauseMs, stopOnFailure }: { pauseMs: number; stopOnFailure: boolean },
): Promise<Outcome[]> {
	const [only, ...others] = group;
	if (only && others.length === 0) {
		const { id, named, options } = only;
		return [await settled(async () => await updateRecord(shop, resource, id, named, options))];
	}
	const opened = await settled(async () => await updateWay(shop, resource, only?.id ?? ''));
	if (!opened.ok) return group.map(() => opened);
	const way = opened.value;
	const ids = group.map(({ id }) => id);
	const before = await readManyWhole(shop, resource, ids, way.languages);
	const planned = await Promise.all(
		group.map(
			async (change) =>
				await settled(async () => {
					const read = before.get(change.id);
					if (!read?.ok) throw read?.error ?? new Error(`${resource} ${change.id} was not read.`);
					return await planUpdate(shop, way, change, read.value, change.options);
				}),
		),
	);
	if (stopOnFailure && planned.some(({ ok }) => !ok)) {
		return planned.map((each) =>
			each.ok ? { ok: false, error: new NotStarted('Not started.') } : each,
		);
	}
	const plans = planned.flatMap((each) =>
		each.ok && 'plan' in each.value ? [each.value.plan] : [],
	);
	const made = await write(shop, way, plans, pauseMs);
	return planned.map((each) => {
		if (!each.ok) return each;
		if ('done' in each.value) return { ok: true, value: each.value.done };
		return made.get(each.value.plan) ?? unknownOutcome();
	});
}

/** Writes what differs in batches; what is sent although it changes nothing goes alone, as nothing shows its fate. */
async function write(
	shop: PrestaShopShop,
	way: UpdateWay,
	plans: readonly UpdatePlan[],
	pauseMs: number,
): Promise<Map<UpdatePlan, Outcome>> {
	const unclear = new Map<UpdatePlan, ShopError>();
	const size = batchSize<UpdatePlan>(({ before, body }) => encodeRecord(before.node, body).length);
	const send = async (batch: readonly UpdatePlan[]) => {
		const sent = await settled(async () => await size.timed(shop.send(updateCall(way, batch))));
		for (const plan of batch) unclear.delete(plan);
		if (sent.ok) return undefined;
		const { error } = sent;
		if (mayHaveActed(error)) for (const plan of batch) unclear.set(plan, error);
		throw error;
	};
	const read = async (batch: readonly UpdatePlan[]) => {
		const ids = batch.map(({ id }) => id);
		return await readManyWhole(shop, way.resource, ids, way.languages);
	};
	const changing = plans.filter(({ outcome }) => Object.keys(outcome.changed).length > 0);
	const written = await writeInBatches(changing, {
		size: size.next,
		send,
		extentOf,
		look: async (batch) => {
			const now = await read(batch);
			return batch.map((plan) => {
				const seen = now.get(plan.id);
				// What is gone was not saved either.
				if (!seen || (!seen.ok && isNotFound(seen.error))) return 'old';
				if (!seen.ok) throw seen.error;
				const { missing, hasChanged } = effectOf(way, plan, seen.value.record);
				if (missing.length === 0) return 'new';
				return hasChanged ? 'other' : 'old';
			});
		},
		pauseMs,
	});
	const states = new Map<UpdatePlan, Written>(
		changing.flatMap((plan, at) => (written[at] ? [[plan, written[at]] as const] : [])),
	);
	for (const plan of plans.filter((each) => !changing.includes(each))) {
		const sent = await settled(async () => await send([plan]));
		if (sent.ok) states.set(plan, { state: 'saved' });
		else states.set(plan, { state: unclear.has(plan) ? 'unclear' : 'refused', error: sent.error });
	}
	const after = await read(plans.filter((plan) => states.get(plan)?.state !== 'refused'));
	return new Map(
		await Promise.all(
			plans.map(
				async (plan): Promise<[UpdatePlan, Outcome]> => [
					plan,
					await settled(async () => {
						const state = states.get(plan);
						const why = unclear.get(plan);
						if (state?.state === 'refused') throw why ? notSaved(why) : state.error;
						const now = after.get(plan.id);
						if (!now?.ok) throw notReadBack(why, updateCall(way, [plan]));
						return updatedAs(way, plan, now.value.record, why);
					}),
				],
			),
		),
	);
}

import { anyOf } from '../api/conditions';
import type { JointWork } from '../../shared/actions/operation';
import { InputError, ShopError } from '../../shared/protocol/errors';
import type { Call } from '../../shared/protocol/call';
import { settled } from '../../shared/protocol/settled';
import type { Settled } from '../../shared/protocol/settled';
import { writeInBatches } from '../../shared/writing/batchWrite';
import type { Extent, Holding, Written } from '../../shared/writing/batchWrite';
import { mayHaveActed, withAdvice } from '../../shared/writing/outcome';
import type { Difference, Updated } from '../../shared/writing/update';
import { encodeRecords } from '../api/codec';
import { keyRights } from '../api/keyRights';
import type { PrestaShopRecord } from '../api/records';
import { chunk, listing } from '../api/query';
import type { PrestaShopShop } from '../api/reads';
import { tickRight } from '../api/rights';
import { sameValue, toWire } from './fieldRules';
import { writeMethod } from './verbs';
import { writeProfileOf } from './writeProfiles';

/** Records in one request: the shop saves them one by one in some milliseconds each. */
export const RECORDS_PER_REQUEST = 100;

/** Between two looks at a shop that may still be writing. */
export const LOOK_PAUSE_MS = 2_000;

/**
 * Records are saved one by one, and the first that is refused ends the request: those before it are
 * saved, none of the rest (recorded exchanges 892, 899, 908). Wrong rights and IDs are noticed before.
 */
export function extentOf(error: unknown): Extent {
	if (!(error instanceof ShopError)) return 'unknown';
	const { kind, sent, code } = error.failure;
	const early = ['credential', 'permission', 'disabled', 'notShop', 'redirect', 'busy'];
	if (!sent || early.includes(kind) || code === 'FIREWALL') return 'none';
	return kind === 'rejected' || kind === 'notFound' ? 'untilRefusal' : 'unknown';
}

/** What a batch writer needs to know of a resource. */
export interface BatchResource {
	resource: string;
	/** Singular, for the body. */
	node: string;
}

function body({ node }: BatchResource, records: readonly PrestaShopRecord[]): Call['body'] {
	return { contentType: 'text/xml; charset=utf-8', text: encodeRecords(node, [...records]) };
}

/**
 * Creates the records of all items in few requests, each once: what an unclear answer leaves open is
 * looked for among the records that are newer than the newest before, and never sent again.
 *
 * @param fields what a new record is recognised by
 */
export function creator(
	target: BatchResource,
	fields: readonly string[],
): JointWork<PrestaShopRecord, PrestaShopRecord, PrestaShopRecord> {
	return async (shop, records) => await createAll(shop, target, fields, records);
}

async function createAll(
	shop: PrestaShopShop,
	target: BatchResource,
	fields: readonly string[],
	records: readonly PrestaShopRecord[],
): Promise<Array<Settled<PrestaShopRecord>>> {
	const { resource } = target;
	const { first } = listing({ resource, display: ['id'], order: 'newest', limit: 1 });
	const newest = Number((await shop.records(first))[0]?.id ?? 0);
	const made = new Map<PrestaShopRecord, PrestaShopRecord>();
	let extent: Extent = 'none';
	const outcomes = await writeInBatches(records, {
		size: RECORDS_PER_REQUEST,
		send: async (batch) => {
			const call: Call = { method: 'POST', path: [resource], body: body(target, batch) };
			const sent = await settled(async () => await shop.records(call));
			if (!sent.ok) {
				extent = extentOf(sent.error);
				throw sent.error;
			}
			for (const [at, record] of batch.entries()) {
				const answer = sent.value[at];
				if (answer) made.set(record, answer);
			}
			return undefined;
		},
		extentOf,
		look: async (batch) => {
			const display = ['id', ...fields];
			const newer = await shop.list(listing({ resource, afterId: newest, display }));
			const free = newer.filter(({ id }) => ![...made.values()].some((each) => each.id === id));
			return batch.map((record): Holding => {
				const at = free.findIndex((each) => isSame(resource, fields, each, record));
				const [found] = at < 0 ? [] : free.splice(at, 1);
				if (found) made.set(record, found);
				// Of a shop that may still be at work, what is not there may come: it is not sent again.
				return found ? 'new' : extent === 'untilRefusal' ? 'old' : 'other';
			});
		},
		pauseMs: LOOK_PAUSE_MS,
	});
	return outcomes.map((outcome, at) => created(outcome, made.get(records[at] ?? {})));
}

function created(
	outcome: Written,
	record: PrestaShopRecord | undefined,
): Settled<PrestaShopRecord> {
	if (outcome.state === 'saved') return { ok: true, value: record ?? {} };
	const { error } = outcome;
	if (!mayHaveActed(error)) return { ok: false, error };
	const advice =
		outcome.state === 'refused'
			? 'The record was not created.'
			: 'It is not known whether the record was created. Look for it before you repeat this.';
	return { ok: false, error: withAdvice(error, advice) };
}

function isSame(
	resource: string,
	fields: readonly string[],
	a: PrestaShopRecord,
	b: PrestaShopRecord,
): boolean {
	const { rules } = writeProfileOf(resource);
	return fields.every((field) => {
		const [one, other] = [a[field], b[field] ?? ''];
		return typeof one === 'string' && typeof other === 'string'
			? sameValue(one, other, rules[field])
			: JSON.stringify(one) === JSON.stringify(other);
	});
}

/** A change of one plain record: a resource without texts in several languages. */
export interface PlainChange {
	/** The record as it was read. */
	before: PrestaShopRecord;
	/** New values in the shop's form. */
	next: Readonly<Record<string, string>>;
}

/** What became of a change. */
export type PlainUpdated = Updated<PrestaShopRecord>;

/** New values in the shop's form, checked against the record: the shop ignores misspelt fields. */
export async function plainValues(
	shop: PrestaShopShop,
	resource: string,
	named: Readonly<Record<string, unknown>>,
): Promise<Record<string, string>> {
	const { rules } = writeProfileOf(resource);
	const { generation } = await keyRights(shop);
	return Object.fromEntries(
		Object.entries(named).map(([name, value]) => [
			name,
			toWire(name, value, rules[name], generation),
		]),
	);
}

/** The fields that a change makes different. */
export function plainDifferences(
	resource: string,
	before: PrestaShopRecord,
	after: Readonly<Record<string, unknown>>,
): Record<string, Difference> {
	const { rules } = writeProfileOf(resource);
	const found: Record<string, Difference> = {};
	for (const [name, now] of Object.entries(after)) {
		const old = before[name];
		if (name === 'date_upd' || typeof now !== 'string' || typeof old !== 'string') continue;
		if (!sameValue(old, now, rules[name])) found[name] = { before: old, after: now };
	}
	return found;
}

/**
 * Changes the records of all items in few requests: PATCH with what is named, else PUT with the whole
 * record as it was read. Afterwards all are read again; what an unclear answer leaves open is looked at.
 */
export function updater(
	target: BatchResource,
): JointWork<PrestaShopRecord, PlainChange, PlainUpdated> {
	return async (shop, changes) => await updateAll(shop, target, changes);
}

async function updateAll(
	shop: PrestaShopShop,
	target: BatchResource,
	changes: readonly PlainChange[],
): Promise<Array<Settled<PlainUpdated>>> {
	const { resource } = target;
	const method = writeMethod(await keyRights(shop), resource);
	const now = new Map<string, PrestaShopRecord>();
	const read = async (batch: readonly PlainChange[]) => {
		for (const each of await recordsNow(shop, resource, batch)) now.set(each.id ?? '', each);
	};
	const outcomes = await writeInBatches(changes, {
		size: RECORDS_PER_REQUEST,
		send: async (batch) => {
			const records = batch.map(({ before, next }) => ({
				...(method === 'PUT' ? sentBack(resource, before) : { id: before.id }),
				...next,
			}));
			// The IDs in the body decide, whatever the address says (section 4.2).
			const path = [resource, batch[0]?.before.id ?? ''];
			await shop.send({ method, path, body: body(target, records) });
			return undefined;
		},
		extentOf,
		look: async (batch) => {
			await read(batch);
			return batch.map(({ before, next }): Holding => {
				const held = now.get(before.id ?? '') ?? {};
				if (Object.keys(plainDifferences(resource, held, next)).length === 0) return 'new';
				const touched = plainDifferences(resource, before, pick(held, Object.keys(next)));
				return Object.keys(touched).length === 0 ? 'old' : 'other';
			});
		},
		pauseMs: LOOK_PAUSE_MS,
	});
	const reread = await settled(async () => await read(changes));
	return changes.map(({ before, next }, at): Settled<PlainUpdated> => {
		const outcome = outcomes[at];
		if (outcome && outcome.state !== 'saved') return { ok: false, error: outcome.error };
		const after = now.get(before.id ?? '') ?? { ...before, ...next };
		const missing = Object.keys(plainDifferences(resource, after, next));
		const warnings = [
			...(reread.ok ? [] : ['The record could not be read back.']),
			...missing.map((name) => `The shop stored something else in ${name} than it was given.`),
		];
		return {
			ok: true,
			value: {
				record: after,
				changed: plainDifferences(resource, before, pick(after, Object.keys(next))),
				written: true,
				method,
				warnings,
			},
		};
	});
}

/**
 * A record as a PUT sends it back. Associations that are left out stay as they are (recorded exchange
 * 868), NULL columns stay NULL only when they are left out.
 */
function sentBack(resource: string, before: PrestaShopRecord): PrestaShopRecord {
	const { computed, nullable } = writeProfileOf(resource);
	const entries = Object.entries(before).filter(
		([field, value]) =>
			field !== 'associations' &&
			!computed.includes(field) &&
			!(value === '' && nullable.includes(field)),
	);
	const texts = entries.find(([, value]) => Array.isArray(value));
	if (!texts) return Object.fromEntries(entries);
	throw new InputError(
		`An update by PUT could lose the texts in "${texts[0]}" of languages that are switched off.`,
		tickRight(resource, 'PATCH'),
	);
}

function pick(record: PrestaShopRecord, names: readonly string[]): Record<string, unknown> {
	return Object.fromEntries(names.map((name) => [name, record[name]]));
}

async function recordsNow(
	shop: PrestaShopShop,
	resource: string,
	batch: readonly PlainChange[],
): Promise<PrestaShopRecord[]> {
	const found: PrestaShopRecord[] = [];
	for (const ids of chunk(batch.map(({ before }) => before.id ?? ''))) {
		found.push(...(await shop.list(listing({ resource, where: [anyOf('id', ids)] }))));
	}
	return found;
}

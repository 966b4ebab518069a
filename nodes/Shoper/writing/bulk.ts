import { ShopError } from '../../shared/protocol/errors';
import { settled } from '../../shared/protocol/settled';
import type { Settled } from '../../shared/protocol/settled';
import type { Extent, Written } from '../../shared/writing/batchWrite';
import { mayHaveActed } from '../../shared/writing/outcome';
import type { Call, Reply } from '../../shared/protocol/call';
import { parseJson } from '../../shared/text/userInput';
import { isRecord, jsonBody } from '../api/codec';
import { errorTexts } from '../api/errorTexts';
import type { ShoperShop } from '../api/reads';

/** One write among several: path below the API's root and JSON body. */
export interface BulkWrite {
	path: readonly string[];
	body: Readonly<Record<string, unknown>>;
}

/** Most operations in one call (Shoper REST reference 4). */
export const BULK_SIZE = 25;

/** Operations of a first call: a bucket of the documented size takes them even if each is counted. */
const CAREFUL_SIZE = 10;

/** What a run has learned about the shop's bulk calls. */
interface BulkMemory {
	size: number;
	/** Whether each operation may be counted as a request. */
	isCounted: boolean;
	/** Whether the shop has them. */
	works: boolean;
}

/** HTTP status of what came too soon. */
const TOO_MANY = 429;

/**
 * Carries out independent PUTs with as few calls as the shop allows, and tells for each how it ended:
 * operations of a bulk call are independent, and one that fails has its own code (section 4).
 *
 * @throws ShopError when the first call fails as a whole, so that nothing is known about any of them
 */
export async function bulkPut(
	shop: ShoperShop,
	writes: readonly BulkWrite[],
): Promise<Array<Settled<unknown>>> {
	const memory = await shop.once(
		'bulk',
		async (): Promise<BulkMemory> => ({
			size: CAREFUL_SIZE,
			isCounted: true,
			works: true,
		}),
	);
	const outcomes: Array<Settled<unknown>> = [];
	while (outcomes.length < writes.length) {
		const part = writes.slice(outcomes.length, outcomes.length + memory.size);
		if (part.length === 1 || !memory.works) {
			outcomes.push(...(await singly(shop, part)));
			continue;
		}
		const call = { ...bulkCall(part), cost: memory.isCounted ? part.length : 1 };
		const sent = await settled(async () => await shop.send(call));
		if (sent.ok) {
			memory.isCounted = countsEach(sent.value, part.length);
			memory.size = memory.isCounted ? sizeOfBucket(sent.value) : BULK_SIZE;
			outcomes.push(...(await outcomesIn(shop, sent.value, call, part)));
			continue;
		}
		if (isNoBulk(sent.error)) {
			memory.works = false;
			continue;
		}
		// Of the parts before, the outcome is known; whoever asks must hear it.
		if (outcomes.length === 0) throw sent.error;
		const { error } = sent;
		outcomes.push(...writes.slice(outcomes.length).map(() => ({ ok: false as const, error })));
	}
	return outcomes;
}

function bulkCall(part: readonly BulkWrite[]): Call {
	const operations = part.map(({ path, body }, at) => ({
		id: `${at}`,
		path: `/webapi/rest/${path.map(encodeURIComponent).join('/')}`,
		method: 'PUT',
		body,
	}));
	return { method: 'POST', path: ['bulk'], body: jsonBody(operations) };
}

/** The shop refuses bulk calls as such; each write alone tells what is wrong, if anything is. */
function isNoBulk(error: unknown): boolean {
	return (
		error instanceof ShopError &&
		['rejected', 'notFound', 'permission'].includes(error.failure.kind)
	);
}

/**
 * Whether a bulk call counts as one request or as many is not known (section 4): a bucket that holds
 * less than there were operations has not counted each of them.
 */
function countsEach({ headers }: Reply, operations: number): boolean {
	return Number(headers['x-shop-api-calls'] ?? 0) >= operations;
}

/** Operations of a call that a bucket takes when it counts each of them. */
function sizeOfBucket({ headers }: Reply): number {
	const limit = Number(headers['x-shop-api-limit'] ?? CAREFUL_SIZE);
	return Math.max(1, Math.min(BULK_SIZE, limit));
}

async function outcomesIn(
	shop: ShoperShop,
	reply: Reply,
	call: Call,
	part: readonly BulkWrite[],
): Promise<Array<Settled<unknown>>> {
	const answers = answersIn(reply);
	const outcomes: Array<Settled<unknown>> = [];
	for (const [at, write] of part.entries()) {
		const answer = answers.get(`${at}`);
		if (answer?.status === TOO_MANY) {
			// Not carried out, and nothing says when it may be: alone it waits as long as it has to.
			outcomes.push(...(await singly(shop, [write])));
		} else {
			outcomes.push(answer ? await outcomeOf(shop, answer, write) : unanswered(call));
		}
	}
	return outcomes;
}

/** Answers by the ID of their operation: their order is not that of the operations. */
function answersIn({ text }: Reply): Map<string, Reply> {
	const parsed = parseJson(text);
	const items = isRecord(parsed) ? parsed.items : parsed;
	const list: unknown[] = Array.isArray(items)
		? items
		: isRecord(items)
			? Object.values(items)
			: [];
	return new Map(
		list.flatMap((item) => {
			if (!isRecord(item)) return [];
			const reply = {
				status: Number(item.code),
				headers: {},
				text: item.body === undefined ? '' : JSON.stringify(item.body),
			};
			return [[String(item.id), reply] as const];
		}),
	);
}

async function outcomeOf(
	shop: ShoperShop,
	reply: Reply,
	{ path }: BulkWrite,
): Promise<Settled<unknown>> {
	const error = await shop.errorIn(reply, { method: 'PUT', path });
	return error ? { ok: false, error } : { ok: true, value: undefined };
}

function unanswered(call: Call): Settled<unknown> {
	const failure = { kind: 'malformed' as const, sent: true, status: 200 };
	return { ok: false, error: new ShopError(failure, call, errorTexts(failure, call)) };
}

/** Failures that all writes of a kind share: the rest would only repeat them. */
const SHARED = ['credential', 'disabled', 'notShop', 'permission', 'redirect', 'busy'];

async function singly(
	shop: ShoperShop,
	writes: readonly BulkWrite[],
): Promise<Array<Settled<unknown>>> {
	const outcomes: Array<Settled<unknown>> = [];
	let shared: Settled<unknown> | undefined;
	for (const { path, body } of writes) {
		const call: Call = { method: 'PUT', path, body: jsonBody(body) };
		const outcome = shared ?? (await settled(async () => await shop.send(call)));
		outcomes.push(outcome);
		if (outcome.ok || !(outcome.error instanceof ShopError)) continue;
		const { kind, refused } = outcome.error.failure;
		// An object that somebody is editing says nothing about the others.
		if (SHARED.includes(kind) && refused !== true) shared = outcome;
	}
	return outcomes;
}

/** How the write of a record ended. */
export function toWritten(outcome: Settled<unknown>): Written {
	if (outcome.ok) return { state: 'saved' };
	const { error } = outcome;
	return { state: mayHaveActed(error) ? 'unclear' : 'refused', error };
}

/** What a call that failed as a whole says about the records in it. */
export function extentOf(error: unknown): Extent {
	return error instanceof ShopError && !mayHaveActed(error) ? 'none' : 'unknown';
}

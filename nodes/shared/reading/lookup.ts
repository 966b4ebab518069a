import { sleep } from 'n8n-workflow';

import type { Listing } from './listing';
import { someWait } from './turn';
import { ShopError } from '../protocol/errors';
import type { Call } from '../protocol/call';
import type { FailureKind } from '../protocol/failure';

/**
 * Finding records by the value of one field, for many items at once. Pure data: says which calls
 * serve a set of values, and which records belong to which value.
 */
export interface Lookup<R> {
	/** Equal for look-ups that may share a request. */
	id: string;
	/**
	 * The calls that together find all `values`, split so that no address gets too long. Throws
	 * `InputError` for a value the shop cannot search for.
	 */
	calls(values: readonly string[]): Array<LookupCall<R>>;
	/** The value a record belongs to. */
	keyOf(record: R): string;
	/** Brings a value to the form `keyOf` gives (the shop may ignore case). */
	normalise(value: string): string;
}

/** A call that serves several values; `pages` says how to read on where one answer may not hold all. */
export interface LookupCall<R> {
	values: readonly string[];
	call: Call;
	pages?: Listing<R>;
}

/** How the search for values that spoil a request goes. */
interface Search {
	failures: number;
	/** Whether the shop answered anything: as long as it does not, the fault is probably not in the values. */
	answered: boolean;
}

/** Failed requests after which no more values are searched for the fault. */
const MAX_FAILURES = 64;

/**
 * What an application, a firewall or a damaged record gives; a wrong key, a missing right, a busy or
 * silent shop concern all values alike.
 */
const OF_ONE_VALUE: readonly FailureKind[] = [
	'server',
	'malformed',
	'rejected',
	'notShop',
	'tooLarge',
];

function mayLieInOneValue(error: unknown): boolean {
	return (
		error instanceof ShopError && error.failure.sent && OF_ONE_VALUE.includes(error.failure.kind)
	);
}

/** The same failure with the value that causes it: the item may have asked for something else. */
function naming(error: unknown, { path }: Call, value: string): unknown {
	if (!(error instanceof ShopError)) return error;
	const { failure, call, explanation } = error;
	const reason = `${explanation.reason} It happens with "${value}" in ${path.join('/')}.`;
	return new ShopError(failure, call, { ...explanation, reason });
}

interface Waiting<R> {
	resolve(records: R[]): void;
	reject(error: unknown): void;
}

/**
 * Gathers look-ups of the same kind that are asked for in the same moment and serves them with as
 * few requests as the addresses allow. Answers are remembered for the run: the same value is
 * never asked for twice.
 */
export class Coalescer<R> {
	private readonly answers = new Map<string, Promise<R[]>>();

	private pending = new Map<string, Waiting<R>>();

	constructor(
		private readonly lookup: Lookup<R>,
		private readonly fetch: (call: Call, pages: Listing<R> | undefined) => Promise<R[]>,
	) {}

	/** All records that belong to `value`; empty when there is none. */
	async get(value: string): Promise<R[]> {
		const key = this.lookup.normalise(value);
		let answer = this.answers.get(key);
		if (answer === undefined) {
			// A value that cannot be searched for is refused here, alone, and spoils nobody's batch.
			this.lookup.calls([value]);
			answer = new Promise<R[]>((resolve, reject) => {
				if (this.pending.size === 0) void this.flushSoon();
				this.pending.set(value, { resolve, reject });
			});
			this.answers.set(key, answer);
		}
		return await answer;
	}

	/** Takes records for the answers to their values: each value belongs to one record at most. */
	learn(records: readonly R[]): void {
		for (const record of records) {
			const key = this.lookup.normalise(this.lookup.keyOf(record));
			if (!this.answers.has(key)) this.answers.set(key, Promise.resolve([record]));
		}
	}

	private async flushSoon(): Promise<void> {
		// A timer of zero runs after everything that is already able to run, so every item that was
		// started together has asked by then; very many take turns, some more in each.
		do await sleep(0);
		while (someWait());
		const batch = this.pending;
		this.pending = new Map();
		const search: Search = { failures: 0, answered: false };
		try {
			const calls = this.lookup.calls([...batch.keys()]);
			await Promise.all(calls.map(async (call) => await this.serve(call, batch, search)));
		} catch (error) {
			for (const { reject } of batch.values()) reject(error);
		}
		// Whoever no call answered must not wait for ever; answered ones ignore this.
		for (const { resolve } of batch.values()) resolve([]);
	}

	/**
	 * Serves the values of one request. When it fails for a reason that may lie in one of them, its
	 * halves are asked for, and so on: only the value that spoils a request fails, and is named.
	 */
	private async serve(
		{ values, call, pages }: LookupCall<R>,
		batch: ReadonlyMap<string, Waiting<R>>,
		search: Search,
		isPart = false,
	): Promise<void> {
		try {
			// The parts of a request that failed are many: only a single value is worth repeats.
			const sent = isPart && values.length > 1 ? { ...call, once: true } : call;
			const groups = this.group(await this.fetch(sent, pages && { ...pages, first: sent }));
			search.answered = true;
			for (const value of values) {
				batch.get(value)?.resolve(groups.get(this.lookup.normalise(value)) ?? []);
			}
		} catch (error) {
			const most = search.answered ? MAX_FAILURES : Math.log2(batch.size) + 3;
			search.failures++;
			if (values.length > 1 && mayLieInOneValue(error) && search.failures < most) {
				const half = Math.ceil(values.length / 2);
				for (const part of [values.slice(0, half), values.slice(half)]) {
					for (const each of this.lookup.calls(part)) {
						await this.serve(each, batch, search, true);
					}
				}
				return;
			}
			const isCulprit = isPart && values.length === 1 && search.answered;
			for (const value of values) {
				batch.get(value)?.reject(isCulprit ? naming(error, call, value) : error);
			}
		}
	}

	private group(records: R[]): Map<string, R[]> {
		const groups = new Map<string, R[]>();
		for (const record of records) {
			const key = this.lookup.normalise(this.lookup.keyOf(record));
			const group = groups.get(key);
			if (group) group.push(record);
			else groups.set(key, [record]);
		}
		return groups;
	}
}

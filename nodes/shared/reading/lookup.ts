import { sleep } from 'n8n-workflow';

import type { Listing } from './pageWalk';
import type { Call } from '../protocol/vendor';

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

	private async flushSoon(): Promise<void> {
		// A timer of zero runs after everything that is already able to run, so every item that was
		// started together has asked by then.
		await sleep(0);
		const batch = this.pending;
		this.pending = new Map();
		const serve = async ({ values, call, pages }: LookupCall<R>) => {
			try {
				const groups = this.group(await this.fetch(call, pages));
				for (const value of values) {
					batch.get(value)?.resolve(groups.get(this.lookup.normalise(value)) ?? []);
				}
			} catch (error) {
				for (const value of values) batch.get(value)?.reject(error);
			}
		};
		try {
			await Promise.all(this.lookup.calls([...batch.keys()]).map(serve));
		} catch (error) {
			for (const { reject } of batch.values()) reject(error);
		}
		// Whoever no call answered must not wait for ever; answered ones ignore this.
		for (const { resolve } of batch.values()) resolve([]);
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

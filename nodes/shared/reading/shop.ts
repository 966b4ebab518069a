import { Coalescer } from './lookup';
import type { Lookup } from './lookup';
import type { Listing } from './listing';
import { RIGHTS, memoryOf, nextMoment } from './shopMemory';
import type { Refusals, Remembered } from './shopMemory';
import { collect, walk } from './pageWalk';
import type { Step, Unreadable } from './pageReader';
import { openTransport } from '../http/transport';
import type { Context, Transport } from '../http/transport';
import type { Vendor } from '../protocol/vendor';
import { isWrite } from '../protocol/call';
import type { Call } from '../protocol/call';
import { ShopError } from '../protocol/errors';

/** One shop during one run: what operations, pickers and triggers ask. */
export interface Shop<R> extends Transport<R> {
	/**
	 * Records of a list, page by page, at most `limit`. A record that cannot be read fails the list, or
	 * is left out with a warning where nothing is decided by what is missing.
	 */
	list(listing: Listing<R>, limit?: number, unreadable?: Unreadable): Promise<R[]>;
	/** The pages of a list, for who may stop before its end, or wants to know where it goes on. */
	pages(listing: Listing<R>, unreadable?: Unreadable): AsyncIterable<Step<R>>;
	/** Records found by a field's value; look-ups of many items share requests. */
	find(lookup: Lookup<R>, value: string): Promise<R[]>;
	/** Takes whole records that were read otherwise for what a look-up by their own key would find. */
	learn(lookup: Lookup<R>, records: readonly R[]): void;
	/** Forgets what look-ups found, so that the next ones see the effects of writes. */
	forget(): void;
	/** Loads something once per run, however many items ask for it. */
	once<T>(key: string, load: () => Promise<T>): Promise<T>;
	/**
	 * Reference data, read once a minute for all runs with the credential ({@link ShopMemory}).
	 *
	 * @param isEnough whether what was read before this run will do; it is read anew when not
	 */
	remember<T>(
		what: Remembered,
		load: () => Promise<T>,
		isEnough?: (value: T) => boolean,
	): Promise<T>;
	/** Forgets what was remembered of a resource; writes to it do so by themselves. */
	unlearn(resource: string): void;
	/** Resources that the credential was refused lately; whoever reads the rights anew clears them. */
	readonly refusals: Pick<Refusals, 'has' | 'add' | 'clear'>;
	/** Tells the user something about this run that ends nothing: "record 7 could not be read". */
	warn(text: string): void;
	/** What was warned of in this run, each text once, in all parts of the shop. */
	readonly warnings: ReadonlySet<string>;
	/** A part that does not come in time is left out, and said so: a record without it is better than none. */
	readonly leavesOutLate: boolean;
	/** Query parameters that every call carries; empty for the whole shop. */
	readonly scope: Readonly<Record<string, string>>;
	/**
	 * The same shop with query parameters added to every call, and a memory of its own: what was
	 * found in one part of a shop says nothing about another. Equal parameters give the same part.
	 */
	confinedTo(query: Readonly<Record<string, string>>): Shop<R>;
}

/** What `Shop.once` loaded, by part of the shop and key. */
export type OnceMemory = Map<string, Promise<unknown>>;

/** How a shop is opened. */
export interface Opening {
	/** Epoch ms at which everything ends. */
	deadline?: number;
	leavesOutLate?: boolean;
	/** Is told the longest that requests take, by method and resource, in milliseconds. */
	durations?: Map<string, number>;
	/** What an earlier run has loaded once. */
	loaded?: OnceMemory;
}

/** Binds a vendor to an n8n context and its credential. */
export async function openShop<R>(
	context: Context,
	vendor: Vendor<R>,
	{ deadline, durations, ...opening }: Opening = {},
): Promise<Shop<R>> {
	return shopOver(await openTransport(context, vendor, deadline, durations), {}, opening);
}

/** Adds lists, look-ups and per-run memory to a transport. */
export function shopOver<R>(
	transport: Transport<R>,
	scope: Readonly<Record<string, string>> = {},
	{ leavesOutLate = false, loaded = new Map() }: Pick<Opening, 'leavesOutLate' | 'loaded'> = {},
	warnings = new Set<string>(),
	shared = memoryOf(transport.owner),
): Shop<R> {
	const parts = new Map<string, Shop<R>>();
	const coalescers = new Map<string, Coalescer<R>>();
	const opened = nextMoment();
	const scopeText = JSON.stringify(scope);
	const referenceIn = (resource: string) => `${transport.address.url} remembered ${resource}`;
	const unlearn = (resource: string) => {
		shared.forget(resource);
		for (const name of loaded.keys()) {
			if (name.startsWith(`${referenceIn(resource)} `)) loaded.delete(name);
		}
	};
	/** Sees what an answer says about what is remembered, and hands it on as it is. */
	const unlearning = <T>(call: Call, sent: Promise<T>): Promise<T> => {
		const isWriting = isWrite(call);
		const learn = (error?: unknown) => {
			// A write that failed may have been done all the same.
			if (isWriting) unlearn(call.path[0] ?? '');
			if (error instanceof ShopError && error.failure.kind === 'permission') unlearn(RIGHTS);
		};
		sent.then(() => learn(), learn);
		return sent;
	};
	const send = (call: Call) => unlearning(call, transport.send(call));
	const fetch = (call: Call) => unlearning(call, transport.records(call));
	const { url, account = '' } = transport.address;
	const warn = (text: string) => {
		warnings.add(text);
	};
	const walking = (unreadable: Unreadable = 'fail') => ({
		unreadable,
		warn,
		shop: `${url} ${account}`,
	});
	const coalescerOf = (lookup: Lookup<R>): Coalescer<R> => {
		const known = coalescers.get(lookup.id);
		if (known) return known;
		const coalescer = new Coalescer(lookup, async (call, pages) =>
			pages
				? await collect(fetch, pages, Number.POSITIVE_INFINITY, { unreadable: 'asOne' })
				: await fetch(call),
		);
		coalescers.set(lookup.id, coalescer);
		return coalescer;
	};
	return {
		...transport,
		send,
		records: fetch,
		list: async (listing, limit, unreadable) =>
			await collect(fetch, listing, limit, walking(unreadable)),
		pages: (listing, unreadable) => walk(fetch, listing, walking(unreadable)),
		find: async (lookup, value) => await coalescerOf(lookup).get(value),
		learn: (lookup, records) => coalescerOf(lookup).learn(records),
		forget: () => {
			coalescers.clear();
			for (const part of parts.values()) part.forget();
		},
		once: async <T>(key: string, load: () => Promise<T>): Promise<T> => {
			const name = `${transport.address.url} ${JSON.stringify(scope)} ${key}`;
			let value = loaded.get(name) as Promise<T> | undefined;
			if (value === undefined) {
				value = load();
				loaded.set(name, value);
				// Only a success is remembered: one lost connection must not fail all items that follow.
				value.catch(() => loaded.delete(name));
			}
			return await value;
		},
		remember: async <T>(
			{ resource, key = '', maxAgeMs }: Remembered,
			load: () => Promise<T>,
			isEnough?: (value: T) => boolean,
		): Promise<T> => {
			const what = { resource, key: `${key} ${scopeText}`, maxAgeMs };
			const name = `${referenceIn(resource)} ${what.key}`;
			// Read by this run, or by a slow poll that this one goes on with.
			const held = loaded.get(name) as Promise<T> | undefined;
			if (held) return await held;
			const loadNow = async () => {
				const value = load();
				loaded.set(name, value);
				value.catch(() => loaded.delete(name));
				return await value;
			};
			return await shared.recall(what, loadNow, opened, isEnough);
		},
		unlearn,
		refusals: {
			has: (resource) => shared.refusals.has(`${resource} ${scopeText}`),
			add: (resource) => shared.refusals.add(`${resource} ${scopeText}`),
			clear: () => shared.refusals.clear(),
		},
		warn,
		warnings,
		leavesOutLate,
		scope,
		confinedTo: (query) => {
			const narrower = { ...scope, ...query };
			const key = JSON.stringify(narrower);
			let part = parts.get(key);
			if (!part) {
				const opening = { leavesOutLate, loaded };
				part = shopOver(confined(transport, query), narrower, opening, warnings, shared);
				parts.set(key, part);
			}
			return part;
		},
	};
}

/** A transport that adds parameters to the query of every call. */
function confined<R>(
	transport: Transport<R>,
	query: Readonly<Record<string, string>>,
): Transport<R> {
	const confine = (call: Call): Call => ({ ...call, query: { ...call.query, ...query } });
	return {
		...transport,
		send: async (call) => await transport.send(confine(call)),
		records: async (call) => await transport.records(confine(call)),
	};
}

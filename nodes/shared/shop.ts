import { Coalescer } from './lookup';
import type { Lookup } from './lookup';
import { collect } from './paginate';
import type { Listing } from './paginate';
import { openTransport } from './transport';
import type { Context, Transport } from './transport';
import type { Vendor } from './vendor';

/** One shop during one run: what operations, pickers and triggers ask. */
export interface Shop<R> extends Transport<R> {
	/** Records of a list, page by page, at most `limit`. */
	list(listing: Listing<R>, limit?: number): Promise<R[]>;
	/** Records found by a field's value; look-ups of many items share requests. */
	find(lookup: Lookup<R>, value: string): Promise<R[]>;
	/** Forgets what look-ups found, so that the next ones see the effects of writes. */
	forget(): void;
	/** Loads something once per run, however many items ask for it. */
	once<T>(key: string, load: () => Promise<T>): Promise<T>;
}

/**
 * Binds a vendor to an n8n context and its credential.
 *
 * @param deadline epoch ms after which no request is started
 */
export async function openShop<R>(
	context: Context,
	vendor: Vendor<R>,
	deadline?: number,
): Promise<Shop<R>> {
	return shopOver(await openTransport(context, vendor, deadline));
}

/** Adds lists, look-ups and per-run memory to a transport. */
export function shopOver<R>(transport: Transport<R>): Shop<R> {
	const memory = new Map<string, Promise<unknown>>();
	const coalescers = new Map<string, Coalescer<R>>();
	const fetch = transport.records;
	return {
		...transport,
		list: async (listing, limit) => await collect(fetch, listing, limit),
		find: async (lookup, value) => {
			let coalescer = coalescers.get(lookup.id);
			if (!coalescer) {
				coalescer = new Coalescer(lookup, fetch);
				coalescers.set(lookup.id, coalescer);
			}
			return await coalescer.get(value);
		},
		forget: () => coalescers.clear(),
		once: async <T>(key: string, load: () => Promise<T>): Promise<T> => {
			let value = memory.get(key) as Promise<T> | undefined;
			if (value === undefined) {
				value = load();
				memory.set(key, value);
			}
			return await value;
		},
	};
}

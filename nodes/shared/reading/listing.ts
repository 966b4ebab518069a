import type { Call, Page } from '../protocol/call';
import type { ShopError } from '../protocol/errors';

export type Fetch<R> = (call: Call) => Promise<Page<R>>;

/** How to walk one list, as pure functions on raw records. */
export interface Listing<R> {
	first: Call;
	/** The call behind `page`, which answered `call`; `undefined` when nothing can follow. */
	next(call: Call, page: Page<R>): Call | undefined;
	/** Identity of a record: one that shows up on two pages counts once, as it was read last. */
	keyOf(record: R): string;
	/** Drops rows the shop returned although the condition excludes them. */
	keep?(record: R): boolean;
	/**
	 * Two calls that together bring what follows a full page, and that need not wait for one another: a
	 * range of keys about as long as the page, and what lies behind the range. `undefined` where no range
	 * can be told. Only for lists whose order is that of keys that never change.
	 */
	ahead?(page: Page<R>): Ahead<R> | undefined;
	/** What a page that fails is made of. Without it, `next` alone says where the list ends. */
	parts?: Parts<R>;
	/** The list may know no pages: whatever is asked for, all of it comes. */
	mayLackPages?: boolean;
}

/** What follows a page, as two calls for pages of the same size. */
export interface Ahead<R> {
	/** The records right behind the page. All of them came when the answer is not full, or ends with `end`. */
	range: Call;
	/** Key of the last record that can be in the range. */
	end: string;
	/** Whether a record is in the range: there are hosts that drop a filter they do not like. */
	holds(record: R): boolean;
	/** Those behind the range, to the end of the list. */
	beyond: Call;
}

/** How to ask for a page in parts. */
export interface Parts<R> {
	/** Records a call asks for. */
	sizeOf(call: Call): number;
	/** The same call with another size, of a shop that takes the one asked for as this one. */
	sized(call: Call, size: number): Call;
	/** Asks for at most `size` records from where `call` begins, or from somewhat before. */
	resized(call: Call, size: number): Call;
	/** Fewest records the shop gives at once. */
	smallest: number;
	/**
	 * Records that the shop gives at once for sure, if it has them: a page that is shorter is the last one. A
	 * longer one that is not full may have been cut to a size of the shop's own.
	 */
	surelyGiven: number;
	/** Whether a failure may be helped by smaller pages, where that can be told; it may when absent. */
	helpWith?(error: ShopError): boolean;
	/** Names the records of a call of the smallest size: "the orders after ID 17". */
	nameOf(call: Call): string;
	/**
	 * Gets past a record that cannot be read, the first one of a call for a single one; `undefined` when
	 * the shop gives no other either.
	 */
	pass?(fetch: Fetch<R>, call: Call): Promise<Passed<R> | undefined>;
}

/** What is known of a record that cannot be read, and what was read behind it. */
export interface Passed<R> {
	/** "order 17". */
	name: string;
	/** What stands for it: a record of nothing but its ID, where that is known. */
	standIn?: R;
	/** Records that were read behind it, and the call that brought them. */
	page: Page<R>;
	sent: Call;
}

/**
 * How pages with a number, and lists that always ask for their first page, are asked for in parts. The
 * part begins where its page does, so far as pages of its size do; else somewhat before, with records
 * that were read already.
 *
 * @param names query parameters for the records of a page and for its number, which counts from 1
 */
export function numberedParts(
	names: { size: string; page: string },
	smallest: number,
): Pick<Parts<unknown>, 'sizeOf' | 'sized' | 'resized' | 'smallest'> {
	const sizeOf = ({ query }: Call) => Number(query?.[names.size]);
	const sized = (call: Call, size: number): Call => ({
		...call,
		query: { ...call.query, [names.size]: `${size}` },
	});
	return {
		sizeOf,
		sized,
		resized: (call, size) => {
			const before = (Number(call.query?.[names.page] ?? 1) - 1) * sizeOf(call);
			let fitting = size;
			while (fitting > smallest && before % fitting !== 0) fitting--;
			const part = sized(call, fitting);
			if (before === 0) return part;
			const page = `${Math.floor(before / fitting) + 1}`;
			return { ...part, query: { ...part.query, [names.page]: page } };
		},
		smallest,
	};
}

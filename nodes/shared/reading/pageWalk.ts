import type { Fetch, Listing } from './listing';
import { PageReader } from './pageReader';
import type { Read, Step, WalkOptions } from './pageReader';
import { InputError } from '../protocol/errors';
import type { Call, Page } from '../protocol/call';

/** More pages than any shop needs, and longer than anybody waits: the end of a walk that has none. */
const MAX_PAGES = 10_000;
const MAX_WALK_MS = 60 * 60_000;

/** Most that is held of a list, in characters as it came: a process has little more than a gigabyte. */
const MAX_HELD = 400 * 1024 * 1024;

/** Pages a list must have had before two are asked for at once: most lists end sooner. */
const LONG = 4;

/**
 * Walks a list page by page; whoever reads can stop at any time. A page that fails for a reason that may
 * lie in it is asked for in smaller parts.
 *
 * Throws when the shop keeps answering the same page, or new ones without end: never a silent part.
 */
export async function* walk<R>(
	fetch: Fetch<R>,
	listing: Listing<R>,
	options: WalkOptions = {},
): AsyncGenerator<Step<R>, void, undefined> {
	const reader = new PageReader(fetch, listing, options);
	const extent = new Extent(listing);
	let keysBefore = '';
	let last: Read<R> | undefined;
	for (let call: Call | undefined = listing.first; call !== undefined; ) {
		extent.check();
		const isLong = options.whole === true && extent.pages >= LONG;
		const two = isLong && last ? await reader.readTwo(last) : undefined;
		for (last of two ?? [await reader.read(call)]) {
			const { sent, page, next }: Read<R> = last;
			const keys = JSON.stringify(page.map((record) => listing.keyOf(record)));
			if (page.length > 0 && keys === keysBefore) {
				if (listing.mayLackPages && extent.pages === 1) return;
				throw samePage();
			}
			if (page.length > 0) keysBefore = keys;
			extent.note(page);
			// Where nothing but a record that cannot be read was, the list goes on all the same.
			if (page.length > 0 || next === undefined) yield { page, next };
			if (next !== undefined && JSON.stringify(next) === JSON.stringify(sent)) throw samePage();
			call = next;
		}
	}
}

/**
 * Walks a list until `limit` records are kept. One that shows up on two pages counts once, as it was
 * read last.
 */
export async function collect<R>(
	fetch: Fetch<R>,
	listing: Listing<R>,
	limit = Number.POSITIVE_INFINITY,
	options: WalkOptions = {},
): Promise<R[]> {
	const found = new Map<string, R>();
	let held = 0;
	const whole = limit === Number.POSITIVE_INFINITY;
	for await (const { page } of walk(fetch, listing, { whole, ...options })) {
		const before = found.size;
		for (const record of page) {
			// What was read later is newer: a record edited meanwhile moves on in a list by change date.
			const key = listing.keyOf(record);
			found.delete(key);
			if (listing.keep?.(record) === false) continue;
			found.set(key, record);
			if (found.size >= limit) return [...found.values()];
		}
		held += ((page.size ?? 0) * (found.size - before)) / Math.max(page.length, 1);
		if (held > MAX_HELD) {
			throw endless(listing, `${found.size} records were read, which is more than fits in memory.`);
		}
	}
	return [...found.values()];
}

/** How far a walk has got, and how far it may go. */
class Extent<R> {
	private readonly began = Date.now();

	pages = 0;

	private records = 0;

	private last = '';

	constructor(private readonly listing: Listing<R>) {}

	note(page: Page<R>): void {
		this.pages++;
		this.records += page.length;
		const end = page.at(-1);
		if (end !== undefined) this.last = this.listing.keyOf(end);
	}

	/** Throws where no list of a shop would still go on. */
	check(): void {
		const elapsed = Date.now() - this.began;
		if (this.pages < MAX_PAGES && elapsed < MAX_WALK_MS) return;
		const { pages, records, last, listing } = this;
		const minutes = Math.round(elapsed / 60_000);
		throw endless(
			listing,
			`it did not end after ${pages} pages and ${minutes} minutes; ${records} records were read, the last one ${last}.`,
		);
	}
}

function endless<R>({ first }: Listing<R>, how: string): InputError {
	return new InputError(
		`The list of ${first.path.join('/')} is too long: ${how}`,
		'Ask for fewer records: set a limit, or narrow the filters.',
	);
}

function samePage(): Error {
	return new Error('The shop returned the same page twice; reading on would never end.');
}

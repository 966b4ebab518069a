import type { Fetch, Listing, Parts } from './listing';
import { PageSize, mayLieInPage } from './pageSize';
import { RecentMap } from '../http/recentMap';
import { ShopError } from '../protocol/errors';
import { settled } from '../protocol/settled';
import type { Call, Page } from '../protocol/call';

/**
 * What to do about a record that cannot be read: fail, go on with what stands for it, or without it.
 * `asOne`: pages that fail are not asked for in parts, because whoever asks has another way.
 */
export type Unreadable = 'fail' | 'standIn' | 'leaveOut' | 'asOne';

/** What a walk needs to know besides the list. */
export interface WalkOptions {
	/** Told what was left out. */
	warn?(text: string): void;
	/** `fail` when absent: nobody should decide anything by a list with holes. */
	unreadable?: Unreadable;
	/** Which shop it is, to remember what size of pages it manages. */
	shop?: string;
	/** All of the list is wanted, so that pages may be asked for before it is known that they are needed. */
	whole?: boolean;
}

/** A page, and the call behind it. */
export interface Step<R> {
	page: Page<R>;
	next: Call | undefined;
}

/** Records that cannot be read, in one walk, and before any that can; more are no accident of single ones. */
const MAX_UNREADABLE = 20;
const MAX_UNREADABLE_AT_FIRST = 3;

/** What pages shops have managed, for half an hour: a poll must not run into the same wall each time. */
const sizes = new RecentMap<number>(1_000, 30 * 60_000);

/** A shop that answered nothing at all must not be asked record by record for half an hour. */
const SMALLEST_REMEMBERED = 10;

/** A page, the call it answered, and the one behind it. */
export interface Read<R> extends Step<R> {
	sent: Call;
}

/** Reads the pages of one walk, each in as many parts as it takes. */
export class PageReader<R> {
	private readonly size: PageSize | undefined;

	private readonly memory: string;

	/** Largest page the shop gave. */
	private largest = 0;

	/** Most that the shop gives, whatever is asked for. */
	private granted = Number.POSITIVE_INFINITY;

	private unreadable = 0;

	/** Pages are read one by one: something of two at once did not come as it should. */
	private oneByOne = false;

	constructor(
		private readonly fetch: Fetch<R>,
		private readonly listing: Listing<R>,
		private readonly options: WalkOptions,
	) {
		const { first, parts } = listing;
		this.memory = JSON.stringify([options.shop, first.path, parts?.sizeOf(first)]);
		const known = options.shop === undefined ? undefined : sizes.get(this.memory);
		this.size = parts && new PageSize(parts.smallest, known ?? Number.POSITIVE_INFINITY);
	}

	async read(call: Call): Promise<Read<R>> {
		const { fetch, size } = this;
		const { parts } = this.listing;
		if (!parts || !size) return this.step(call, await fetch(call));
		for (;;) {
			const own = parts.sizeOf(call);
			// A part leads to a part of the same size; whole pages are gone back to when they will do.
			const whole = Math.max(own, parts.sizeOf(this.listing.first));
			const wanted = Math.min(size.size, whole, this.granted);
			const sent = wanted === own ? call : parts.resized(call, wanted);
			const asked = parts.sizeOf(sent);
			const result = await settled(async () => await fetch(size.patience(sent, asked)));
			if (result.ok) {
				size.succeed(asked, result.value.length);
				this.remember();
				return this.step(sent, result.value);
			}
			if (this.options.unreadable === 'asOne' || !mayLieInPage(result.error)) throw result.error;
			if (parts.helpWith?.(result.error) === false) throw result.error;
			if (asked <= parts.smallest) return await this.pass(sent, result.error, parts);
			size.fail(asked);
			this.remember();
		}
	}

	/**
	 * Reads two pages that follow one, at once. `undefined` where the list cannot tell what they are, and
	 * from the first thing on that goes wrong with two: page by page, each failure gets its due.
	 */
	async readTwo(before: Read<R>): Promise<Array<Read<R>> | undefined> {
		const { fetch, size } = this;
		const { ahead, first, parts, keyOf } = this.listing;
		if (this.oneByOne || !ahead || !parts || !size || before.next === undefined) return undefined;
		const asked = parts.sizeOf(first);
		if (parts.sizeOf(before.sent) !== asked || before.page.length !== asked) return undefined;
		if (size.size < asked) return undefined;
		const calls = ahead(before.page);
		if (!calls) return undefined;
		const ask = async (call: Call) =>
			await settled(async () => await fetch(size.patience(call, asked)));
		const [range, beyond] = await Promise.all([ask(calls.range), ask(calls.beyond)]);
		// A range with nothing in it, or with something else, is not believed: hosts drop filters.
		const last = range.ok ? range.value.at(-1) : undefined;
		if (!range.ok || !beyond.ok || last === undefined || !range.value.every(calls.holds)) {
			this.oneByOne = true;
			return undefined;
		}
		size.succeed(asked, range.value.length);
		// Where records lie closer together than before, those behind the range do not follow.
		if (range.value.length >= asked && keyOf(last) !== calls.end)
			return [this.step(calls.range, range.value)];
		// Where they lie so far apart, two pages are hardly more than one.
		if (range.value.length < asked / 2) this.oneByOne = true;
		size.succeed(asked, beyond.value.length);
		return [
			{ sent: calls.range, page: range.value, next: calls.beyond },
			this.step(calls.beyond, beyond.value),
		];
	}

	private step(sent: Call, page: Page<R>): Read<R> {
		const { next, parts } = this.listing;
		if (this.isLast(sent, page)) return { sent, page, next: undefined };
		this.largest = Math.max(this.largest, page.length);
		if (!parts || page.length >= parts.sizeOf(sent)) return { sent, page, next: next(sent, page) };
		// The shop goes by its own size, also in counting pages.
		this.granted = Math.max(page.length, parts.smallest);
		return { sent, page, next: next(parts.sized(sent, this.granted), page) };
	}

	/**
	 * A full page is not the last one, nor is a short one, unless the shop has given more at once: how much
	 * it grants is its own business.
	 */
	private isLast(sent: Call, page: Page<R>): boolean {
		const { parts, mayLackPages } = this.listing;
		if (!parts) return false;
		if (page.length === 0) return true;
		if (page.isLast !== undefined) return page.isLast;
		const size = parts.sizeOf(sent);
		if (page.length > size) return mayLackPages === true;
		return page.length < Math.min(size, Math.max(parts.surelyGiven, this.largest));
	}

	/** Gets past a record that cannot be read, if that is what it is. */
	private async pass(sent: Call, error: ShopError, parts: Parts<R>): Promise<Read<R>> {
		const { fetch, size, options } = this;
		const { unreadable = 'fail', warn } = options;
		const isSilent = error.failure.kind === 'timeout' && !size?.hasAnswered;
		const found =
			isSilent || !parts.pass
				? undefined
				: await settled(
						async () =>
							await parts.pass?.(async (call) => await fetch({ ...call, once: true }), sent),
					);
		const passed = found?.ok ? found.value : undefined;
		if (!passed) throw size?.hasAnswered ? naming(error, parts.nameOf(sent)) : error;
		// The shop answers: an outage that is over by now looked as if the record were to blame.
		const again = await settled(async () => await fetch({ ...sent, once: true }));
		if (again.ok) {
			size?.succeed(parts.sizeOf(sent), again.value.length);
			return this.step(sent, again.value);
		}
		this.unreadable++;
		// Where no record at all can be read, it is not this one.
		if (!size?.hasAnswered && this.unreadable > MAX_UNREADABLE_AT_FIRST) throw error;
		size?.foundCulprit();
		this.remember();
		const { name, standIn, page, sent: sentLast } = passed;
		const all: Page<R> = standIn === undefined ? page : [standIn, ...page];
		const next = all.length === 0 ? undefined : this.listing.next(sentLast, all);
		const canGoOn =
			unreadable === 'leaveOut' || (unreadable === 'standIn' && standIn !== undefined);
		if (!canGoOn || this.unreadable > MAX_UNREADABLE) throw naming(error, name);
		warn?.(`${capitalised(name)} cannot be read and is left out: ${error.explanation.reason}`);
		return { sent, page: unreadable === 'leaveOut' ? page : all, next };
	}

	private remember(): void {
		const { size, memory } = this;
		if (this.options.shop === undefined || !size) return;
		const most = Math.max(size.manageable, SMALLEST_REMEMBERED);
		if (most === Number.POSITIVE_INFINITY) sizes.delete(memory);
		else if (sizes.get(memory) !== most) sizes.set(memory, most);
	}
}

/** The same failure with what causes it. */
function naming({ failure, call, explanation }: ShopError, name: string): ShopError {
	const reason = `${explanation.reason} It happens with ${name}.`;
	return new ShopError(failure, call, { ...explanation, reason });
}

function capitalised(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}

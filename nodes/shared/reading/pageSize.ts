import { isOutOfTime } from '../http/errors';
import { ShopError } from '../protocol/errors';
import type { Call } from '../protocol/call';
import type { FailureKind } from '../protocol/failure';

/**
 * What an overloaded or damaged server gives for a page that is too much for it, or that holds a record
 * it cannot show. A wrong key, a missing right or a busy shop concern pages of all sizes alike.
 */
const OF_ONE_PAGE: readonly FailureKind[] = [
	'server',
	'timeout',
	'network',
	'malformed',
	'tooLarge',
	'notShop',
];

/** Refusals without a word of the shop's own: something in front of it dislikes what is in the page. */
const FIREWALL_STATUSES = [403, 406];

/** The execution was ended. */
const CANCELLED = 'ERR_CANCELED';

/** A page that was given less than this before the time of a poll was over says nothing, in milliseconds. */
const FAIR_MS = 25_000;

/** Whether a page that failed may come when it is asked for in smaller parts. */
export function mayLieInPage(error: unknown): error is ShopError {
	if (!(error instanceof ShopError)) return false;
	const { kind, sent, status = 0, code, isFinal, waitedMs = 0 } = error.failure;
	if (!sent || isFinal || code === CANCELLED) return false;
	if (isOutOfTime(error) && waitedMs < FAIR_MS) return false;
	return OF_ONE_PAGE.includes(kind) || (kind === 'rejected' && FIREWALL_STATUSES.includes(status));
}

/** Pages in a row that came before a larger one is tried. */
const CALM_PAGES = 4;

/**
 * How many records a walk asks for at once. After a failure, halves are asked for until the records of
 * the failed page are read. Was it one record that spoilt it, pages are as large as before; was it
 * their number, they stay small, and one larger page is tried later, in case the failure has passed.
 */
export class PageSize {
	/** Smallest size that failed for a reason that is not known yet, and records of that page still to come. */
	private failed: number | undefined;

	private left = 0;

	private calm = 0;

	private mayGrow = true;

	/** Whether any page came. */
	hasAnswered = false;

	/** @param most largest size that the shop is believed to manage */
	constructor(
		private readonly smallest: number,
		private most: number,
	) {}

	/** Records to ask for next. */
	get size(): number {
		if (this.failed === undefined) {
			return this.mayGrow && this.calm >= CALM_PAGES ? this.most * 2 : this.most;
		}
		// A shop that gave nothing yet may be down: the smallest page tells, without 8 halvings.
		if (!this.hasAnswered) return this.smallest;
		return this.half(this.failed);
	}

	/** Largest size that the shop manages, as far as is known by now. */
	get manageable(): number {
		return this.failed === undefined ? this.most : this.half(this.failed);
	}

	/**
	 * How often a page of `size` is asked for: the smallest in search of a record that cannot be read is
	 * worth repeats, the others are not, because halves will do; nor is what the shop is too slow for.
	 */
	patience(call: Call, size: number): Call {
		const isCulprit = size <= this.smallest && this.hasAnswered;
		if (this.failed !== undefined && !isCulprit) return { ...call, once: true };
		return size > this.smallest ? { ...call, onceIfSlow: true } : call;
	}

	/** Notes that a page of `size` failed. */
	fail(size: number): void {
		if (this.failed === undefined) {
			this.left = size;
			if (size > this.most) this.mayGrow = false;
		}
		this.failed = size;
		this.calm = 0;
	}

	/** Notes that a page of `size` came, with `count` records. */
	succeed(size: number, count: number): void {
		this.hasAnswered = true;
		if (this.failed === undefined) {
			this.most = Math.max(this.most, size);
			this.calm++;
			return;
		}
		this.left -= count;
		if (this.left > 0 && count > 0) return;
		this.most = Math.min(this.most, this.half(this.failed));
		this.failed = undefined;
	}

	/** Notes that one record was the reason of the failures. */
	foundCulprit(): void {
		this.failed = undefined;
		this.calm = 0;
	}

	private half(size: number): number {
		return Math.max(this.smallest, Math.floor(size / 2));
	}
}

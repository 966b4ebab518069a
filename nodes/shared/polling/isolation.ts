import { isOutOfTime } from '../http/errors';
import { InputError, ShopError } from '../protocol/errors';
import { settled } from '../protocol/settled';
import type { FailureKind } from '../protocol/failure';
import type { FeedRow, Resolved } from './stream';

/** A row whose record could not be read, and why. */
export interface Unread {
	unread: unknown;
}

/** What became of a row that was looked at. */
export type Outcome = Resolved | Unread;

export function isUnread(outcome: Outcome): outcome is Unread {
	return typeof outcome === 'object' && 'unread' in outcome;
}

/** Kinds that say something about the shop or the key as a whole, whatever record was asked for. */
const WHOLE_SHOP: readonly FailureKind[] = [
	'busy',
	'credential',
	'disabled',
	'permission',
	'redirect',
];

/** Kinds that pass by themselves: nobody looks for a culprit among the rows of a list then. */
const PASSING: readonly FailureKind[] = ['network', 'timeout'];

/** Answers of gateways and overloaded servers. */
const PASSING_STATUSES = [502, 503, 504];

/** Whether a failure may lie in one of the records that were asked for. */
export function mayBeOneRecord(error: unknown): boolean {
	if (error instanceof InputError) return false;
	return !(error instanceof ShopError) || !WHOLE_SHOP.includes(error.failure.kind);
}

/** The same of a failure that time will not heal. */
export function isLasting(error: unknown): boolean {
	if (!mayBeOneRecord(error)) return false;
	if (!(error instanceof ShopError)) return false;
	const { kind, status } = error.failure;
	return !PASSING.includes(kind) && !PASSING_STATUSES.includes(status ?? 0);
}

/** Whether the shop, the way to it or the set-up has trouble: nothing that concerns one record. */
export function isElsewhere(error: unknown): boolean {
	return !mayBeOneRecord(error) || (error instanceof ShopError && !isLasting(error));
}

/**
 * Whether a failure says that there was no time rather than that a record cannot be read: a record is
 * to blame only when the shop was given half of the poll's time for it.
 */
function isForLackOfTime(error: unknown, pollMs: number): boolean {
	return isOutOfTime(error) && (!error.failure.sent || (error.failure.waitedMs ?? 0) < pollMs / 2);
}

/** Failed attempts of one poll after which the shop is left alone until the next one. */
const MAX_FAILURES = 16;

/**
 * Turns rows into outcomes, jointly. When that fails for a reason that may lie in one record, halves
 * are tried, until each row that cannot be read stands alone.
 */
export class Isolation {
	private failures = 0;

	constructor(
		private readonly resolve: (rows: readonly FeedRow[]) => Promise<Resolved[]>,
		/** Called before rows are tried again: a look-up that failed is not to be answered from memory. */
		private readonly forget: () => void,
		/** When the poll began and when it has to end (epoch ms). */
		private readonly time: { now: number; deadline: number },
	) {}

	/** Outcomes of the rows from the first one on: of all, or of as many as there was time for. */
	async run(rows: readonly FeedRow[]): Promise<Outcome[]> {
		const result = await settled(async () => await this.resolve(rows));
		if (result.ok) return rows.map((_, index) => result.value[index] ?? 'wait');
		const { now, deadline } = this.time;
		const isOver = isForLackOfTime(result.error, deadline - now);
		if (isOver || !mayBeOneRecord(result.error)) throw result.error;
		this.failures++;
		if (rows.length === 1) return [{ unread: result.error }];
		// Which of the rows took all the time is found out by the next poll, one by one.
		if (Date.now() >= deadline) throw result.error;
		this.forget();
		const middle = Math.ceil(rows.length / 2);
		const first = await this.run(rows.slice(0, middle));
		const isEnough = this.failures >= MAX_FAILURES || Date.now() >= deadline;
		if (first.length < middle || isEnough) return first;
		return [...first, ...(await this.run(rows.slice(middle)))];
	}
}

/**
 * Reads `count` rows of a list from `offset` on. When that fails for a lasting reason that may lie in
 * one of them, halves are read, and `readAlone` asks the shop what is known of a row that cannot be read.
 */
export async function inHalves<T>(
	{ offset, count }: { offset: number; count: number },
	read: (offset: number, count: number) => Promise<T[]>,
	readAlone: (offset: number, error: unknown) => Promise<T[]>,
): Promise<T[]> {
	const result = await settled(async () => await read(offset, count));
	if (result.ok) return result.value;
	if (!isLasting(result.error)) throw result.error;
	if (count === 1) {
		const known = await readAlone(offset, result.error);
		// The shop answers: an outage that is over by now looked as if the row were to blame.
		const again = await settled(async () => await read(offset, 1));
		return again.ok ? again.value : known;
	}
	const middle = Math.ceil(count / 2);
	const first = await inHalves({ offset, count: middle }, read, readAlone);
	if (first.length < middle) return first;
	const rest = { offset: offset + middle, count: count - middle };
	return [...first, ...(await inHalves(rest, read, readAlone))];
}

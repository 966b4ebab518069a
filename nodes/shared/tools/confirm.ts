import { createHmac } from 'crypto';

/** Letters and digits of the mark: short enough to be repeated without a slip, long enough not to be guessed. */
const LENGTH = 10;

/**
 * The mark of a change that was looked at: the same record in the same state and the same change give
 * the same one. Nothing is stored; a record that moved meanwhile gives another.
 *
 * @param key what only this node knows
 * @param what tool, record as it is, and the change
 */
export function confirmationOf(key: string, what: unknown): string {
	return createHmac('sha256', key).update(stable(what)).digest('hex').slice(0, LENGTH);
}

/** JSON in which the order of names does not count. */
function stable(value: unknown): string {
	return JSON.stringify(value, (_, each: unknown) =>
		typeof each === 'object' && each !== null && !Array.isArray(each)
			? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
			: each,
	);
}

/** Records in the first request, and the most in one (PrestaShop webservice reference, selling, section 6). */
const FIRST = 50;
const MOST = 200;
const LEAST = 10;

/**
 * How long a request may take, in milliseconds: PHP ends one after 30 seconds as a rule, in the middle
 * of its work.
 */
const SHORT_MS = 4_000;
const LONG_MS = 12_000;

/** Characters of one body; PHP takes 8 MB unless told, small hosts less. */
const MAX_BODY = 1_000_000;

/** Sizes of batches that follow how long the shop takes for them. */
export interface BatchSize<T> {
	/** How many of those that are left go into the next request. */
	next: (left: readonly T[]) => number;
	/** Notes how long a request takes. */
	timed: <R>(sent: Promise<R>) => Promise<R>;
}

/** @param weigh characters of one record in the body */
export function batchSize<T>(weigh: (record: T) => number): BatchSize<T> {
	let most = FIRST;
	return {
		next: (left) => {
			let weight = 0;
			const tooHeavy = left
				.slice(0, most)
				.findIndex((record) => (weight += weigh(record)) > MAX_BODY);
			return tooHeavy < 0 ? most : Math.max(1, tooHeavy);
		},
		timed: async (sent) => {
			const began = Date.now();
			const answer = await sent;
			const took = Date.now() - began;
			if (took < SHORT_MS) most = Math.min(MOST, most * 2);
			if (took > LONG_MS) most = Math.max(LEAST, Math.floor(most / 2));
			return answer;
		},
	};
}

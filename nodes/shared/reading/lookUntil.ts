import { sleep } from 'n8n-workflow';

/** First pause between two looks, in milliseconds; each further one doubles. */
const FIRST_PAUSE_MS = 1_000;

/**
 * Looks at what a shop does in its own time until it is done or the patience is used up; at least
 * once. The last thing seen is returned, done or not.
 *
 * @param patienceMs longest wait in all, in milliseconds
 */
export async function lookUntil<T>(
	look: () => Promise<T>,
	isDone: (seen: T) => boolean,
	patienceMs: number,
): Promise<T> {
	let seen = await look();
	let left = patienceMs;
	for (let pause = FIRST_PAUSE_MS; left > 0 && !isDone(seen); pause *= 2) {
		const wait = Math.min(pause, left);
		await sleep(wait);
		left -= wait;
		seen = await look();
	}
	return seen;
}

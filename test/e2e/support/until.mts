import { setTimeout as sleep } from 'node:timers/promises';

/** Asks again and again until there is an answer; fails with `what` when the time is over. */
export async function until<T>(
	what: string,
	ask: () => Promise<T | undefined | false>,
	limitMs = 30_000,
): Promise<T> {
	const end = Date.now() + limitMs;
	for (;;) {
		const answer = await ask();
		if (answer !== undefined && answer !== false) return answer;
		if (Date.now() > end) throw new Error(`Not within ${limitMs / 1000} s: ${what}`);
		await sleep(150);
	}
}

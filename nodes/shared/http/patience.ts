/** Longest time a timer can be set to, in milliseconds. */
const LONGEST_MS = 2 ** 31 - 1;

/**
 * Calls `act` once, `ms` milliseconds from now, unless the function it returns is called before. Such
 * a timer keeps neither the process alive nor, once called off, anything in memory.
 */
export function after(ms: number, act: () => void): () => void {
	if (ms > LONGEST_MS) return () => {};
	const signal = AbortSignal.timeout(Math.max(0, Math.ceil(ms)));
	signal.addEventListener('abort', act, { once: true });
	return () => signal.removeEventListener('abort', act);
}

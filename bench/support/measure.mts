/** What a job costs, and whether it brought what it should. */

/** A sandbox shop, as far as a measurement needs it. */
interface MeasuredShop {
	control: {
		clearRequests(): void;
		requests(): ReadonlyArray<{ bytes: number; status: number }>;
	};
}

/** What a job brought, counted in records or changes: left out, and brought again. */
export interface Outcome {
	missed: number;
	again: number;
}

/** What a job cost. */
export interface Figures extends Outcome {
	requests: number;
	/** Answers with an error. */
	refused: number;
	/** Bodies of the answers. */
	kilobytes: number;
	seconds: number;
	/** Memory added at the peak. */
	megabytes: number;
	/** Seconds that so many requests take at least where a shop grants only so many. */
	pacedSeconds?: number;
}

/** How often the heap is looked at for its peak, in milliseconds. */
const LOOK_MS = 5;

/**
 * Runs a job once. The memory is the peak of the whole process, the sandbox shop included.
 *
 * @param check compares what the job gave with the shop; without it the job brings nothing to miss
 */
export async function measure<T>(
	{ control }: MeasuredShop,
	job: () => Promise<T>,
	check: (result: T) => Outcome = () => ({ missed: 0, again: 0 }),
): Promise<Figures> {
	control.clearRequests();
	globalThis.gc?.();
	const heap = process.memoryUsage().heapUsed;
	let peak = heap;
	const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().heapUsed)), LOOK_MS);
	const start = performance.now();
	const result = await job();
	const seconds = (performance.now() - start) / 1_000;
	clearInterval(watch);
	const requests = control.requests();
	const bytes = requests.reduce((sum, request) => sum + request.bytes, 0);
	return {
		requests: requests.length,
		refused: requests.filter(({ status }) => status >= 400).length,
		kilobytes: Math.round(bytes / 1_000),
		seconds: Number(seconds.toFixed(2)),
		megabytes: Math.round((peak - heap) / 1_000_000),
		...check(result),
	};
}

/** Compares the IDs of what a job was to bring with those it brought; what it brought besides counts as again. */
export function outcomeOf(wanted: readonly string[]): (got: readonly unknown[]) => Outcome {
	return (got) => {
		const all = new Set(got);
		const found = wanted.filter((id) => all.has(id)).length;
		return { missed: wanted.length - found, again: got.length - found };
	};
}

/** Median time of a small request, in milliseconds: what the sandbox needs for an answer. */
export async function latencyOf(request: () => Promise<unknown>): Promise<number> {
	const times: number[] = [];
	for (let i = 0; i < 51; i++) {
		const start = performance.now();
		await request();
		times.push(performance.now() - start);
	}
	return times.sort((a, b) => a - b)[25] ?? 0;
}

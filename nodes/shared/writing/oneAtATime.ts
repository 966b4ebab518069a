/** How long a finished piece of work is remembered, in milliseconds: longer than any look stays fresh. */
const MEMORY_MS = 60_000;

/** Most keys that are remembered; those of work under way are never dropped. */
const MAX_KEYS = 1_000;

interface Entry {
	/** Settles when the last piece of work is done; never fails. */
	tail: Promise<unknown>;
	/** Pieces under way or waiting. */
	open: number;
	/** When the last piece was done, epoch ms. */
	doneAt: number;
}

const entries = new Map<string, Entry>();

/**
 * Runs pieces of work with the same key one after the other, in this process: what must not be done
 * twice is looked for and done by one run before the next one looks.
 *
 * @param work is told whether another piece with this key ran within the last minute, so that what was
 * seen before is not to be relied on
 */
export async function oneAtATime<T>(
	key: string,
	work: (wasBusy: boolean) => Promise<T>,
): Promise<T> {
	const known = entries.get(key);
	const wasBusy = known !== undefined;
	const entry = known ?? { tail: Promise.resolve(), open: 0, doneAt: 0 };
	entry.open++;
	entries.set(key, entry);
	const run = entry.tail.then(async () => await work(wasBusy));
	entry.tail = run.catch(() => undefined);
	try {
		return await run;
	} finally {
		entry.open--;
		entry.doneAt = Date.now();
		dropOld();
	}
}

function dropOld(): void {
	const finished = [...entries].filter(([, { open }]) => open === 0);
	const spare = entries.size - MAX_KEYS;
	for (const [at, [key, { doneAt }]] of finished.entries()) {
		if (at < spare || Math.abs(Date.now() - doneAt) > MEMORY_MS) entries.delete(key);
	}
}

/** How many keys are remembered, for tests. */
export function keysRemembered(): number {
	return entries.size;
}

/** How an attempt ended. */
export type Settled<T> = { ok: true; value: T } | { ok: false; error: unknown };

/** Runs `attempt` and reports how it ended instead of throwing, for code that decides by the failure. */
export async function settled<T>(attempt: () => Promise<T>): Promise<Settled<T>> {
	try {
		return { ok: true, value: await attempt() };
	} catch (error) {
		return { ok: false, error };
	}
}

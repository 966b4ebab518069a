/** What a live suite has to undo in the shop at its end. Each suite has its own list. */

const undo: Array<() => Promise<void>> = [];

/** Notes what has to be undone at the end, whatever happens. */
export function later(step: () => Promise<void>): void {
	undo.push(step);
}

/** Undoes everything, the last thing first. Names what could not be undone. */
export async function cleanUp(): Promise<string[]> {
	const failures: string[] = [];
	for (let step = undo.pop(); step; step = undo.pop()) {
		try {
			await step();
		} catch (error) {
			failures.push(String(error));
		}
	}
	return failures;
}

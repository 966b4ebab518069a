/** What two workers of n8n do at the same moment: each has a memory of its own. */
import path from 'node:path';

/**
 * Runs `work` twice side by side, each time with a fresh copy of a module and all it imports.
 *
 * @param file from this folder
 */
export async function inTwoProcesses<T>(
	file: string,
	work: (module: unknown) => Promise<T>,
): Promise<T[]> {
	const modules: unknown[] = [];
	for (let copy = 0; copy < 2; copy++) {
		jest.isolateModules(() => {
			modules.push(require(path.join(import.meta.dirname, file)));
		});
	}
	return await Promise.all(modules.map(work));
}

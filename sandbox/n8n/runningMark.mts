import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { answers, attachN8n, isAlive } from './server.mts';

/** Who uses a user folder right now; two n8n on one database would spoil it. */
interface Mark {
	ownerPid: number;
	n8nPid: number;
	n8nUrl: string;
}

/**
 * Looks for an n8n that an earlier start has left behind on the same user folder. One whose owner
 * still runs is reported by its address; one whose owner was killed is ended.
 */
export async function findRunning(file: string): Promise<string | undefined> {
	if (!existsSync(file)) return undefined;
	const mark = JSON.parse(readFileSync(file, 'utf8')) as Mark;
	// The address proves that the process is our n8n: numbers of dead processes are used again.
	if (await answers(`${mark.n8nUrl}/healthz`)) {
		if (isAlive(mark.ownerPid)) return mark.n8nUrl;
		await attachN8n(mark.n8nUrl, mark.n8nPid).stop();
	}
	rmSync(file, { force: true });
	return undefined;
}

/** Notes down the processes of this start. */
export function markRunning(file: string, n8nPid: number, n8nUrl: string): void {
	mkdirSync(dirname(file), { recursive: true });
	const mark: Mark = { ownerPid: process.pid, n8nPid, n8nUrl };
	writeFileSync(file, JSON.stringify(mark));
}

export function unmarkRunning(file: string): void {
	rmSync(file, { force: true });
}

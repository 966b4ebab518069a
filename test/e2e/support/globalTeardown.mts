import { attachN8n } from '../../../sandbox/n8n/server.mts';
import { closeEverything } from './closing.mts';
import { readWorld } from './world.mts';

/** Ends the n8n that runs now, which may be another process than the first one, and the rest. */
export default async function globalTeardown(): Promise<void> {
	const { n8nUrl, n8nPid } = readWorld();
	await attachN8n(n8nUrl, n8nPid).stop();
	await closeEverything();
}

import { DURABLE_SCHEDULER } from '../../../sandbox/n8n/engines.mts';
import { N8nRest } from '../../../sandbox/n8n/rest.mts';
import { attachN8n, startN8n } from '../../../sandbox/n8n/server.mts';
import { changeWorld, readWorld } from './world.mts';

/**
 * n8n has a second engine for polling triggers that is off by default. `E2E_DURABLE_POLLING=1` runs
 * the whole suite with it.
 */
export function engineSettings(): Record<string, string> {
	if (process.env.E2E_DURABLE_POLLING !== '1') return {};
	return { ...DURABLE_SCHEDULER };
}

/** A session in the n8n that runs now. */
export function enterN8n(): N8nRest {
	const { n8nUrl, session } = readWorld();
	return new N8nRest(n8nUrl, session);
}

/** Ends n8n as an administrator would. */
export async function stopN8n(): Promise<void> {
	const { n8nUrl, n8nPid } = readWorld();
	await attachN8n(n8nUrl, n8nPid).stop();
}

/** Starts n8n again on the same data. */
export async function startN8nAgain(): Promise<N8nRest> {
	const { projectFolder, userFolder, logFile, n8nPort } = readWorld();
	const extra = engineSettings();
	const server = await startN8n({ projectFolder, userFolder, logFile, port: n8nPort, extra });
	changeWorld({ n8nUrl: server.url, n8nPid: server.pid });
	return enterN8n();
}

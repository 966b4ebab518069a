import { spawn } from 'node:child_process';
import { appendFileSync, closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { n8nEnvironment, n8nInstallation, nodeBinary } from './environment.mts';
import { anyFreePort } from './ports.mts';

export interface N8nServerOptions {
	projectFolder: string;
	userFolder: string;
	/** A worker runs executions in queue mode; its port answers only whether it is well. */
	role?: 'main' | 'worker';
	port: number;
	logFile: string;
	runCodeNodes?: boolean;
	/** Keeps Ctrl-C in the terminal away from n8n, for a parent that stops n8n itself. */
	ownGroup?: boolean;
	extra?: Record<string, string>;
	/** Gives the start up when aborted. */
	signal?: AbortSignal;
	/** Called now and then while n8n is still starting, with the seconds that have passed. */
	onWaiting?: (seconds: number) => void;
}

export interface N8nServer {
	readonly url: string;
	readonly pid: number;
	/** Resolves when the process is gone, whoever ended it. */
	exited(): Promise<void>;
	/** Asks n8n to finish (SIGTERM) and ends it by force when it does not within the time. */
	stop(): Promise<void>;
	/** Ends n8n at once (SIGKILL), like a power cut. */
	kill(): Promise<void>;
}

const START_LIMIT_MS = 180_000;
const STOP_LIMIT_MS = 15_000;
const WAITING_NOTE_EVERY_MS = 5_000;
const LOOK_EVERY_MS = 100;

/** Starts n8n as a child process and waits until it answers requests and its workflows are active. */
export async function startN8n(options: N8nServerOptions): Promise<N8nServer> {
	const pid = await spawnN8n(options);
	const server = attachN8n(`http://127.0.0.1:${options.port}`, pid);
	try {
		await waitUntilReady(server, options);
	} catch (error) {
		await server.stop();
		throw error;
	}
	return server;
}

/** A handle on an n8n that somebody else has started. */
export function attachN8n(url: string, pid: number): N8nServer {
	return {
		url,
		pid,
		exited: async () => await waitForEnd(pid),
		stop: async () => await end(pid, 'SIGTERM'),
		kill: async () => await end(pid, 'SIGKILL'),
	};
}

/** Whether a process of this number exists. */
export function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}

async function spawnN8n(options: N8nServerOptions): Promise<number> {
	mkdirSync(options.userFolder, { recursive: true });
	mkdirSync(dirname(options.logFile), { recursive: true });
	appendFileSync(options.logFile, `--- n8n starts on port ${options.port}\n`);
	const log = openSync(options.logFile, 'a');
	const installation = n8nInstallation(options.projectFolder);
	const isWorker = options.role === 'worker';
	const health = {
		QUEUE_HEALTH_CHECK_ACTIVE: 'true',
		QUEUE_HEALTH_CHECK_PORT: String(options.port),
		N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
	};
	const child = spawn(
		nodeBinary(options.projectFolder),
		[join(installation, 'node_modules', 'n8n', 'bin', 'n8n'), isWorker ? 'worker' : 'start'],
		{
			detached: options.ownGroup === true && process.platform !== 'win32',
			cwd: options.userFolder,
			stdio: ['ignore', log, log],
			env: n8nEnvironment({
				userFolder: options.userFolder,
				port: options.port,
				brokerPort: await anyFreePort(),
				runCodeNodes: options.runCodeNodes ?? false,
				extra: isWorker ? { ...health, ...options.extra } : options.extra,
			}),
		},
	);
	closeSync(log);
	// Reported below by the missing pid; without a listener it would end this process.
	child.on('error', () => undefined);
	const pid = child.pid;
	if (pid === undefined) throw new Error('n8n could not be started');
	return pid;
}

async function waitUntilReady(server: N8nServer, options: N8nServerOptions): Promise<void> {
	const startedAt = Date.now();
	let nextNote = WAITING_NOTE_EVERY_MS;
	while (Date.now() - startedAt < START_LIMIT_MS) {
		options.signal?.throwIfAborted();
		if (!isAlive(server.pid)) {
			throw new Error(`n8n ended while it was starting:\n${lastLines(options.logFile)}`);
		}
		if (await answers(`${server.url}/healthz/readiness`)) return;
		const passed = Date.now() - startedAt;
		if (passed > nextNote) {
			options.onWaiting?.(Math.round(passed / 1000));
			nextNote += WAITING_NOTE_EVERY_MS;
		}
		await sleep(LOOK_EVERY_MS);
	}
	throw new Error(`n8n did not get ready in time:\n${lastLines(options.logFile)}`);
}

/** Whether this address answers with a success status right now. */
export async function answers(url: string): Promise<boolean> {
	try {
		const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
		await response.arrayBuffer();
		return response.ok;
	} catch {
		return false;
	}
}

async function waitForEnd(pid: number, limitMs = Number.POSITIVE_INFINITY): Promise<void> {
	const until = Date.now() + limitMs;
	while (isAlive(pid) && Date.now() < until) await sleep(LOOK_EVERY_MS);
}

async function end(pid: number, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
	if (!isAlive(pid)) return;
	process.kill(pid, signal);
	await waitForEnd(pid, STOP_LIMIT_MS);
	if (!isAlive(pid)) return;
	process.kill(pid, 'SIGKILL');
	await waitForEnd(pid);
}

/** The end of a log file, for a message about what went wrong. */
export function lastLines(logFile: string, count = 25): string {
	return readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-count).join('\n');
}

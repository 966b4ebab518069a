/** Redis and PostgreSQL, which n8n's queue mode needs, as processes of their own with passing data. */
import { execFileSync, spawn } from 'node:child_process';
import { chownSync, closeSync, existsSync, mkdtempSync, openSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { anyFreePort } from './ports.mts';
import { isAlive, lastLines } from './server.mts';

const START_LIMIT_MS = 30_000;
const LOOK_EVERY_MS = 50;

/** Debian keeps PostgreSQL's server programs away from the path. */
const POSTGRES_FOLDER = '/usr/lib/postgresql';

/** Programs that have to be there, and the Debian package of each. */
const PROGRAMS = { 'redis-server': 'redis-server', initdb: 'postgresql', postgres: 'postgresql' };

type Program = keyof typeof PROGRAMS | 'createdb';

/** PostgreSQL refuses to run as root and then runs as this user, which its package creates. */
const POSTGRES_USER = 'postgres';

/** Why Redis and PostgreSQL cannot be started on this machine; `undefined` when they can. */
export function missingServices(): string | undefined {
	const missing = (Object.keys(PROGRAMS) as Program[]).filter((name) => !find(name));
	if (missing.length > 0) return `not installed: ${missing.join(', ')}`;
	if (isRoot() && !postgresUser()) return `PostgreSQL does not run as root, no "${POSTGRES_USER}"`;
	return undefined;
}

export interface QueueServices {
	readonly redisPort: number;
	readonly postgresPort: number;
	/** Makes an empty database that `n8n` may use. */
	createDatabase(name: string): void;
	/** Ends both and deletes their data. */
	stop(): Promise<void>;
}

/** Starts Redis and PostgreSQL on free ports of 127.0.0.1. */
export async function startServices(): Promise<QueueServices> {
	const folder = mkdtempSync(join(tmpdir(), 'storefronts-services-'));
	const user = isRoot() ? postgresUser() : undefined;
	if (user) chownSync(folder, user.uid, user.gid);
	const running: number[] = [];
	const stop = async () => {
		await Promise.all(running.map(end));
		await rm(folder, { recursive: true, force: true });
	};
	const start = async (name: Program, port: number, options: string[]) => {
		const logFile = join(folder, `${name}.log`);
		const log = openSync(logFile, 'a');
		const child = spawn(path(name), options, {
			cwd: folder,
			stdio: ['ignore', log, log],
			...user,
		});
		closeSync(log);
		child.on('error', () => undefined);
		const { pid } = child;
		if (pid === undefined) throw new Error(`${name} could not be started`);
		running.push(pid);
		await waitForPort(port, pid, logFile);
	};
	try {
		const [redisPort, postgresPort] = [await anyFreePort(), await anyFreePort()];
		const data = join(folder, 'data');
		const initial = ['-D', data, '-U', 'n8n', '-A', 'trust', '-E', 'UTF8', '--no-sync'];
		execFileSync(path('initdb'), initial, { cwd: folder, stdio: 'pipe', ...user });
		const redis = ['--port', String(redisPort), '--bind', '127.0.0.1', '--save', ''];
		await start('redis-server', redisPort, redis);
		const postgres = ['-D', data, '-p', String(postgresPort), '-h', '127.0.0.1', '-k', folder];
		// The tests end n8n, never the machine: nothing has to be forced to the disk.
		await start('postgres', postgresPort, [...postgres, '-F', '-N', '200']);
		const createDatabase = (name: string) => {
			const place = ['-h', '127.0.0.1', '-p', String(postgresPort), '-U', 'n8n'];
			execFileSync(path('createdb'), [...place, name], { cwd: folder, stdio: 'pipe' });
		};
		return { redisPort, postgresPort, createDatabase, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

function isRoot(): boolean {
	return process.getuid?.() === 0;
}

function postgresUser(): { uid: number; gid: number } | undefined {
	try {
		const ask = (what: string) =>
			Number(execFileSync('id', [what, POSTGRES_USER], { encoding: 'utf8', stdio: 'pipe' }));
		return { uid: ask('-u'), gid: ask('-g') };
	} catch {
		return undefined;
	}
}

function find(program: Program): string | undefined {
	const versions = existsSync(POSTGRES_FOLDER) ? readdirSync(POSTGRES_FOLDER) : [];
	const newest = versions.sort((a, b) => Number(b) - Number(a));
	const folders = [
		...(process.env.PATH ?? '').split(delimiter),
		...newest.map((version) => join(POSTGRES_FOLDER, version, 'bin')),
	];
	return folders.map((folder) => join(folder, program)).find((file) => existsSync(file));
}

function path(program: Program): string {
	const file = find(program);
	if (!file) throw new Error(`${program} is not installed`);
	return file;
}

async function waitForPort(port: number, pid: number, logFile: string): Promise<void> {
	const until = Date.now() + START_LIMIT_MS;
	while (!(await isOpen(port))) {
		if (!isAlive(pid) || Date.now() > until) {
			throw new Error(`A service did not start:\n${lastLines(logFile)}`);
		}
		await sleep(LOOK_EVERY_MS);
	}
}

async function isOpen(port: number): Promise<boolean> {
	return await new Promise((resolve) => {
		const socket = connect({ port, host: '127.0.0.1' });
		const answer = (open: boolean) => {
			socket.destroy();
			resolve(open);
		};
		socket.once('connect', () => answer(true));
		socket.once('error', () => answer(false));
	});
}

/** SIGINT ends both quickly: PostgreSQL's "fast shutdown". */
async function end(pid: number): Promise<void> {
	if (isAlive(pid)) process.kill(pid, 'SIGINT');
	const until = Date.now() + START_LIMIT_MS;
	while (isAlive(pid) && Date.now() < until) await sleep(LOOK_EVERY_MS);
	if (isAlive(pid)) process.kill(pid, 'SIGKILL');
}

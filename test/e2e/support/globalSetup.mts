import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProjectFolder } from '../../../sandbox/n8n/environment.mts';
import { installPackedTarball } from '../../../sandbox/n8n/link.mts';
import { anyFreePort } from '../../../sandbox/n8n/ports.mts';
import { N8nRest } from '../../../sandbox/n8n/rest.mts';
import { startN8n } from '../../../sandbox/n8n/server.mts';
import { startPrestaShopSandbox } from '../../../sandbox/prestashop/shop.mts';
import { atTheEnd, closeEverything } from './closing.mts';
import { engineSettings } from './n8n.mts';
import { secondsSince, step } from './report.mts';
import { KEYS, LOGIN, writeWorld } from './world.mts';
import type { World } from './world.mts';

/** Starts what all test files share: a sandbox shop and an n8n with the packed package. */
export default async function globalSetup(): Promise<void> {
	try {
		await setUp();
	} catch (error) {
		await closeEverything();
		throw error;
	}
}

async function setUp(): Promise<void> {
	const projectFolder = findProjectFolder(process.cwd());
	const workFolder = mkdtempSync(join(tmpdir(), 'storefronts-e2e-'));
	const userFolder = join(workFolder, 'home');
	const logFile = join(workFolder, 'n8n.log');
	atTheEnd(async () => {
		keepLog(logFile, projectFolder);
		await rm(workFolder, { recursive: true, force: true });
	});

	const tarball = installPackedTarball(projectFolder, userFolder, join(workFolder, 'pack'));
	step(`installed ${tarball}`);

	const shop = await startPrestaShopSandbox({ port: await anyFreePort() });
	atTheEnd(async () => await shop.close());

	const startedAt = Date.now();
	const n8nPort = await anyFreePort();
	const extra = engineSettings();
	const server = await startN8n({ projectFolder, userFolder, logFile, port: n8nPort, extra });
	step(`n8n ready at ${server.url} after ${secondsSince(startedAt)} (log: ${logFile})`);
	try {
		writeWorld(join(workFolder, 'world.json'), {
			projectFolder,
			workFolder,
			userFolder,
			logFile,
			tarball,
			shopUrl: shop.url,
			n8nPort,
			n8nUrl: server.url,
			n8nPid: server.pid,
			...(await enter(server.url, shop.url)),
		});
	} catch (error) {
		await server.stop();
		// A package that does not load shows only in the log.
		const [, reason] =
			/^(Failed to load package.*\n.*)$/m.exec(readFileSync(logFile, 'utf8')) ?? [];
		throw reason === undefined ? error : new Error(reason, { cause: error });
	}
}

function keepLog(logFile: string, projectFolder: string): void {
	if (!existsSync(logFile)) return;
	const results = join(projectFolder, 'test-results');
	mkdirSync(results, { recursive: true });
	copyFileSync(logFile, join(results, 'n8n.log'));
}

/** Creates the owner of n8n and the credential of the sandbox shop. */
async function enter(
	n8nUrl: string,
	shopUrl: string,
): Promise<Pick<World, 'session' | 'credential'>> {
	const rest = new N8nRest(n8nUrl);
	await rest.enter(LOGIN);
	const name = 'PrestaShop account';
	const data = { shopUrl, apiKey: KEYS.limited };
	const id = await rest.saveCredential(name, 'prestaShopApi', data);
	return { session: rest.session, credential: { id, name } };
}

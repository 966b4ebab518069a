/**
 * `npm start`: demo shops and a real n8n with the nodes of this project, all on this machine.
 *
 * The state of n8n (login, workflows, executions) stays in .cache/n8n; delete that folder to begin
 * anew. The shops keep nothing and are filled again with every start.
 */
import { join } from 'node:path';
import { DemoWorkflows, n8nLink, pauseWorkflows, setUpShop, workflowUrl } from './n8n/demo.mts';
import type { DemoShop, PublishedWorkflow, RunningShop } from './n8n/demo.mts';
import { findProjectFolder } from './n8n/environment.mts';
import { installBuiltPackage } from './n8n/link.mts';
import { freePortFrom } from './n8n/ports.mts';
import { N8nRest } from './n8n/rest.mts';
import { findRunning, markRunning, unmarkRunning } from './n8n/runningMark.mts';
import { startN8n } from './n8n/server.mts';
import type { N8nServer } from './n8n/server.mts';
import { inSalesDemo } from './insales/demo.mts';
import { prestaShopDemo } from './prestashop/demo.mts';
import { shoperDemo } from './shoper/demo.mts';

const LOGIN = { email: 'owner@example.com', password: 'Storefront1' };
const PREFERRED_N8N_PORT = 5678;

/** The shops of the demo. One more shop is one more entry. */
const SHOPS: DemoShop[] = [prestaShopDemo, shoperDemo, inSalesDemo];

const say = (line: string): void => console.log(line);

async function main(): Promise<void> {
	const projectFolder = findProjectFolder(import.meta.dirname);
	const userFolder = join(projectFolder, '.cache', 'n8n');
	const markFile = join(userFolder, 'running.json');
	const known = new DemoWorkflows(join(userFolder, 'demo-workflows.json'));
	const logFile = join(userFolder, 'n8n.log');
	const open: { shops: RunningShop[]; n8n?: N8nServer } = { shops: [] };
	const interrupt = new AbortController();

	const closeAll = async (): Promise<void> => {
		await open.n8n?.stop();
		await Promise.all(open.shops.map(async (shop) => await shop.close()));
		if (open.n8n) unmarkRunning(markFile);
	};
	listenForEnd(interrupt, () => open.n8n);

	try {
		const running = await findRunning(markFile);
		if (running) {
			say(`The demo is already running: ${running} (stop it there with Ctrl-C first).`);
			process.exitCode = 1;
			return;
		}
		installBuiltPackage(projectFolder, userFolder);
		say('Starting n8n. The first start sets up its database and takes about 20 seconds ...');
		open.n8n = await startN8n({
			projectFolder,
			userFolder,
			port: await freePortFrom(PREFERRED_N8N_PORT),
			logFile,
			runCodeNodes: true,
			ownGroup: true,
			signal: interrupt.signal,
			onWaiting: (seconds) => say(`  still starting (${seconds} s)`),
		});
		markRunning(markFile, open.n8n.pid, open.n8n.url);
		say('Opening the shops, putting in credentials and example workflows ...');
		const workflows = await fillN8n(open.n8n.url, open.shops, { projectFolder, known });
		tellWhatToDo(open.n8n.url, open.shops, workflows, logFile);
		await Promise.race([open.n8n.exited(), aborted(interrupt.signal)]);
		if (!interrupt.signal.aborted) {
			say(`n8n has ended by itself; the reason may stand in ${logFile}`);
			process.exitCode = 1;
		}
	} catch (error) {
		if (!interrupt.signal.aborted) {
			say(error instanceof Error ? error.message : String(error));
			say(`The log of n8n: ${logFile}. To begin anew, delete ${userFolder}.`);
			process.exitCode = 1;
		}
	} finally {
		await closeAll();
		if (interrupt.signal.aborted) say('Stopped.');
	}
}

/**
 * Fills `shops` while it goes, so that a failure half way closes what is open.
 *
 * @returns the published workflows, shop by shop
 */
async function fillN8n(
	url: string,
	shops: RunningShop[],
	project: { projectFolder: string; known: DemoWorkflows },
): Promise<PublishedWorkflow[][]> {
	const rest = new N8nRest(url);
	await rest.enter(LOGIN);
	const published: PublishedWorkflow[][] = [];
	for (const shop of SHOPS) {
		// A trigger that still knows the orders of the last start must not see the new shop.
		await pauseWorkflows(rest, shop, project.known);
		const running = await shop.start(await freePortFrom(shop.preferredPort));
		shops.push(running);
		const workflows = await setUpShop(rest, shop, running, project);
		published.push(workflows);
		await running.connect(url, n8nLink(url, workflows));
	}
	return published;
}

function tellWhatToDo(
	n8nUrl: string,
	shops: RunningShop[],
	workflows: PublishedWorkflow[][],
	logFile: string,
): void {
	const lines = [
		'',
		`  n8n       ${n8nUrl}/home/workflows`,
		`  login     ${LOGIN.email}`,
		`  password  ${LOGIN.password}`,
		'',
		...SHOPS.flatMap((shop, index) => [
			`  ${shop.name} demo shop: ${shops[index]?.url}`,
			...shop.invitation.map((line) => `    ${line}`),
			...(workflows[index] ?? []).map(({ id, name }) => `    ${workflowUrl(n8nUrl, id)}  ${name}`),
			'',
		]),
		`  Log of n8n: ${logFile}`,
		'  Ctrl-C stops everything. The next "npm start" goes on with the same n8n.',
		'',
	];
	say(lines.join('\n'));
}

/** The first Ctrl-C ends in order; a second one does not wait for n8n. */
function listenForEnd(interrupt: AbortController, n8n: () => N8nServer | undefined): void {
	const onSignal = (): void => {
		if (interrupt.signal.aborted) {
			void n8n()?.kill();
			return;
		}
		say('\nStopping ...');
		interrupt.abort();
	};
	process.on('SIGINT', onSignal);
	process.on('SIGTERM', onSignal);
}

async function aborted(signal: AbortSignal): Promise<void> {
	if (signal.aborted) return;
	await new Promise<void>((resolve) =>
		signal.addEventListener('abort', () => resolve(), { once: true }),
	);
}

void main();

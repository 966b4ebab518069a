/** The packages of one shop each: alone in n8n, side by side with the combined one, and changing over. */
import { execFileSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installTarball } from '../../sandbox/n8n/link.mts';
import { anyFreePort } from '../../sandbox/n8n/ports.mts';
import { N8nRest } from '../../sandbox/n8n/rest.mts';
import { startN8n } from '../../sandbox/n8n/server.mts';
import type { N8nServer } from '../../sandbox/n8n/server.mts';
import { fillTemplate, readTemplate } from '../../sandbox/n8n/template.mts';
import type { CredentialReference, StoredWorkflow } from '../../sandbox/n8n/workflow.mts';
import { INSALES_KEYS, startInSalesSandbox } from '../../sandbox/insales/shop.mts';
import { startPrestaShopSandbox } from '../../sandbox/prestashop/shop.mts';
import { SHOPER_TOKENS, startShoperSandbox } from '../../sandbox/shoper/shop.mts';
import { engineSettings } from './support/n8n.mts';
import { publish } from './support/publish.mts';
import { saw, secondsSince } from './support/report.mts';
import { until } from './support/until.mts';
import { callWebhook } from './support/webhook.mts';
import { KEYS, LOGIN, readWorld } from './support/world.mts';

const COMBINED = 'n8n-nodes-storefronts';

/** A shop for a package, and what its template does there. */
interface PackagePlay {
	name: string;
	credential: string;
	/** Node types in the package, without its name. */
	types: string[];
	template: string;
	placeholderUrl: string;
	open(): Promise<{
		url: string;
		access: Record<string, unknown>;
		/** Makes the template work; gives what it must have done, and whether it has. */
		play(rest: N8nRest): Promise<boolean>;
		close(): Promise<void>;
	}>;
}

const PLAYS: PackagePlay[] = [
	{
		name: 'n8n-nodes-prestashop',
		credential: 'prestaShopApi',
		types: ['prestaShop', 'prestaShopTrigger'],
		template: 'prestashop-new-order-notification.json',
		placeholderUrl: 'http://127.0.0.1:8180',
		open: async () => {
			const shop = await startPrestaShopSandbox();
			return {
				url: shop.url,
				access: { shopUrl: shop.url, apiKey: KEYS.limited },
				play: async () => {
					const { reference } = shop.control.placeOrder();
					const told = async () =>
						shop.control.notifications().some(({ text }) => text.includes(reference));
					return await until('the message of the new order', told, 60_000);
				},
				close: async () => await shop.close(),
			};
		},
	},
	{
		name: 'n8n-nodes-shoper',
		credential: 'shoperApi',
		types: ['shoper', 'shoperTrigger'],
		template: 'shoper-change-status.json',
		placeholderUrl: 'http://127.0.0.1:8280',
		open: async () => {
			const shop = await startShoperSandbox();
			return {
				url: shop.url,
				access: { shopUrl: shop.url, authentication: 'apiToken', apiToken: SHOPER_TOKENS.full },
				play: async (rest) => {
					const { id } = shop.control.placeOrder();
					const path = 'webhook/shoper-change-status';
					const { status } = await callWebhook(rest, path, { orderId: String(id) });
					expect(status).toBe(200);
					return shop.control.getRecord({ resource: 'orders', id })?.status_id === '7';
				},
				close: async () => await shop.close(),
			};
		},
	},
	{
		name: 'n8n-nodes-insales',
		credential: 'inSalesApi',
		types: ['inSales', 'inSalesTrigger'],
		template: 'insales-chat-order.json',
		placeholderUrl: 'http://127.0.0.1:8380',
		open: async () => {
			const shop = await startInSalesSandbox();
			return {
				url: shop.url,
				access: { shopUrl: shop.url, ...INSALES_KEYS.chat },
				play: async (rest) => {
					const before = shop.control.records({ resource: 'orders' }).length;
					const order = {
						chatId: 'c-1',
						sku: 'MUG-01',
						quantity: 1,
						name: 'Анна',
						phone: '+79001110001',
					};
					const { status } = await callWebhook(rest, 'webhook/insales-chat-order', order);
					expect(status).toBe(200);
					return shop.control.records({ resource: 'orders' }).length === before + 1;
				},
				close: async () => await shop.close(),
			};
		},
	},
];

/** An n8n of its own with the packages that are named. */
async function openN8n(folder: string, packages: string[]): Promise<[N8nServer, N8nRest]> {
	const { projectFolder, workFolder } = readWorld();
	const userFolder = join(workFolder, 'packages', folder);
	for (const name of packages) installTarball(projectFolder, userFolder, tarballOf(name), name);
	const startedAt = Date.now();
	const server = await startN8n({
		projectFolder,
		userFolder,
		logFile: join(workFolder, 'packages', `${folder}.log`),
		port: await anyFreePort(),
		extra: engineSettings(),
	});
	saw(`${packages.join(' and ')}: n8n ready after ${secondsSince(startedAt)}`);
	const rest = new N8nRest(server.url);
	await rest.enter(LOGIN);
	return [server, rest];
}

function tarballOf(name: string): string {
	if (name === COMBINED) return readWorld().tarball;
	const folder = join(readWorld().projectFolder, 'packages');
	const file = readdirSync(folder).find(
		(entry) => entry.startsWith(`${name}-`) && entry.endsWith('.tgz'),
	);
	if (file === undefined) throw new Error(`${name} was not packed`);
	return join(folder, file);
}

async function typesOf(rest: N8nRest): Promise<string[]> {
	const types = await rest.nodeTypes();
	return types.map(({ name }) => String(name)).filter((name) => /^n8n-nodes-(?!base)/.test(name));
}

async function store(
	rest: N8nRest,
	play: PackagePlay,
	{ url, credential }: { url: string; credential: CredentialReference & { id: string } },
): Promise<StoredWorkflow> {
	const { projectFolder } = readWorld();
	const file = join(projectFolder, 'packages', play.name, 'workflows', play.template);
	const workflow = fillTemplate(readTemplate(file), {
		placeholderUrl: play.placeholderUrl,
		shopUrl: url,
		credentials: { [play.credential]: credential },
		pollSeconds: 2,
	});
	return await rest.createWorkflow(workflow);
}

beforeAll(() => {
	execFileSync(process.execPath, ['scripts/packages.mjs'], {
		cwd: readWorld().projectFolder,
		stdio: 'pipe',
	});
});

describe.each(PLAYS.map((play): [string, PackagePlay] => [play.name, play]))(
	'%s alone',
	(name, play) => {
		let server: N8nServer;
		let rest: N8nRest;
		let shop: Awaited<ReturnType<PackagePlay['open']>>;

		beforeAll(async () => {
			shop = await play.open();
			[server, rest] = await openN8n(name, [name]);
		});

		afterAll(async () => {
			await server?.stop();
			await shop?.close();
		});

		test('brings the nodes of its shop and no others', async () => {
			const types = await typesOf(rest);
			expect(types).toEqual(expect.arrayContaining(play.types.map((type) => `${name}.${type}`)));
			expect(types.filter((type) => !type.startsWith(`${name}.`))).toEqual([]);
		});

		test('tests its credential', async () => {
			const { status, message } = await rest.testCredential(play.credential, shop.access);
			expect([status, message]).toEqual(['OK', expect.any(String)]);
		});

		test('plays its template', async () => {
			const account = `${name} account`;
			const id = await rest.saveCredential(account, play.credential, shop.access);
			const workflow = await store(rest, play, {
				url: shop.url,
				credential: { id, name: account },
			});
			await publish(rest, workflow);
			expect(await shop.play(rest)).toBe(true);
			await rest.unpublish(workflow.id);
		});
	},
);

describe('beside the combined package', () => {
	const [play] = PLAYS;
	if (!play) throw new Error('There is nothing to play');
	let server: N8nServer;
	let rest: N8nRest;
	let shop: Awaited<ReturnType<typeof startPrestaShopSandbox>>;

	beforeAll(async () => {
		shop = await startPrestaShopSandbox();
		[server, rest] = await openN8n('both', [COMBINED, play.name]);
	});

	afterAll(async () => {
		await server?.stop();
		await shop?.close();
	});

	test('both bring their nodes, and a credential type of the same name', async () => {
		const types = await typesOf(rest);
		for (const name of [COMBINED, play.name]) {
			expect(types).toEqual(expect.arrayContaining(play.types.map((type) => `${name}.${type}`)));
		}
		const credentials = await rest.credentialTypes();
		const own = credentials.filter(({ name }) => name === play.credential);
		// n8n knows them by their names, so that what one package stored serves the other (next test).
		expect(own.map(({ displayName }) => displayName)).toEqual(['PrestaShop API', 'PrestaShop API']);
	});

	test('a trigger that changes over goes on where it was: nothing missed, nothing twice', async () => {
		const { projectFolder, workFolder } = readWorld();
		const id = await rest.saveCredential('PrestaShop account', play.credential, {
			shopUrl: shop.url,
			apiKey: KEYS.limited,
		});
		const template = join(projectFolder, 'workflows', play.template);
		const filled = fillTemplate(readTemplate(template), {
			placeholderUrl: play.placeholderUrl,
			shopUrl: shop.url,
			credentials: { [play.credential]: { id, name: 'PrestaShop account' } },
			pollSeconds: 2,
		});
		const stored = await rest.createWorkflow(filled);
		await publish(rest, stored);
		const references = [shop.control.placeOrder().reference];
		const told = (reference: string): number =>
			shop.control.notifications().filter(({ text }) => text.includes(reference)).length;
		const tellsOf = async (reference: string): Promise<boolean> =>
			await until(`the message of ${reference}`, async () => told(reference) > 0, 60_000);
		await tellsOf(references[0] ?? '');

		// As the guide says: the file is rewritten, and pasted into the same workflow.
		await rest.unpublish(stored.id);
		references.push(shop.control.placeOrder().reference);
		const file = join(workFolder, 'packages', 'changing-over.json');
		writeFileSync(file, JSON.stringify(filled));
		execFileSync(process.execPath, ['scripts/rename-types.mjs', COMBINED, play.name, file], {
			cwd: projectFolder,
		});
		const { nodes, connections } = readTemplate(file);
		expect(nodes.some(({ type }) => type === `${play.name}.prestaShopTrigger`)).toBe(true);
		await publish(rest, await rest.updateWorkflow(stored.id, { nodes, connections }));
		references.push(shop.control.placeOrder().reference);
		for (const reference of references) await tellsOf(reference);
		await rest.unpublish(stored.id);
		expect(references.map(told)).toEqual([1, 1, 1]);
	});
});

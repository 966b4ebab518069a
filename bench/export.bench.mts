import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProjectFolder } from '../sandbox/n8n/environment.mts';
import { installBuiltPackage } from '../sandbox/n8n/link.mts';
import { anyFreePort } from '../sandbox/n8n/ports.mts';
import { N8nRest } from '../sandbox/n8n/rest.mts';
import { startN8n } from '../sandbox/n8n/server.mts';
import { chain } from '../sandbox/n8n/workflow.mts';
import type { Workflow, WorkflowNode } from '../sandbox/n8n/workflow.mts';
import { startPrestaShopSandbox } from '../sandbox/prestashop/shop.mts';
import type { Needs } from './support/probe.mts';
import { slowFront } from './support/slowFront.mts';

const KEY = 'FULLACCESSKEY0000000000000000001';
const ORDERS = Number(process.env.BENCH_ORDERS ?? 20_000);
const PAGE = 250;
const SETTLE_MS = 1_000;

type Parameters = Record<string, unknown>;

const node = (name: string, type: string, typeVersion: number, parameters: Parameters) => ({
	id: randomUUID(),
	name,
	type,
	typeVersion,
	position: [0, 0] as [number, number],
	parameters,
});

/** n8n's HTTP Request node, page after page, as its documentation has it. */
const httpRequest = (url: string, format: string, isLast: string): WorkflowNode =>
	node('HTTP Request', 'n8n-nodes-base.httpRequest', 4.2, {
		url: `${url}/api/orders`,
		authentication: 'genericCredentialType',
		genericAuthType: 'httpBasicAuth',
		sendQuery: true,
		queryParameters: {
			parameters: [
				{ name: 'display', value: 'full' },
				...(format === 'json' ? [{ name: 'output_format', value: 'JSON' }] : []),
			],
		},
		options: {
			response: { response: { responseFormat: format, outputPropertyName: 'data' } },
			pagination: {
				pagination: {
					paginationMode: 'updateAParameterInEachRequest',
					parameters: {
						parameters: [
							{ type: 'qs', name: 'limit', value: `={{ $pageCount * ${PAGE} }},${PAGE}` },
						],
					},
					paginationCompleteWhen: 'other',
					completeExpression: `={{ ${isLast} }}`,
					limitPagesFetched: false,
				},
			},
		},
	});

const splitOut = (field: string) =>
	node('Split Out', 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: field, options: {} });

const ours = (parameters: Parameters) =>
	node('PrestaShop', 'n8n-nodes-storefronts.prestaShop', 1, {
		resource: 'order',
		operation: 'getAll',
		returnAll: true,
		filters: {},
		...parameters,
	});

/** A workflow that a request starts, and that answers with the number of its last node's items. */
function workflowOf(path: string, nodes: WorkflowNode[]): Workflow {
	const counted = nodes.at(-1)?.name ?? '';
	const all = [
		node('Webhook', 'n8n-nodes-base.webhook', 2, {
			path,
			responseMode: 'lastNode',
			responseData: 'firstEntryJson',
			options: {},
		}),
		...nodes,
		{
			...node('Count', 'n8n-nodes-base.set', 3.4, {
				mode: 'raw',
				jsonOutput: `={{ { count: $items("${counted}").length } }}`,
				options: {},
			}),
			executeOnce: true,
		},
	];
	return {
		name: path,
		nodes: all.map((each) => ({ ...each, webhookId: path })),
		connections: chain(...all.map(({ name }) => name)),
		settings: { executionOrder: 'v1', saveDataSuccessExecution: 'none' },
	};
}

async function main(): Promise<void> {
	const projectFolder = findProjectFolder(process.cwd());
	const workFolder = mkdtempSync(join(tmpdir(), 'storefronts-bench-'));
	const userFolder = join(workFolder, 'home');
	const shop = await startPrestaShopSandbox({ port: await anyFreePort() });
	const have = shop.control.records({ resource: 'orders' }).length;
	shop.control.seed({ orders: ORDERS - have });
	const front = await slowFront(
		shop.url,
		(text) => text.split(/<order>|"id":\d+,"id_address_delivery"/).length - 1,
	);
	installBuiltPackage(projectFolder, userFolder);
	const probePort = await anyFreePort();
	const n8n = await startN8n({
		projectFolder,
		userFolder,
		port: await anyFreePort(),
		logFile: join(workFolder, 'n8n.log'),
		extra: {
			BENCH_PROBE_PORT: String(probePort),
			NODE_OPTIONS: `--import=file://${join(projectFolder, 'bench/support/probe.mts')}`,
		},
	});
	try {
		const rest = new N8nRest(n8n.url);
		await rest.enter({ email: 'owner@example.com', password: 'Storefront1' });
		const basic = {
			id: await rest.saveCredential('Basic', 'httpBasicAuth', { user: KEY, password: '' }),
			name: 'Basic',
		};
		const data = { shopUrl: front.url, apiKey: KEY, timezone: 'Europe/Warsaw' };
		const own = { id: await rest.saveCredential('Shop', 'prestaShopApi', data), name: 'Shop' };
		const withOwn = (each: WorkflowNode) => ({ ...each, credentials: { prestaShopApi: own } });
		const withBasic = (each: WorkflowNode) => ({ ...each, credentials: { httpBasicAuth: basic } });
		const xmlEnd = '!$response.body.includes("<order>")';
		const jsonEnd = '!($response.body.orders?.length > 0)';
		const ways: Array<[string, WorkflowNode[]]> = [
			['node, raw', [withOwn(ours({ simplify: false, options: {} }))]],
			['node, simplified', [withOwn(ours({ options: { include: [] } }))]],
			[
				'HTTP Request (JSON), Split Out',
				[withBasic(httpRequest(front.url, 'json', jsonEnd)), splitOut('orders')],
			],
			[
				'HTTP Request, XML, Split Out',
				[
					withBasic(httpRequest(front.url, 'text', xmlEnd)),
					node('XML', 'n8n-nodes-base.xml', 1, { options: {} }),
					splitOut('prestashop.orders.order'),
				],
			],
		];
		const probe = async () =>
			(await (await fetch(`http://127.0.0.1:${probePort}`)).json()) as Needs;
		const rows: string[][] = [
			[
				'by',
				'orders',
				'requests',
				'MB received',
				'seconds',
				'CPU s',
				'MB added',
				'longest pause ms',
			],
		];
		for (const [at, [name, nodes]] of ways.entries()) {
			const path = `export-${at}`;
			const { id } = await rest.createWorkflow(workflowOf(path, nodes));
			await rest.publish(id);
			await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
			await probe();
			front.requests = 0;
			front.bytes = 0;
			const startedAt = performance.now();
			const reply = await fetch(`${n8n.url}/webhook/${path}`);
			const text = await reply.text();
			const seconds = (performance.now() - startedAt) / 1_000;
			const { cpu, megabytes, pause } = await probe();
			const count = /"count":"?(\d+)/.exec(text)?.[1] ?? `failed: ${text.slice(0, 200)}`;
			rows.push([
				name,
				count,
				String(front.requests),
				(front.bytes / 1e6).toFixed(1),
				seconds.toFixed(1),
				cpu.toFixed(1),
				megabytes.toFixed(0),
				pause.toFixed(0),
			]);
			await rest.unpublish(id);
		}
		for (const [at, cells] of rows.entries()) {
			console.log(`| ${cells.join(' | ')} |`);
			if (at === 0) console.log(`| --- |${' ---: |'.repeat(cells.length - 1)}`);
		}
	} finally {
		await n8n.stop();
		await front.close();
		await shop.close();
		await rm(workFolder, { recursive: true, force: true });
	}
}

void main();

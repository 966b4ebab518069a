import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { PrestaShopApi } from '../credentials/PrestaShopApi.credentials.ts';
import { PrestaShop } from '../nodes/PrestaShop/PrestaShop.node.ts';
import { PrestaShopTrigger } from '../nodes/PrestaShop/PrestaShopTrigger.node.ts';
import { startPrestaShopSandbox } from '../sandbox/prestashop/shop.mts';
import type { PrestaShopSandbox } from '../sandbox/prestashop/shop.mts';
import { TriggerBench, executeNode } from '../test/support/engine.mts';

const KEY = 'FULLACCESSKEY0000000000000000001';
const ORDERS = 2_000;
const LOOKUPS = 500;

interface Figures {
	requests: number;
	kilobytes: number;
	seconds: number;
	megabytes: number;
}

async function measure(shop: PrestaShopSandbox, job: () => Promise<unknown>): Promise<Figures> {
	shop.control.clearRequests();
	globalThis.gc?.();
	const heap = process.memoryUsage().heapUsed;
	let peak = heap;
	const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().heapUsed)), 5);
	const start = performance.now();
	await job();
	const seconds = (performance.now() - start) / 1_000;
	clearInterval(watch);
	const requests = shop.control.requests();
	const bytes = requests.reduce((sum, request) => sum + request.bytes, 0);
	return {
		requests: requests.length,
		kilobytes: Math.round(bytes / 1_000),
		seconds: Number(seconds.toFixed(2)),
		megabytes: Math.round((peak - heap) / 1_000_000),
	};
}

async function main(): Promise<void> {
	const shop = await startPrestaShopSandbox();
	shop.control.seed({ orders: ORDERS });
	const references = shop.control
		.records({ resource: 'orders' })
		.slice(0, LOOKUPS)
		.map(({ reference }) => String(reference));
	const credentials = { shopUrl: shop.url, apiKey: KEY, timezone: 'Europe/Warsaw' };
	const bench = { node: new PrestaShop(), credentialType: new PrestaShopApi(), credentials };
	const headers = { Authorization: `Basic ${Buffer.from(`${KEY}:`).toString('base64')}` };
	const get = async (query: string): Promise<unknown[]> => {
		const reply = await fetch(`${shop.url}/api/orders?output_format=JSON&display=full&${query}`, {
			headers,
		});
		const body = (await reply.json()) as { orders?: unknown[] };
		return body.orders ?? [];
	};
	const run = async (parameters: INodeParameters, items: INodeExecutionData[]) => {
		const { error } = await executeNode(bench, parameters, { items });
		if (error) throw error;
	};

	const ours = {
		lookups: async () =>
			await run(
				{
					resource: 'order',
					operation: 'get',
					orderId: { __rl: true, mode: 'reference', value: '={{ $json.reference }}' },
					options: { include: [] },
				},
				references.map((reference) => ({ json: { reference } })),
			),
		all: async () =>
			await run(
				{
					resource: 'order',
					operation: 'getAll',
					returnAll: true,
					simplify: false,
					options: { include: [] },
				},
				[{ json: {} }],
			),
	};
	const instead = {
		lookups: async () => {
			for (const reference of references) await get(`filter[reference]=[${reference}]`);
		},
		all: async () => {
			const all: unknown[] = [];
			for (let offset = 0; ; offset += 50) {
				const page = await get(`limit=${offset},50`);
				all.push(...page);
				if (page.length < 50) return;
			}
		},
	};

	const trigger = new TriggerBench(
		{ ...bench, node: new PrestaShopTrigger() },
		{ event: 'orderCreated', options: {} },
	);
	await trigger.poll('activate');
	// The first tick also looks for orders that never got complete; it does so only now and then.
	await trigger.poll();

	// Once unmeasured, so that both sides run warm.
	await ours.lookups();
	await instead.lookups();
	const rows: Array<[string, Figures, Figures]> = [
		[
			`${LOOKUPS} orders by reference`,
			await measure(shop, ours.lookups),
			await measure(shop, instead.lookups),
		],
		[`all ${ORDERS} orders`, await measure(shop, ours.all), await measure(shop, instead.all)],
		[
			'one idle poll',
			await measure(shop, async () => await trigger.poll()),
			await measure(shop, async () => await get('sort=[id_DESC]&limit=50')),
		],
	];
	console.table(
		Object.fromEntries(
			rows.flatMap(([job, node, other]) => [
				[`${job}: node`, node],
				[`${job}: instead`, other],
			]),
		),
	);
	await shop.close();
}

void main();

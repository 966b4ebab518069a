import { PrestaShopApi } from '../credentials/PrestaShopApi.credentials.ts';
import { PrestaShop } from '../nodes/PrestaShop/PrestaShop.node.ts';
import { PrestaShopTrigger } from '../nodes/PrestaShop/PrestaShopTrigger.node.ts';
import { startPrestaShopSandbox } from '../sandbox/prestashop/shop.mts';
import { TriggerBench } from '../test/support/engine.mts';
import { HttpRequestNode } from './support/httpRequestNode.mts';
import { latencyOf, measure, outcomeOf } from './support/measure.mts';
import { settledTrigger } from './support/polls.mts';
import { ids, run } from './support/run.mts';
import { many, printTable } from './support/table.mts';

const KEY = 'FULLACCESSKEY0000000000000000001';
const ORDERS = 2_000;
const LOOKUPS = 500;
const PRICES = 500;
const PAGE = 50;

interface Order {
	id: number;
}

async function main(): Promise<void> {
	const shop = await startPrestaShopSandbox();
	shop.control.seed({ orders: ORDERS, products: PRICES });
	const orders = shop.control.records({ resource: 'orders' });
	const looked = orders.slice(0, LOOKUPS);
	const references = looked.map(({ reference }) => String(reference));
	const credentials = { shopUrl: shop.url, apiKey: KEY, timezone: 'Europe/Warsaw' };
	const bench = { node: new PrestaShop(), credentialType: new PrestaShopApi(), credentials };
	const http = new HttpRequestNode(`${shop.url}/api/orders?output_format=JSON&display=full&`, {
		Authorization: `Basic ${Buffer.from(`${KEY}:`).toString('base64')}`,
	});
	const rowsIn = ({ orders: rows }: { orders?: Order[] }) => rows ?? [];

	const products = shop.control.records({ resource: 'products' }).slice(-PRICES);
	let round = 0;
	/** Another price for each product, whenever the job is run. */
	const newPrices = () => {
		round++;
		return products.map(({ reference }, at) => ({
			reference: String(reference),
			price: `${100 * round + at}`,
		}));
	};

	const ours = {
		prices: async () =>
			ids(
				await run(
					bench,
					{
						resource: 'product',
						operation: 'update',
						productId: { __rl: true, mode: 'reference', value: '={{ $json.reference }}' },
						updateFields: { price: '={{ $json.price }}' },
						simplify: false,
					},
					newPrices().map((json) => ({ json })),
				),
			),
		lookups: async () =>
			ids(
				await run(
					bench,
					{
						resource: 'order',
						operation: 'get',
						orderId: { __rl: true, mode: 'reference', value: '={{ $json.reference }}' },
						options: { include: [] },
					},
					references.map((reference) => ({ json: { reference } })),
				),
			),
		all: async () =>
			ids(
				await run(bench, {
					resource: 'order',
					operation: 'getAll',
					returnAll: true,
					simplify: false,
					options: { include: [] },
				}),
			),
	};
	const productsHttp = new HttpRequestNode(`${shop.url}/api/products`, {
		Authorization: `Basic ${Buffer.from(`${KEY}:`).toString('base64')}`,
	});
	const instead = {
		prices: async () => {
			const answers = await productsHttp.forEach(newPrices(), async ({ reference, price }) => {
				const found = await productsHttp.request<{ products?: Order[] }>(
					`?output_format=JSON&display=[id]&filter[reference]=[${reference}]`,
				);
				const id = found?.products?.[0]?.id;
				const body = `<prestashop><product><id>${id}</id><price>${price}</price></product></prestashop>`;
				await productsHttp.request(`/${id}?output_format=JSON`, 'PATCH', body);
				return { id };
			});
			return ids(answers);
		},
		lookups: async () => {
			const answers = await http.forEach(
				references,
				async (reference) =>
					await http.request<{ orders?: Order[] }>(`filter[reference]=[${reference}]`),
			);
			return ids(answers.flatMap((answer) => rowsIn(answer ?? {})));
		},
		all: async () =>
			ids(await http.pages((page) => `limit=${(page - 1) * PAGE},${PAGE}`, rowsIn, PAGE)),
		idle: async () => await http.request(`sort=[id_DESC]&limit=${PAGE}`),
	};
	const trigger = await settledTrigger(
		new TriggerBench(
			{ ...bench, node: new PrestaShopTrigger() },
			{ event: 'orderCreated', options: {} },
		),
	);

	// Once unmeasured, so that both sides run warm.
	await ours.lookups();
	await instead.lookups();
	const some = `${many(LOOKUPS)} orders by reference`;
	const all = `all ${many(orders.length)} orders`;
	const somePrices = `${many(PRICES)} prices by SKU`;
	const isPriced = outcomeOf(ids(products));
	const isSome = outcomeOf(ids(looked));
	const isAll = outcomeOf(ids(orders));
	printTable(await latencyOf(async () => await http.request('filter[id]=[1]')), [
		[some, 'node', await measure(shop, ours.lookups, isSome)],
		[some, 'HTTP Request', await measure(shop, instead.lookups, isSome)],
		[all, 'node', await measure(shop, ours.all, isAll)],
		[all, 'HTTP Request', await measure(shop, instead.all, isAll)],
		[somePrices, 'node', await measure(shop, ours.prices, isPriced)],
		[somePrices, 'HTTP Request', await measure(shop, instead.prices, isPriced)],
		[
			'one idle poll',
			'trigger',
			await measure(shop, async () => await trigger.poll(), outcomeOf([])),
		],
		['one idle poll', 'HTTP Request', await measure(shop, instead.idle)],
	]);
	await shop.close();
}

void main();

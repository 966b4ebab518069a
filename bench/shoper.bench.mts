import { ShoperTrigger } from '../nodes/Shoper/ShoperTrigger.node.ts';
import { SHOPER_TOKENS, startShoperSandbox } from '../sandbox/shoper/shop.mts';
import type { ShoperSandbox } from '../sandbox/shoper/shop.mts';
import { actionBench, tokenCredentials } from '../test/Shoper/fixtures.mts';
import { TriggerBench } from '../test/support/engine.mts';
import { HttpRequestNode } from './support/httpRequestNode.mts';
import { latencyOf, measure, outcomeOf } from './support/measure.mts';
import type { Figures } from './support/measure.mts';
import { pollAll, settledTrigger } from './support/polls.mts';
import { ids, run } from './support/run.mts';
import { many, printTable } from './support/table.mts';
import type { Row } from './support/table.mts';

const DAY_MS = 86_400_000;
const HALF_YEAR = 183;
const ORDERS = 1_000;
const PAST_ORDERS = 2_000;
const STOCKS = 500;
const PAGE = 50;
const QUANTITY = 777;

/** A bucket that nobody can fill, where something else than pacing is measured. */
const WIDE = { limit: 1_000_000, perSecond: 1_000_000 };

interface Order {
	order_id: string;
	user_id: string;
}

const nodeOn = (shop: ShoperSandbox) => actionBench(tokenCredentials(shop, SHOPER_TOKENS.full));

const triggerOn = (shop: ShoperSandbox, options: Record<string, string | number>) =>
	new TriggerBench(
		{ ...nodeOn(shop), node: new ShoperTrigger() },
		{ event: 'orderCreated', options },
	);

/** The HTTP Request node with what one would set up for this shop. */
class Instead extends HttpRequestNode {
	constructor({ url }: ShoperSandbox) {
		super(`${url}/webapi/rest/`, { Authorization: `Bearer ${SHOPER_TOKENS.full}` });
	}

	async orders(query: string): Promise<Order[]> {
		return await this.pages<{ list: Order[] }, Order>(
			(page) => `orders?${query}order=order_id ASC&limit=${PAGE}&page=${page}`,
			({ list }) => list,
			PAGE,
		);
	}

	async linesOf(orders: readonly Order[]): Promise<void> {
		await this.forEach(
			orders,
			async ({ order_id: id }) =>
				await this.request(`order-products?filters[order_id]=${id}&limit=${PAGE}`),
		);
	}
}

/** Adds the time that the requests take at least where the bucket holds 10 and drains 2 per second. */
function paced(figures: Figures): Figures {
	return { ...figures, pacedSeconds: Math.max(0, (figures.requests - 10) / 2) };
}

async function joinedOrders(shop: ShoperSandbox): Promise<Row[]> {
	const job = `${many(ORDERS)} orders with lines and customer`;
	shop.control.reset({ empty: true });
	shop.control.seed({ orders: ORDERS });
	const isAll = outcomeOf(ids(shop.control.records({ resource: 'orders' }), 'order_id'));
	const node = async () =>
		ids(
			await run(nodeOn(shop), {
				resource: 'order',
				operation: 'getAll',
				returnAll: true,
				options: { include: ['lines', 'customer'] },
			}),
		);
	const instead = async () => {
		const http = new Instead(shop);
		const orders = await http.orders('');
		await http.linesOf(orders);
		// With "Remove Duplicates" in between.
		const users = [...new Set(ids(orders, 'user_id'))];
		await http.forEach(users, async (id) => await http.request(`users/${id}`));
		return ids(orders, 'order_id');
	};
	// Once unmeasured, so that both sides run warm.
	await node();
	await instead();
	return [
		[job, 'node', paced(await measure(shop, node, isAll))],
		[job, 'HTTP Request', paced(await measure(shop, instead, isAll))],
	];
}

async function idlePoll(shop: ShoperSandbox): Promise<Row[]> {
	const job = 'one idle poll';
	const trigger = await settledTrigger(triggerOn(shop, {}));
	const http = new Instead(shop);
	const poll = async () => await trigger.poll();
	const instead = async () => await http.request(`orders?order=order_id DESC&limit=${PAGE}`);
	return [
		[job, 'trigger', paced(await measure(shop, poll, outcomeOf([])))],
		[job, 'HTTP Request', paced(await measure(shop, instead))],
	];
}

async function pastOrders(shop: ShoperSandbox): Promise<Row[]> {
	const job = `${many(PAST_ORDERS)} orders of 6 months, with lines`;
	const now = Date.now();
	shop.control.reset({ empty: true });
	shop.control.seed({ orders: PAST_ORDERS, since: now - (HALF_YEAR - 1) * DAY_MS });
	const isAll = outcomeOf(ids(shop.control.records({ resource: 'orders' }), 'order_id'));
	const poll = async () => {
		const trigger = triggerOn(shop, { startFrom: 'lastDays', startDays: HALF_YEAR });
		return ids((await pollAll(trigger)).map(({ json }) => json));
	};
	const from = `${new Date(now - HALF_YEAR * DAY_MS).toISOString().slice(0, 10)} 00:00:00`;
	const instead = async () => {
		const http = new Instead(shop);
		const filters = encodeURIComponent(JSON.stringify({ date: { '>=': from } }));
		const orders = await http.orders(`filters=${filters}&`);
		await http.linesOf(orders);
		return ids(orders, 'order_id');
	};
	return [
		[job, 'trigger, 100 a poll', paced(await measure(shop, poll, isAll))],
		[job, 'HTTP Request', paced(await measure(shop, instead, isAll))],
	];
}

/** Here pacing is what is measured: a shop of its own for each way, with the real bucket. */
async function stockUpdates(
	way: string,
	update: (shop: ShoperSandbox, productIds: string[]) => Promise<unknown>,
): Promise<Row> {
	const shop = await startShoperSandbox();
	const { firstProductId } = shop.control.seed({ products: STOCKS });
	const wanted = Array.from({ length: STOCKS }, (_, at) => `${firstProductId + at}`);
	const done = () =>
		shop.control
			.records({ resource: 'product-stocks' })
			.filter(({ stock }) => Number(stock) === QUANTITY);
	const figures = await measure(
		shop,
		async () => await update(shop, wanted),
		() => outcomeOf(wanted)(ids(done(), 'product_id')),
	);
	await shop.close();
	return [`${many(STOCKS)} stock updates`, way, paced(figures)];
}

async function main(): Promise<void> {
	const shop = await startShoperSandbox({ bucket: WIDE, empty: true });
	const http = new Instead(shop);
	const reads = [
		...(await joinedOrders(shop)),
		...(await idlePoll(shop)),
		...(await pastOrders(shop)),
	];
	const latency = await latencyOf(async () => await http.request('application-version'));
	await shop.close();
	const writes = [
		await stockUpdates('node', async (limited, productIds) => {
			await run(
				nodeOn(limited),
				{
					resource: 'stock',
					operation: 'update',
					productId: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
					mode: 'set',
					quantity: QUANTITY,
				},
				productIds.map((id) => ({ json: { id } })),
			);
		}),
		await stockUpdates('HTTP Request', async (limited, productIds) => {
			const each = new Instead(limited);
			const body = { stock: { stock: QUANTITY } };
			await each.forEach(
				productIds,
				async (id) => await each.request(`products/${id}`, 'PUT', body),
			);
		}),
	];
	printTable(latency, [...reads, ...writes]);
}

void main();

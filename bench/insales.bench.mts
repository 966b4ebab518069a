import type { IDataObject } from 'n8n-workflow';
import { InSalesTrigger } from '../nodes/InSales/InSalesTrigger.node.ts';
import { INSALES_KEYS, startInSalesSandbox } from '../sandbox/insales/shop.mts';
import type { InSalesSandbox } from '../sandbox/insales/shop.mts';
import { actionBench } from '../test/InSales/fixtures.mts';
import { TriggerBench } from '../test/support/engine.mts';
import { whileEdited } from './support/busyShop.mts';
import { pass } from './support/clock.mts';
import { HttpRequestNode } from './support/httpRequestNode.mts';
import { latencyOf, measure, outcomeOf } from './support/measure.mts';
import type { Figures, Outcome } from './support/measure.mts';
import { settledTrigger } from './support/polls.mts';
import { ids, run } from './support/run.mts';
import { many, printTable } from './support/table.mts';
import type { Row } from './support/table.mts';

const HOUR_MS = 3_600_000;
const ORDERS = 2_000;
const PRODUCTS = 2_000;
const VARIANTS = 250;
const PAGE = 250;
const PRICE = 12_345;
/** What happens to orders after each page. */
const AFTER_A_PAGE = { edited: 5, placed: 1, deleted: 2 };

interface Named {
	id: number;
}

interface Product extends Named {
	variants: Array<Named & { sku: string; price: string }>;
}

const triggerOn = (shop: InSalesSandbox, event: string) =>
	new TriggerBench({ ...actionBench(shop), node: new InSalesTrigger() }, { event, options: {} });

/** The HTTP Request node with what one would set up for this shop. */
class Instead extends HttpRequestNode {
	constructor({ url }: InSalesSandbox) {
		const { identifier, password } = INSALES_KEYS.full;
		const basic = Buffer.from(`${identifier}:${password}`).toString('base64');
		super(`${url}/admin/`, { Authorization: `Basic ${basic}` });
	}

	async all<R extends Named>(resource: string, query = ''): Promise<R[]> {
		const pathOf = (page: number) => `${resource}.json?${query}per_page=${PAGE}&page=${page}`;
		return await this.pages<R[], R>(pathOf, (rows) => rows, PAGE);
	}
}

/** Measures in a window of its own: the shop grants 500 requests in five minutes. */
async function measured<T>(
	shop: InSalesSandbox,
	job: () => Promise<T>,
	check?: (result: T) => Outcome,
): Promise<Figures> {
	pass(6);
	return await measure(shop, job, check);
}

async function editedOrders(shop: InSalesSandbox): Promise<Row[]> {
	const { control } = shop;
	const job = `${many(ORDERS)} orders while the shop works`;
	const row = async (way: string, read: () => Promise<string[]>): Promise<Row> => {
		control.reset({ empty: true });
		control.seed({ orders: ORDERS, since: Date.now() - 2 * ORDERS * HOUR_MS, spacingMs: HOUR_MS });
		const wanted = ids(control.records({ resource: 'orders' }));
		// What was placed or deleted meanwhile may come or not.
		const stayed = new Set(wanted);
		// Spread over the whole list, the same for every way.
		let at = 0;
		const any = () => wanted[(at++ * 397) % wanted.length] ?? '';
		const edit = () => {
			for (let i = 0; i < AFTER_A_PAGE.edited; i++) control.touchOrder({ orderId: Number(any()) });
			for (let i = 0; i < AFTER_A_PAGE.placed; i++) control.placeOrder();
			for (let i = 0; i < AFTER_A_PAGE.deleted; i++) {
				const id = any();
				stayed.delete(id);
				control.deleteRecord({ resource: 'orders', id: Number(id) });
			}
		};
		const figures = await measured(shop, whileEdited(shop, edit, read), (got) =>
			outcomeOf([...stayed])(got.filter((id) => stayed.has(id))),
		);
		return [job, way, figures];
	};
	const http = new Instead(shop);
	const since = encodeURIComponent('2020-01-01 00:00:00 +03:00');
	return [
		await row('node', async () =>
			ids(
				await run(actionBench(shop), { resource: 'order', operation: 'getAll', returnAll: true }),
			),
		),
		await row('HTTP Request, pages', async () => ids(await http.all('orders'))),
		await row('HTTP Request, pages by change', async () =>
			ids(await http.all('orders', `updated_since=${since}&`)),
		),
	];
}

async function catalogue(shop: InSalesSandbox): Promise<Row[]> {
	const { control } = shop;
	control.reset();
	control.seed({ products: PRODUCTS, since: Date.now() - 1_000 * HOUR_MS });
	const everything = ids(
		control.records({ resource: 'products' }).filter(({ archived }) => archived !== true),
	);
	const http = new Instead(shop);
	let cursor = '';
	const sync = async () => {
		const rows: IDataObject[] = await run(actionBench(shop), {
			resource: 'catalog',
			operation: 'sync',
			cursor,
			options: { maxProducts: 0 },
		});
		cursor = String(rows.at(-1)?.nextCursor ?? cursor);
		return ids(rows.filter(({ change }) => change !== 'deleted'));
	};
	const all = async () => ids(await http.all('products'));
	// Once unmeasured, so that both sides run warm.
	await sync();
	await all();
	cursor = '';
	const rows: Row[] = [];
	const both = async (job: string, wanted: readonly string[]) => {
		rows.push(
			[job, 'node', await measured(shop, sync, outcomeOf(wanted))],
			[job, 'HTTP Request', await measured(shop, all, outcomeOf(wanted))],
		);
	};
	await both(`${many(everything.length)} products: first run`, everything);
	await both('the same, nothing changed', []);
	const changed = everything.slice(500, 520);
	for (const id of changed) control.updateProduct({ productId: Number(id), title: 'Новый' });
	await both(`the same, ${changed.length} changed`, changed);
	return rows;
}

async function variantPrices(shop: InSalesSandbox): Promise<Row[]> {
	const { control } = shop;
	const job = `${VARIANTS} prices by SKU, of ${many(PRODUCTS)} products`;
	const skus = Array.from(
		{ length: VARIANTS },
		(_, at) => `BULK-${String(at * 7 + 1).padStart(5, '0')}`,
	);
	const row = async (way: string, update: () => Promise<unknown>): Promise<Row> => {
		control.reset();
		control.seed({ products: PRODUCTS, since: Date.now() - 1_000 * HOUR_MS });
		const figures = await measured(shop, update, () => {
			const products = control.records({ resource: 'products' }) as unknown as Product[];
			const variants = products.flatMap((product) => product.variants);
			return outcomeOf(skus)(
				variants.filter(({ price }) => Number(price) === PRICE).map(({ sku }) => sku),
			);
		});
		return [job, way, figures];
	};
	const http = new Instead(shop);
	const byGroup = {
		resource: 'variant',
		operation: 'updateMany',
		variants: { row: [{ sku: '={{ $json.sku }}', price: `${PRICE}` }] },
	};
	return [
		await row(
			'node',
			async () =>
				await run(
					actionBench(shop),
					byGroup,
					skus.map((sku) => ({ json: { sku } })),
				),
		),
		await row('HTTP Request', async () => {
			const products = await http.all<Product>('products');
			const known = new Map(
				products.flatMap(({ id: product, variants }) =>
					variants.map(({ sku, id }) => [sku, `products/${product}/variants/${id}.json`]),
				),
			);
			const body = { variant: { price: PRICE } };
			await http.forEach(
				skus,
				async (sku) => await http.request(known.get(sku) ?? '', 'PUT', body),
			);
		}),
	];
}

async function idlePoll(shop: InSalesSandbox): Promise<Row[]> {
	const job = 'one idle poll';
	shop.control.reset({ empty: true });
	shop.control.seed({ orders: ORDERS });
	const trigger = await settledTrigger(triggerOn(shop, 'orderCreated'));
	const http = new Instead(shop);
	const instead = async () => await http.request('orders.json?per_page=50');
	return [
		[job, 'trigger', await measure(shop, async () => await trigger.poll(), outcomeOf([]))],
		[job, 'HTTP Request', await measured(shop, instead)],
	];
}

/** Each of the orders goes through three statuses between two polls. */
async function burst(shop: InSalesSandbox): Promise<Row[]> {
	const job = '5 orders, 3 changes of status each';
	const { control } = shop;
	control.reset({ empty: true });
	control.seed({ orders: ORDERS, since: Date.now() - 2 * ORDERS * HOUR_MS, spacingMs: HOUR_MS });
	const trigger = await settledTrigger(triggerOn(shop, 'orderStatusChanged'));
	const since = new Date(Date.now() - 60_000).toISOString().replace('Z', '+00:00');
	const orders = ids(control.records({ resource: 'orders' }))
		.slice(-5)
		.map(Number);
	const moves = ['accepted', 'approved', 'dispatched'];
	// Each starts from the same status, which is no part of the job.
	for (const orderId of orders) control.changeStatus({ orderId, system: 'new' });
	pass(10);
	await trigger.poll();
	for (const system of moves) {
		for (const orderId of orders) control.changeStatus({ orderId, system });
	}
	const wanted = orders.flatMap((id) => moves.map((system) => `${id} ${system}`));
	const http = new Instead(shop);
	const poll = async () =>
		(await trigger.poll()).map(
			({ json }) => `${String(json.id)} ${String((json.status as IDataObject).id)}`,
		);
	const instead = async () => {
		const query = `updated_since=${encodeURIComponent(since)}&per_page=${PAGE}`;
		const rows = await http.request<Array<Named & { fulfillment_status: string }>>(
			`orders.json?${query}`,
		);
		return (rows ?? []).map(({ id, fulfillment_status: status }) => `${id} ${status}`);
	};
	return [
		[job, 'trigger', await measure(shop, poll, outcomeOf(wanted))],
		[job, 'HTTP Request', await measure(shop, instead, outcomeOf(wanted))],
	];
}

async function main(): Promise<void> {
	const shop = await startInSalesSandbox({ empty: true });
	const http = new Instead(shop);
	const rows = [
		...(await editedOrders(shop)),
		...(await catalogue(shop)),
		...(await variantPrices(shop)),
		...(await idlePoll(shop)),
		...(await burst(shop)),
	];
	const latency = await latencyOf(async () => await http.request('account.json'));
	printTable(latency, rows);
	await shop.close();
}

void main();

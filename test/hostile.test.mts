/**
 * Operations of all shops behind hosts, gateways and firewalls at their worst, in random combinations:
 * nothing hangs, no list has a hole that is not told, and what is told of a write is what the shop did.
 * `HOSTILE_RUNS` sets how many combinations are tried; `SEED` repeats those of a run.
 */
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { startInSalesSandbox } from '../sandbox/insales/shop.mts';
import { startPrestaShopSandbox } from '../sandbox/prestashop/shop.mts';
import { SHOPER_TOKENS, startShoperSandbox } from '../sandbox/shoper/shop.mts';
import { actionBench as inSalesBench } from './InSales/fixtures.mts';
import { actionBench as prestaShopBench } from './PrestaShop/fixtures.mts';
import { actionBench as shoperBench, tokenCredentials } from './Shoper/fixtures.mts';
import { executeNode } from './support/engine.mts';
import type { Bench } from './support/engine.mts';
import { HeldTime } from './support/heldTime.mts';
import { HostileFront } from './support/hostileFront.mts';
import type { Mood } from './support/hostileFront.mts';
import fc from './support/seed.mts';

// n8n's own waits, by the clock of this file.
jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async (ms: number) => await new Promise((resolve) => setTimeout(resolve, ms)),
}));

const RUNS = Number(process.env.HOSTILE_RUNS ?? 200);

/** A shop with something in it, and its front. */
interface Stage {
	front: HostileFront;
	bench: Bench;
	/** Puts the shop back to its beginning. */
	reset(): void;
	close(): Promise<void>;
}

/** An operation for some items, and how often the shop did what each of them asks for. */
interface Deed {
	name: string;
	parameters: INodeParameters;
	items?: IDataObject[];
	/** Times the work of an item was done, by the shop's own data. Absent for reads. */
	done?(item: number): number;
	/** IDs that a read has to bring. */
	truth?(): string[];
}

interface Scene extends Stage {
	name: string;
	deeds: Deed[];
}

const id = (value: number | string) => ({ __rl: true, mode: 'id', value: `${value}` });

async function prestaShopScene(): Promise<Scene> {
	const shop = await startPrestaShopSandbox();
	const { control } = shop;
	const front = await new HostileFront(shop.url).start();
	const ids = (resource: string) => control.records({ resource }).map((each) => String(each.id));
	const with_ = (resource: string, field: string, value: string) =>
		control.records({ resource }).filter((each) => String(each[field]) === value).length;
	const field = (resource: string, at: number, name: string) =>
		String(control.getRecord({ resource, id: at })?.[name]);
	const quantityOf = (product: number) =>
		control
			.records({ resource: 'stock_availables' })
			.filter(
				(row) =>
					String(row.id_product) === `${product}` && String(row.id_product_attribute) === '0',
			)
			.reduce((sum, row) => sum + Number(row.quantity), 0);
	let stock: number[] = [];
	let histories = 0;
	return {
		name: 'PrestaShop',
		front,
		bench: prestaShopBench(front),
		reset: () => {
			control.reset();
			control.seed({ orders: 60, products: 20 });
			stock = [17, 18, 19].map(quantityOf);
			histories = with_('order_histories', 'id_order', '4');
		},
		close: async () => {
			await front.stop();
			await shop.close();
		},
		deeds: [
			{
				name: 'product.getAll',
				parameters: { resource: 'product', operation: 'getAll', returnAll: true },
				truth: () => ids('products'),
			},
			{
				name: 'order.getAll',
				parameters: { resource: 'order', operation: 'getAll', returnAll: true },
				truth: () => ids('orders'),
			},
			{
				name: 'order.get',
				parameters: { resource: 'order', operation: 'get', orderId: id('={{ $json.id }}') },
				items: [{ id: 1 }, { id: 2 }, { id: 3 }],
				truth: () => ['1', '2', '3'],
			},
			{
				name: 'customer.create',
				parameters: {
					resource: 'customer',
					operation: 'create',
					email: 'ewa.lis@example.com',
					firstname: 'Ewa',
					lastname: 'Lis',
				},
				done: () => with_('customers', 'email', 'ewa.lis@example.com'),
			},
			{
				name: 'anyResource.create',
				parameters: {
					resource: 'anyResource',
					operation: 'create',
					webserviceResource: { __rl: true, mode: 'name', value: 'tags' },
					record: '{"id_lang": 1, "name": "hostile"}',
				},
				done: () => with_('tags', 'name', 'hostile'),
			},
			{
				name: 'product.update',
				parameters: {
					resource: 'product',
					operation: 'update',
					productId: id(1),
					updateFields: { reference: 'HOSTILE' },
				},
				done: () => Number(field('products', 1, 'reference') === 'HOSTILE'),
			},
			{
				name: 'product.delete',
				parameters: { resource: 'product', operation: 'delete', productId: id(3) },
				done: () => Number(control.getRecord({ resource: 'products', id: 3 }) === null),
			},
			{
				name: 'orderHistory.create',
				parameters: {
					resource: 'orderHistory',
					operation: 'create',
					orderId: id(4),
					stateId: id(2),
				},
				done: () => with_('order_histories', 'id_order', '4') - histories,
			},
			{
				name: 'stock.update',
				parameters: {
					resource: 'stock',
					operation: 'update',
					productId: id('={{ $json.id }}'),
					mode: 'changeBy',
					quantity: 5,
				},
				items: [{ id: 17 }, { id: 18 }, { id: 19 }],
				done: (item) => (quantityOf(item + 17) - (stock[item] ?? 0)) / 5,
			},
		],
	};
}

async function shoperScene(): Promise<Scene> {
	const shop = await startShoperSandbox({ bucket: { limit: 1000, perSecond: 1000 } });
	const { control } = shop;
	const front = await new HostileFront(shop.url).start();
	const with_ = (resource: string, name: string, value: string) =>
		control.records({ resource }).filter((each) => String(each[name]) === value).length;
	const quantities = () =>
		control.records({ resource: 'product-stocks' }).map((row) => Number(row.stock));
	let before: number[] = [];
	let orders = 0;
	return {
		name: 'Shoper',
		front,
		bench: shoperBench(tokenCredentials(front, SHOPER_TOKENS.full)),
		reset: () => {
			control.reset();
			control.seed({ orders: 120, products: 20 });
			before = quantities();
			orders = control.records({ resource: 'orders' }).length;
		},
		close: async () => {
			await front.stop();
			await shop.close();
		},
		deeds: [
			{
				name: 'order.getAll',
				parameters: { resource: 'order', operation: 'getAll', returnAll: true },
				truth: () => control.records({ resource: 'orders' }).map((each) => String(each.order_id)),
			},
			{
				name: 'customer.create',
				parameters: {
					resource: 'customer',
					operation: 'create',
					email: 'new.person@example.com',
					firstname: 'New',
					lastname: 'Person',
					password: 'a-long-password',
				},
				done: () => with_('users', 'email', 'new.person@example.com'),
			},
			{
				name: 'order.create',
				parameters: {
					resource: 'order',
					operation: 'create',
					email: 'anna.nowak@example.com',
					statusId: id(1),
					paymentId: id(2),
					shippingId: id(8),
					lines: { row: [{ sku: 'MUG-1', quantity: 2 }] },
				},
				done: () => control.records({ resource: 'orders' }).length - orders,
			},
			{
				name: 'order.changeStatus',
				parameters: {
					resource: 'order',
					operation: 'changeStatus',
					orderId: id(5),
					statusId: id(4),
				},
				done: () =>
					Number(String(control.getRecord({ resource: 'orders', id: 5 })?.status_id) === '4'),
			},
			{
				name: 'product.delete',
				parameters: {
					resource: 'product',
					operation: 'delete',
					productId: { __rl: true, mode: 'code', value: 'SOCK-3' },
				},
				done: () => 1 - with_('products', 'code', 'SOCK-3'),
			},
			{
				name: 'parcel.create',
				parameters: {
					resource: 'parcel',
					operation: 'create',
					orderId: id(5),
					trackingNumber: 'TR-HOSTILE',
				},
				done: () => with_('parcels', 'shipping_code', 'TR-HOSTILE'),
			},
			{
				name: 'stock.update',
				parameters: {
					resource: 'stock',
					operation: 'update',
					productId: { __rl: true, mode: 'code', value: 'MUG-1' },
					mode: 'changeBy',
					quantity: 5,
				},
				done: () =>
					(quantities().reduce((a, b) => a + b, 0) - before.reduce((a, b) => a + b, 0)) / 5,
			},
		],
	};
}

async function inSalesScene(): Promise<Scene> {
	const shop = await startInSalesSandbox();
	const { control } = shop;
	const front = await new HostileFront(shop.url).start();
	const record = (resource: string, at: number) => control.getRecord({ resource, id: at });
	let orders = 0;
	return {
		name: 'InSales',
		front,
		bench: inSalesBench(front),
		reset: () => {
			control.reset();
			control.seed({ orders: 60 });
			orders = control.records({ resource: 'orders' }).length;
		},
		close: async () => {
			await front.stop();
			await shop.close();
		},
		deeds: [
			{
				name: 'order.getAll',
				parameters: { resource: 'order', operation: 'getAll', returnAll: true },
				truth: () => control.records({ resource: 'orders' }).map((each) => String(each.id)),
			},
			{
				name: 'client.create',
				parameters: {
					resource: 'client',
					operation: 'create',
					name: 'Пётр',
					additionalFields: { phone: '+79005550199', email: 'hostile.petr@example.com' },
				},
				done: () =>
					control
						.records({ resource: 'clients' })
						.filter(({ email }) => email === 'hostile.petr@example.com').length,
			},
			{
				name: 'order.create',
				parameters: {
					resource: 'order',
					operation: 'create',
					lines: { row: [{ variantId: '7001', quantity: 1 }] },
					clientName: 'Анна',
					clientPhone: '+79000000000',
					deliveryVariantId: id(21798),
					paymentGatewayId: id(79172),
				},
				done: () => control.records({ resource: 'orders' }).length - orders,
			},
			{
				name: 'order.delete',
				parameters: { resource: 'order', operation: 'delete', orderId: id(80_001) },
				done: () => Number(record('orders', 80_001)?.archived !== false),
			},
			{
				name: 'client.update',
				parameters: {
					resource: 'client',
					operation: 'update',
					clientId: id(4001),
					updateFields: { name: 'Враг' },
				},
				done: () => Number(record('clients', 4001)?.name === 'Враг'),
			},
			{
				name: 'variant.update',
				parameters: {
					resource: 'variant',
					operation: 'update',
					productId: { __rl: true, mode: 'sku', value: 'TS-01-M' },
					updateFields: { quantity: 77 },
				},
				done: () =>
					Number(
						JSON.stringify(control.records({ resource: 'products' })).includes('"quantity":77'),
					),
			},
		],
	};
}

const FINE: Mood = { kind: 'fine' };

const moods: fc.Arbitrary<Mood> = fc.oneof(
	{ weight: 4, arbitrary: fc.constant(FINE) },
	{
		weight: 3,
		arbitrary: fc.record({
			kind: fc.constant('status' as const),
			status: fc.constantFrom(500, 502, 503, 504),
			acts: fc.boolean(),
			page: fc.boolean(),
		}),
	},
	fc.record({
		kind: fc.constant('status' as const),
		// A page in the shop's place, which it never got to see.
		status: fc.constantFrom(200, 403),
		acts: fc.constant(false),
		page: fc.constant(true),
	}),
	fc.record({
		kind: fc.constant('later' as const),
		status: fc.constantFrom(500, 502, 504),
		afterMs: fc.integer({ min: 0, max: 20_000 }),
	}),
	fc.record({ kind: fc.constant('reset' as const), acts: fc.boolean() }),
	fc.record({ kind: fc.constant('silent' as const), acts: fc.boolean() }),
	fc.record({ kind: fc.constant('cut' as const), clean: fc.boolean() }),
	fc.record({
		kind: fc.constant('noise' as const),
		text: fc.constantFrom('\n', '\uFEFF', '<br />\n<b>Notice</b>: Undefined index: a in b.php\n'),
	}),
	fc.record({ kind: fc.constant('slow' as const), ms: fc.integer({ min: 100, max: 70_000 }) }),
	fc.constant<Mood>({ kind: 'ownPage' }),
	fc.constant<Mood>({ kind: 'trickle' }),
	fc.record({ kind: fc.constant('busy' as const), seconds: fc.constantFrom(0, 1, 20) }),
);

/** What a message says of a write that must not have been done, and will not be. */
const SAFE = /safe to repeat|nothing was (done|changed|sent|created)|was not sent/i;

/** Longest that one request takes, with its repeats and their pauses (documented: two minutes a try). */
const MAX_REQUEST_MS = 150_000;

/** Requests that no operation on so few records needs, even in the smallest parts. */
const MAX_REQUESTS = 500;

let scenes: Scene[] = [];
let time: HeldTime;

beforeAll(async () => {
	scenes = [await prestaShopScene(), await shoperScene(), await inSalesScene()];
	time = new HeldTime('2027-03-10T09:00:00Z', () =>
		scenes.reduce((sum, { front }) => sum + front.holding, 0),
	);
	for (const { bench } of scenes) time.watch(bench);
});

afterAll(async () => {
	time.end();
	await Promise.all(scenes.map(async ({ close }) => await close()));
});

/** What became of each item. */
type Told = { failed: false; json: IDataObject } | { failed: true; message: string };

function judge(deed: Deed, item: number, told: Told): void {
	const times = deed.done?.(item) ?? 0;
	expect(times).toBeLessThanOrEqual(1);
	if (!told.failed) expect(times).toBe(1);
	else if (SAFE.test(told.message)) expect(times).toBe(0);
}

/** What a host does to the requests of a run. */
interface Weather {
	/** To the first ones. */
	first: readonly Mood[];
	/** To the first write, where that is something else. */
	write?: Mood | undefined;
	rest: Mood;
	/** Most records it gives at once. */
	gives: number;
}

/** Runs a deed behind a host in these moods; what it told, and what it took. */
async function play(
	{ front, bench, reset }: Scene,
	deed: Deed,
	{ first, write, rest, gives }: Weather,
) {
	reset();
	// What one run learnt of the shop's limits must not stop the next one.
	time.pass(10 * 60_000);
	front.gives = gives;
	let writes = 0;
	front.moodOf = (index, method) => {
		const isFirstWrite = method !== 'GET' && writes++ === 0;
		return (isFirstWrite ? write : undefined) ?? first[index] ?? rest;
	};
	const startedAt = Date.now();
	const items = (deed.items ?? [{}]).map((json) => ({ json }));
	const {
		items: output,
		error,
		hints,
	} = await time.run(
		async () =>
			await executeNode(bench, deed.parameters, { items, onError: 'continueRegularOutput' }),
	);
	const elapsedMs = Date.now() - startedAt;
	const requests = front.count;
	front.moodOf = () => FINE;
	await time.run(async () => await front.settle());
	expect(error).toBeUndefined();
	const told = output.map(({ json }): Told => {
		const { error: message } = json;
		return typeof message === 'string' ? { failed: true, message } : { failed: false, json };
	});
	if (deed.done) {
		expect(told).toHaveLength(items.length);
		for (const [item, each] of told.entries()) judge(deed, item, each);
	}
	const truth = deed.truth?.();
	if (truth) {
		const found = told.flatMap((each) => (each.failed ? [] : [String(each.json.id)]));
		for (const each of found) expect(truth).toContain(each);
		expect(new Set(found).size).toBe(found.length);
		const isWhole = told.every(({ failed }) => !failed) && hints.length === 0;
		if (isWhole) expect(found.sort()).toEqual(truth.sort());
	}
	return { told, requests, elapsedMs };
}

test('behind a good host everything is done', async () => {
	for (const scene of scenes) {
		for (const deed of scene.deeds) {
			const { told } = await play(scene, deed, { first: [], rest: FINE, gives: Infinity });
			const failed = told.filter((each) => each.failed);
			expect([deed.name, failed]).toEqual([deed.name, []]);
		}
	}
});

test(
	`${RUNS} combinations of hostile servers and operations`,
	async () => {
		const totals = { runs: 0, requests: 0, done: 0, failed: 0, longestMs: 0 };
		const deeds = scenes.flatMap((scene) => scene.deeds.map((deed) => ({ scene, deed })));
		const plan = fc.record({
			which: fc.constantFrom(...deeds.map(({ scene, deed }) => `${scene.name} ${deed.name}`)),
			first: fc.oneof(fc.constant([]), fc.array(moods, { maxLength: 6 })),
			write: fc.option(moods, { nil: undefined }),
			rest: fc.oneof({ weight: 3, arbitrary: fc.constant(FINE) }, moods),
			gives: fc.option(fc.integer({ min: 25, max: 60 }), { nil: Number.POSITIVE_INFINITY }),
		});
		await fc.assert(
			fc.asyncProperty(plan, async ({ which, ...moodsOfRun }) => {
				const found = deeds.find(({ scene, deed }) => `${scene.name} ${deed.name}` === which);
				if (!found) throw new Error(`There is no ${which}.`);
				const { told, requests, elapsedMs } = await play(found.scene, found.deed, moodsOfRun);
				expect(requests).toBeLessThanOrEqual(MAX_REQUESTS);
				expect(elapsedMs).toBeLessThanOrEqual((requests + 1) * MAX_REQUEST_MS);
				totals.runs++;
				totals.requests += requests;
				totals.longestMs = Math.max(totals.longestMs, elapsedMs);
				for (const { failed } of told) totals[failed ? 'failed' : 'done']++;
			}),
			{ numRuns: RUNS },
		);
		const { runs, requests, done, failed, longestMs } = totals;
		process.stderr.write(
			`${runs} runs, ${requests} requests, ${done} items told done, ${failed} told failed, longest ${Math.round(longestMs / 1000)} s\n`,
		);
	},
	RUNS * 3_000,
);

/** The InSales Trigger in a published workflow, read from the executions that n8n has stored. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { N8nRest } from '../../sandbox/n8n/rest.mts';
import type { CredentialReference, StoredWorkflow } from '../../sandbox/n8n/workflow.mts';
import { accessTo, inSalesTrigger, openInSales, saveInSales } from './support/insales.mts';
import type { InSalesSandbox } from './support/insales.mts';
import { enterN8n, startN8nAgain, stopN8n } from './support/n8n.mts';
import { givenBy } from './support/nodeOutput.mts';
import { publish } from './support/publish.mts';
import { saw, secondsSince } from './support/report.mts';
import { fetchTestEvent } from './support/testEvent.mts';
import { until } from './support/until.mts';
import { workflowOf } from './support/workflows.mts';

const NODE = 'InSales Trigger';
/** Two more polls would show what comes a second time. */
const TWO_POLLS_MS = 4_500;
/** Other processes may keep the machine busy. */
const PATIENCE_MS = 90_000;

type Json = Record<string, unknown>;

/** One change of a status, as a test writes it down. */
function stepOf({ id, previousStatus, status }: Json): string {
	const nameOf = (side: unknown) => (side as { name?: string } | null)?.name ?? '?';
	return `${String(id)}: ${nameOf(previousStatus)} > ${nameOf(status)}`;
}

describe('the InSales Trigger', () => {
	let rest: N8nRest;
	let shop: InSalesSandbox;
	let credential: CredentialReference;
	const workflows: StoredWorkflow[] = [];

	const published = async (event: string, more: Json = {}): Promise<StoredWorkflow> => {
		const nodes = [inSalesTrigger(NODE, credential, { event, ...more })];
		const workflow = await rest.createWorkflow(workflowOf(`InSales: ${event}`, nodes));
		workflows.push(workflow);
		await publish(rest, workflow);
		return workflow;
	};

	/** Waits for so many events, and then for those that should not come. */
	const eventsOf = async (workflow: StoredWorkflow, count: number): Promise<Json[]> => {
		await until(
			`${count} events`,
			async () => (await givenBy(rest, workflow, NODE)).length >= count,
			PATIENCE_MS,
		);
		await sleep(TWO_POLLS_MS);
		const events = await givenBy(rest, workflow, NODE);
		const ids = events.map(({ event }) => (event as Json).id);
		expect(new Set(ids).size).toBe(ids.length);
		return events;
	};

	/** Waits until a workflow has polled from now on: what comes before belongs to the first look. */
	const polled = async (): Promise<void> => {
		const before = shop.control.requests().length;
		await until('two polls', async () => shop.control.requests().length >= before + 2, PATIENCE_MS);
	};

	beforeAll(async () => {
		rest = enterN8n();
		shop = await openInSales();
		credential = await saveInSales(rest, 'InSales polling', accessTo(shop));
	});

	afterEach(async () => {
		for (const workflow of workflows.splice(0)) await rest.unpublish(workflow.id);
	});

	afterAll(async () => {
		await shop?.close();
	});

	test.each([['orderCreated'], ['orderStatusChanged'], ['orderPaid'], ['customerCreated']])(
		'shows a recent event on "Fetch test event" and remembers nothing: %s',
		async (event) => {
			const email = `${event}@example.com`.toLowerCase();
			const paid = event === 'orderPaid';
			const { id } = shop.control.placeOrder({ email, paid });
			if (event === 'orderStatusChanged') {
				shop.control.changeStatus({ orderId: id, permalink: 'v-obrabotke' });
			}
			const shown = await fetchTestEvent(rest, inSalesTrigger(NODE, credential, { event }));
			expect(shown).toMatchObject({ event: { type: event, id: expect.any(String) } });
			if (event !== 'customerCreated') expect(shown.id).toBe(String(id));
			else expect(shown).toMatchObject({ email });
		},
	);

	test('tells all changes between two polls, in order, each with the status before it', async () => {
		const first = shop.control.placeOrder({ email: 'anna@example.com' }).id;
		const second = shop.control.placeOrder({ email: 'ivan@example.com' }).id;
		const workflow = await published('orderStatusChanged');
		await polled();
		expect(await givenBy(rest, workflow, NODE)).toEqual([]);

		// In one breath: no poll comes in between.
		shop.control.changeStatus({ orderId: first, permalink: 'v-obrabotke' });
		shop.control.changeStatus({ orderId: second, permalink: 'otmenen' });
		shop.control.changeStatus({ orderId: first, permalink: 'sobran' });
		shop.control.changePayment({ orderId: first, status: 'paid' });
		shop.control.changeStatus({ orderId: first, permalink: 'dispatched' });
		const events = await eventsOf(workflow, 4);
		const steps = events.map(stepOf);
		saw(steps.join(' | '));
		expect(steps.filter((step) => step.startsWith(String(first)))).toEqual([
			`${first}: Новый > В обработке`,
			`${first}: В обработке > Собран`,
			`${first}: Собран > Отгружен`,
		]);
		expect(steps.filter((step) => step.startsWith(String(second)))).toEqual([
			`${second}: Новый > Отменён клиентом`,
		]);
		expect(events).toHaveLength(4);
		expect(events.at(-1)).toMatchObject({ platform: 'insales', shop: new URL(shop.url).host });
	});

	test('tells changes within one system status, and only those that are asked for', async () => {
		const { id } = shop.control.placeOrder();
		const workflow = await published('orderStatusChanged', { statusIds: ['novyy-iz-chata'] });
		await polled();
		shop.control.changeStatus({ orderId: id, permalink: 'novyy-iz-chata' });
		shop.control.changeStatus({ orderId: id, permalink: 'accepted' });
		const events = await eventsOf(workflow, 1);
		expect(events.map(stepOf)).toEqual([`${id}: Новый > Новый из чата`]);
	});

	test('delivers each order and each change once across a restart of n8n', async () => {
		const created = await published('orderCreated');
		const changed = await published('orderStatusChanged');
		await polled();
		await polled();
		shop.control.clearRequests();
		await sleep(TWO_POLLS_MS);
		saw(`${shop.control.requests().length} requests in 4.5 s of two workflows polling every 2 s`);
		// Two or three polls each, of one request.
		expect(shop.control.requests().length).toBeLessThanOrEqual(6);
		expect(await rest.executions(created.id)).toEqual([]);

		const placed: string[] = [];
		const steps: string[] = [];
		const place = (count: number) => {
			for (let index = 0; index < count; index++) {
				placed.push(String(shop.control.placeOrder().id));
			}
		};
		const move = (permalink: string, step: string) => {
			const orderId = Number(placed[0]);
			shop.control.changeStatus({ orderId, permalink });
			steps.push(`${orderId}: ${step}`);
		};
		const expectEachOnce = async () => {
			const orders = await eventsOf(created, placed.length);
			saw(`${orders.length} orders delivered`);
			expect(orders.map(({ id }) => id)).toEqual(placed);
			const changes = await eventsOf(changed, steps.length);
			expect(changes.map(stepOf)).toEqual(steps);
		};

		place(2);
		move('accepted', 'Новый > Принят');
		await expectEachOnce();
		const startedAt = Date.now();
		await stopN8n();
		place(3);
		move('approved', 'Принят > Согласован');
		move('gotov-k-vydache', 'Согласован > Готов к выдаче');
		rest = await startN8nAgain();
		saw(`n8n restarted in ${secondsSince(startedAt)}`);
		await expectEachOnce();
		place(1);
		move('delivered', 'Готов к выдаче > Доставлен');
		await expectEachOnce();
		const [, order] = await givenBy(rest, created, NODE);
		expect(order).toMatchObject({
			platform: 'insales',
			status: { id: 'new', name: 'Новый', phase: 'new' },
			currency: 'RUB',
			lines: [{ quantity: 1, sku: 'MUG-01' }],
		});
	});
});

const FIVE = [
	'orderCreated',
	'orderStatusChanged',
	'orderPaid',
	'customerCreated',
	'productUpdated',
];

describe('five workflows on one shop and key', () => {
	let rest: N8nRest;
	let shop: InSalesSandbox;
	const workflows = new Map<string, StoredWorkflow>();

	const tell = async (event: string): Promise<number> => {
		const workflow = workflows.get(event);
		return workflow ? (await givenBy(rest, workflow, NODE)).length : 0;
	};

	const failures = async (): Promise<string[]> => {
		const all = [];
		for (const { id } of workflows.values()) all.push(...(await rest.executions(id)));
		return all.filter(({ status }) => status !== 'success').map(({ status }) => status);
	};

	beforeAll(async () => {
		rest = enterN8n();
		shop = await openInSales();
		const credential = await saveInSales(rest, 'InSales five', accessTo(shop));
		for (const event of FIVE) {
			const nodes = [inSalesTrigger(NODE, credential, { event })];
			const workflow = await rest.createWorkflow(workflowOf(`InSales five: ${event}`, nodes));
			workflows.set(event, workflow);
			await publish(rest, workflow);
		}
	});

	afterAll(async () => {
		for (const { id } of workflows.values()) await rest.unpublish(id);
		await shop?.close();
	});

	test('one request for each idle poll, and each hears of its own', async () => {
		const enough = 6 * FIVE.length;
		await until(
			'the first polls',
			async () => shop.control.requests().length >= enough,
			PATIENCE_MS,
		);
		shop.control.clearRequests();
		const startedAt = Date.now();
		await until('more polls', async () => shop.control.requests().length >= enough, PATIENCE_MS);
		const paths = shop.control.requests().map(({ path }) => path.replace(/\?.*/, ''));
		saw(`${paths.length} requests in ${secondsSince(startedAt)}: ${[...new Set(paths)].join(' ')}`);
		for (const event of FIVE) expect(await tell(event)).toBe(0);
		// Lists only: nothing that an idle poll would look up besides.
		expect([...new Set(paths)].sort()).toEqual([
			'/admin/clients.json',
			'/admin/orders.json',
			'/admin/products.json',
		]);

		const { id } = shop.control.placeOrder({ email: 'five@example.com' });
		shop.control.changePayment({ orderId: id, status: 'paid' });
		shop.control.changeStatus({ orderId: id, permalink: 'accepted' });
		shop.control.updateProduct({ sku: 'MUG-01', price: 555 });
		for (const event of FIVE) {
			await until(event, async () => (await tell(event)) >= 1, PATIENCE_MS);
		}
		await sleep(TWO_POLLS_MS);
		for (const event of FIVE) expect([event, await tell(event)]).toEqual([event, 1]);
	});

	test('they never ask for more than the shop grants, and end quietly when it is used up', async () => {
		// Polling every two seconds, five of them would want 750 in a window.
		const granted = shop.control.mostInAWindow() + 25;
		shop.control.setLimit({ requests: granted });
		shop.control.clearRequests();
		await until(
			'all granted requests',
			async () => shop.control.mostInAWindow() >= granted - 2,
			PATIENCE_MS,
		);
		const { id } = shop.control.placeOrder({ email: 'late@example.com' });
		await sleep(3 * TWO_POLLS_MS);
		const refused = shop.control.requests().filter(({ status }) => status === 429);
		saw(`${shop.control.mostInAWindow()} of ${granted} requests, ${refused.length} refused`);
		expect(shop.control.mostInAWindow()).toBeLessThanOrEqual(granted);
		expect(refused).toEqual([]);
		expect(shop.control.ignoredRetryAfters()).toEqual([]);
		expect(await failures()).toEqual([]);
		expect(id).toBeGreaterThan(0);
	});
});

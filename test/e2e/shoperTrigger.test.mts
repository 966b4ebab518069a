/** The Shoper Trigger in a published workflow, read from the executions that n8n has stored. */
import { setTimeout as sleep } from 'node:timers/promises';
import { errorOf, outputOf } from '../../sandbox/n8n/executionData.mts';
import type { N8nRest } from '../../sandbox/n8n/rest.mts';
import type { CredentialReference, StoredWorkflow } from '../../sandbox/n8n/workflow.mts';
import { enterN8n, startN8nAgain, stopN8n } from './support/n8n.mts';
import { saw, secondsSince } from './support/report.mts';
import {
	loginOf,
	openShoper,
	saveShoper,
	SHOPER_ADMINS,
	shoperTrigger,
} from './support/shoper.mts';
import type { ShoperSandbox } from './support/shoper.mts';
import { until } from './support/until.mts';
import { workflowOf } from './support/workflows.mts';

const NODE = 'Shoper Trigger';
/** Two more polls would show what comes a second time. */
const TWO_POLLS_MS = 4_500;
const MINUTE_MS = 60_000;

type Json = Record<string, unknown>;

describe('the Shoper Trigger', () => {
	let rest: N8nRest;
	let shop: ShoperSandbox;
	let credential: CredentialReference;

	const publish = async (event: string): Promise<StoredWorkflow> => {
		const nodes = [shoperTrigger(NODE, credential, { event })];
		const workflow = await rest.createWorkflow(workflowOf(`Shoper: ${event}`, nodes));
		const { status, triggers } = await rest.publish(workflow.id);
		saw(`${event}: ${status} ${JSON.stringify(triggers)}`);
		expect(status).toBe('published');
		return workflow;
	};

	const delivered = async ({ id }: StoredWorkflow): Promise<Json[]> => {
		const events = [];
		for (const execution of (await rest.executions(id)).reverse()) {
			const { run } = await rest.execution(execution.id);
			events.push(...outputOf(run, NODE).map(({ json }) => json));
		}
		return events;
	};

	beforeAll(async () => {
		rest = enterN8n();
		shop = await openShoper();
		credential = await saveShoper(rest, 'Shoper polling', loginOf(shop, SHOPER_ADMINS.helpdesk));
	});

	afterAll(async () => {
		await shop?.close();
	});

	test.each([['orderCreated'], ['orderStatusChanged'], ['customerCreated']])(
		'shows a recent event on "Fetch test event" and remembers nothing: %s',
		async (event) => {
			// A status of the same second as the order is the one it was placed with.
			const at = shop.control.now().ms - MINUTE_MS;
			const email = `${event}@example.com`.toLowerCase();
			const { id } = shop.control.placeOrder({ email, at });
			if (event === 'orderStatusChanged') shop.control.changeStatus({ orderId: id, statusId: 4 });
			const nodes = [shoperTrigger(NODE, credential, { event })];
			const workflow = await rest.createWorkflow(workflowOf(`Test event: ${event}`, nodes));
			const { run } = await rest.run(workflow.id, NODE);
			const items = outputOf(run, NODE);
			const stored = await rest.readWorkflow(workflow.id);
			saw(JSON.stringify(items[0]?.json ?? errorOf(run)).slice(0, 300));
			expect(items).toHaveLength(1);
			const [first] = items;
			expect(first?.json).toMatchObject({ event: { type: event, id: expect.any(String) } });
			if (event !== 'customerCreated') expect(first?.json.id).toBe(String(id));
			expect(stored.staticData ?? {}).toEqual({});
		},
	);

	test('delivers each order once across a restart of n8n, with one login in all', async () => {
		const workflow = await publish('orderCreated');
		const placed: string[] = [];
		const place = (count: number) => {
			for (let index = 0; index < count; index++) {
				placed.push(String(shop.control.placeOrder().id));
			}
		};
		const expectEachOnce = async () => {
			await until(
				`${placed.length} orders`,
				async () => (await delivered(workflow)).length >= placed.length,
			);
			await sleep(TWO_POLLS_MS);
			const events = await delivered(workflow);
			saw(`${events.length} orders delivered`);
			expect(events.map(({ id }) => id)).toEqual(placed);
			expect(new Set(events.map(({ event }) => (event as Json).id)).size).toBe(placed.length);
		};

		shop.control.clearRequests();
		await sleep(TWO_POLLS_MS);
		saw(`${shop.control.requests().length} requests in 4.5 s of polling every 2 s`);
		expect(await rest.executions(workflow.id)).toEqual([]);
		expect(shop.control.requests().length).toBeLessThanOrEqual(4);
		place(2);
		await expectEachOnce();
		const startedAt = Date.now();
		await stopN8n();
		place(3);
		rest = await startN8nAgain();
		saw(`n8n restarted in ${secondsSince(startedAt)}`);
		await expectEachOnce();
		place(1);
		await expectEachOnce();
		expect(shop.control.logins()).toMatchObject([{ ok: true }]);
		const [event] = await delivered(workflow);
		expect(event).toMatchObject({
			platform: 'shoper',
			status: { id: '1', name: 'złożone', phase: 'new' },
			currency: 'PLN',
			lines: [{ quantity: 1, sku: 'TEE-COT' }],
		});
		await rest.unpublish(workflow.id);
	});

	test('tells of a new status with the one before it', async () => {
		const { id } = shop.control.placeOrder({ at: shop.control.now().ms - MINUTE_MS });
		const workflow = await publish('orderStatusChanged');
		await sleep(TWO_POLLS_MS);
		shop.control.changeStatus({ orderId: id, statusId: 4 });
		await until('the first change', async () => (await delivered(workflow)).length >= 1);
		shop.control.changeStatus({ orderId: id, statusId: 7 });
		await until('the second change', async () => (await delivered(workflow)).length >= 2);
		await sleep(TWO_POLLS_MS);
		const steps = (await delivered(workflow)).map(({ id: order, previousStatus, status }) => ({
			order,
			previousStatus,
			status,
		}));
		saw(JSON.stringify(steps));
		expect(steps).toMatchObject([
			{ order: String(id), status: { id: '4', name: 'w trakcie kompletowania' } },
			{
				order: String(id),
				previousStatus: { id: '4', name: 'w trakcie kompletowania' },
				status: { id: '7', name: 'przesyłka wysłana', phase: 'shipped' },
			},
		]);
		await rest.unpublish(workflow.id);
	});
});

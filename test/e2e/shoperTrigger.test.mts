/** The Shoper Trigger in a published workflow, read from the executions that n8n has stored. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { N8nRest } from '../../sandbox/n8n/rest.mts';
import type { CredentialReference, StoredWorkflow } from '../../sandbox/n8n/workflow.mts';
import { enterN8n, startN8nAgain, stopN8n } from './support/n8n.mts';
import { givenBy } from './support/nodeOutput.mts';
import { publish } from './support/publish.mts';
import { saw, secondsSince } from './support/report.mts';
import {
	loginOf,
	openShoper,
	saveShoper,
	SHOPER_ADMINS,
	shoperTrigger,
} from './support/shoper.mts';
import type { ShoperSandbox } from './support/shoper.mts';
import { fetchTestEvent } from './support/testEvent.mts';
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

	const published = async (event: string): Promise<StoredWorkflow> => {
		const nodes = [shoperTrigger(NODE, credential, { event })];
		const workflow = await rest.createWorkflow(workflowOf(`Shoper: ${event}`, nodes));
		await publish(rest, workflow);
		return workflow;
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
			const shown = await fetchTestEvent(rest, shoperTrigger(NODE, credential, { event }));
			expect(shown).toMatchObject({ event: { type: event, id: expect.any(String) } });
			if (event !== 'customerCreated') expect(shown.id).toBe(String(id));
		},
	);

	test('delivers each order once across a restart of n8n, with one login in all', async () => {
		const workflow = await published('orderCreated');
		const placed: string[] = [];
		const place = (count: number) => {
			for (let index = 0; index < count; index++) {
				placed.push(String(shop.control.placeOrder().id));
			}
		};
		const expectEachOnce = async () => {
			await until(
				`${placed.length} orders`,
				async () => (await givenBy(rest, workflow, NODE)).length >= placed.length,
			);
			await sleep(TWO_POLLS_MS);
			const events = await givenBy(rest, workflow, NODE);
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
		const [event] = await givenBy(rest, workflow, NODE);
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
		const workflow = await published('orderStatusChanged');
		await sleep(TWO_POLLS_MS);
		shop.control.changeStatus({ orderId: id, statusId: 4 });
		await until('the first change', async () => (await givenBy(rest, workflow, NODE)).length >= 1);
		shop.control.changeStatus({ orderId: id, statusId: 7 });
		await until('the second change', async () => (await givenBy(rest, workflow, NODE)).length >= 2);
		await sleep(TWO_POLLS_MS);
		const steps = (await givenBy(rest, workflow, NODE)).map(
			({ id: order, previousStatus, status }) => ({
				order,
				previousStatus,
				status,
			}),
		);
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

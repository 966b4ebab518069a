/**
 * Each order reaches the workflow exactly once, whatever happens to n8n or to the shop. The test
 * reads what the published workflow has really received: the stored executions.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { outputOf } from '../../sandbox/n8n/executionData.mts';
import type { N8nRest } from '../../sandbox/n8n/rest.mts';
import type { StoredWorkflow } from '../../sandbox/n8n/workflow.mts';
import { enterN8n, killN8n, startN8nAgain, stopN8n } from './support/n8n.mts';
import { trigger } from './support/prestashop.mts';
import { saw, secondsSince } from './support/report.mts';
import { shop } from './support/shop.mts';
import { until } from './support/until.mts';
import { workflowOf } from './support/workflows.mts';

const NODE = 'PrestaShop Trigger';

describe('new orders reach a published workflow exactly once', () => {
	let rest: N8nRest;
	let workflow: StoredWorkflow;
	const placed: string[] = [];

	const placeOrders = async (count: number): Promise<string[]> => {
		const references: string[] = [];
		for (let index = 0; index < count; index++) {
			references.push((await shop.placeOrder()).reference);
		}
		placed.push(...references);
		return references;
	};

	const delivered = async (): Promise<string[]> => {
		const references: string[] = [];
		for (const { id } of (await rest.executions(workflow.id)).reverse()) {
			const { run } = await rest.execution(id);
			references.push(...outputOf(run, NODE).map((item) => String(item.json.reference)));
		}
		return references;
	};

	const expectEachOnce = async (): Promise<void> => {
		const wanted = [...placed].sort();
		await until(`${wanted.length} orders are delivered`, async () => {
			return (await delivered()).length >= wanted.length;
		});
		// Two more polls would show a second delivery.
		await sleep(4_500);
		const got = await delivered();
		saw(
			`${got.length} orders delivered in ${(await rest.executions(workflow.id)).length} executions`,
		);
		expect([...got].sort()).toEqual(wanted);
	};

	beforeAll(async () => {
		await shop.reset();
		rest = enterN8n();
		workflow = await rest.createWorkflow(
			workflowOf('Delivery', [trigger(NODE, { event: 'orderCreated' })]),
		);
		const publication = await rest.publish(workflow.id);
		saw(`publication ${publication.status}, triggers ${JSON.stringify(publication.triggers)}`);
		expect(publication.status).toBe('published');
	});

	afterAll(async () => {
		await shop.clearFaults();
		await rest.unpublish(workflow.id);
	});

	test('what is in the shop already is not announced; an idle poll is one request', async () => {
		await shop.clearRequests();
		await sleep(6_500);
		const requests = await shop.requests();
		const executions = await rest.executions(workflow.id);
		saw(
			`${requests.length} requests in 6.5 s of polling every 2 s, ${executions.length} executions`,
		);
		expect(executions.map(({ status }) => status)).toEqual([]);
		// Three or four polls, and perhaps one request that the activation still made.
		expect(requests.length).toBeGreaterThanOrEqual(3);
		expect(requests.length).toBeLessThanOrEqual(5);
	});

	test('orders placed while everything runs', async () => {
		await placeOrders(3);
		await expectEachOnce();
	});

	test('a normal restart of n8n, with orders placed while it is down', async () => {
		const startedAt = Date.now();
		await placeOrders(1);
		await expectEachOnce();
		await stopN8n();
		await placeOrders(4);
		rest = await startN8nAgain();
		saw(`n8n restarted in ${secondsSince(startedAt)}`);
		await expectEachOnce();
		await placeOrders(1);
		await expectEachOnce();
	});

	test('the power fails while nothing is going on', async () => {
		await killN8n();
		await placeOrders(2);
		rest = await startN8nAgain();
		await expectEachOnce();
	});

	test('the shop answers 500 while n8n starts: the trigger lives and recovers', async () => {
		await stopN8n();
		await shop.answerWithStatus(500);
		await placeOrders(2);
		rest = await startN8nAgain();
		const publication = await rest.waitForPublication(workflow.id);
		saw(`while the shop is broken: ${JSON.stringify(publication.triggers)}`);
		expect(publication.triggers.map((entry) => entry.status)).toEqual(['activated']);
		await shop.clearFaults();
		await expectEachOnce();
	});
});

describe('status changes reach a published workflow exactly once', () => {
	let rest: N8nRest;
	let workflow: StoredWorkflow;

	beforeAll(async () => {
		rest = enterN8n();
		workflow = await rest.createWorkflow(
			workflowOf('Status changes', [trigger(NODE, { event: 'orderStatusChanged' })]),
		);
		await rest.publish(workflow.id);
	});

	afterAll(async () => {
		await rest.unpublish(workflow.id);
	});

	test('two changes between two polls come as two events, in order, with the status before', async () => {
		const order = await shop.placeOrder();
		await shop.changeState(order.id, 3);
		await shop.changeState(order.id, 4);
		const events = async (): Promise<Array<Record<string, unknown>>> => {
			const items = [];
			for (const { id } of (await rest.executions(workflow.id)).reverse()) {
				items.push(...outputOf((await rest.execution(id)).run, NODE).map((item) => item.json));
			}
			return items;
		};
		const steps = (items: Array<Record<string, unknown>>): string[] =>
			items.map(({ previousStatus, status }) => `${nameOf(previousStatus)} > ${nameOf(status)}`);
		await until('both changes', async () => (await events()).length >= 2);
		await sleep(4_500);
		const got = await events();
		saw(JSON.stringify(steps(got)));
		expect(steps(got).slice(-2)).toEqual([
			'Awaiting check payment > Processing in progress',
			'Processing in progress > Shipped',
		]);
		expect(new Set(got.map(({ event }) => JSON.stringify(event))).size).toBe(got.length);
	});
});

function nameOf(status: unknown): string {
	return typeof status === 'object' && status !== null && 'name' in status
		? String(status.name)
		: String(status);
}

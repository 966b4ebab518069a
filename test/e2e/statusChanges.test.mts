/** What a published workflow receives of status changes: read from the stored executions. */
import { setTimeout as sleep } from 'node:timers/promises';
import { outputOf } from '../../sandbox/n8n/executionData.mts';
import type { N8nRest } from '../../sandbox/n8n/rest.mts';
import type { StoredWorkflow } from '../../sandbox/n8n/workflow.mts';
import { enterN8n } from './support/n8n.mts';
import { trigger } from './support/prestashop.mts';
import { saw } from './support/report.mts';
import { shop } from './support/shop.mts';
import { until } from './support/until.mts';
import { workflowOf } from './support/workflows.mts';

const NODE = 'PrestaShop Trigger';

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

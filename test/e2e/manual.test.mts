/** "Fetch test event": one real order is shown, and the trigger remembers nothing of it. */
import { errorOf, outputOf } from '../../sandbox/n8n/executionData.mts';
import type { N8nRest } from '../../sandbox/n8n/rest.mts';
import { enterN8n } from './support/n8n.mts';
import { saw } from './support/report.mts';
import { shop } from './support/shop.mts';
import { trigger, workflowOf } from './support/workflows.mts';

const NODE = 'PrestaShop Trigger';

describe('fetching a test event', () => {
	let rest: N8nRest;

	beforeAll(async () => {
		await shop.reset();
		rest = enterN8n();
	});

	test.each([['orderCreated'], ['orderStatusChanged']])(
		'%s shows a recent event',
		async (event) => {
			const { id: orderId, reference } = await shop.placeOrder();
			if (event === 'orderStatusChanged') await shop.changeState(orderId, 4);
			const workflow = await rest.createWorkflow(workflowOf(event, [trigger(NODE, { event })]));
			const { run } = await rest.run(workflow.id, NODE);
			const items = outputOf(run, NODE);
			const stored = await rest.readWorkflow(workflow.id);
			saw(`${items.length} item: ${JSON.stringify(items[0]?.json ?? errorOf(run)).slice(0, 400)}`);
			saw(`remembered afterwards: ${JSON.stringify(stored.staticData)}`);
			expect(items).toHaveLength(1);
			expect(items[0]?.json).toMatchObject({
				reference,
				event: { id: expect.any(String), type: event, shop: expect.any(String) },
			});
			expect(stored.staticData ?? {}).toEqual({});
		},
	);
});

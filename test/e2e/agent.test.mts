/** An AI agent in n8n uses the PrestaShop tool; a small server plays the language model. */
import { randomUUID } from 'node:crypto';
import { errorOf, outputOf } from '../../sandbox/n8n/executionData.mts';
import type { N8nRest } from '../../sandbox/n8n/rest.mts';
import { agentWorkflow, heardBy, openChatModel } from './support/chatModel.mts';
import type { ChatModel } from './support/chatModel.mts';
import { enterN8n } from './support/n8n.mts';
import { TOOL } from './support/prestashop.mts';
import { saw } from './support/report.mts';
import { shop } from './support/shop.mts';
import { locator, START } from './support/workflows.mts';
import { readWorld } from './support/world.mts';

const ANSWER = 'Your order is on its way.';

describe('an AI agent with the PrestaShop tool', () => {
	let rest: N8nRest;
	let model: ChatModel | undefined;

	beforeAll(async () => {
		rest = enterN8n();
	});

	afterEach(() => model?.close());

	const ask = async (reference: string): Promise<{ asked: ChatModel; answer: unknown }> => {
		const asked = await openChatModel({ Order_Reference: reference }, ANSWER);
		model = asked;
		const data = { apiKey: 'none', url: asked.url, header: false };
		const id = await rest.saveCredential('Played model', 'openAiApi', data);
		const tool = {
			id: randomUUID(),
			name: 'Find an order',
			type: TOOL,
			typeVersion: 1,
			position: [0, 0] as [number, number],
			parameters: {
				resource: 'order',
				operation: 'get',
				orderId: locator('reference', "={{ $fromAI('Order_Reference', ``, 'string') }}"),
			},
			credentials: { prestaShopApi: readWorld().credential },
		};
		const workflow = await rest.createWorkflow(
			agentWorkflow('Where is my order?', { id, name: 'Played model' }, tool),
		);
		const { run } = await rest.run(workflow.id, START);
		const error = errorOf(run);
		if (error) saw(`error: ${error.message} / ${error.description}`);
		return { asked, answer: outputOf(run, 'Agent')[0]?.json.output };
	};

	test('gets the order it asked for', async () => {
		const order = await shop.placeOrder({ email: 'jane.roe@example.com' });
		const { asked, answer } = await ask(order.reference);
		const tool = asked.requests[0]?.tools?.[0]?.function;
		const heard = heardBy(asked);
		saw(`tool ${tool?.name}: ${tool?.description} ${JSON.stringify(tool?.parameters.properties)}`);
		saw(`the model heard ${heard.length} characters: ${heard.slice(0, 300)}`);
		expect(tool?.description).toMatch(/order/i);
		expect(heard).toContain(order.reference);
		expect(heard).toContain('jane.roe@example.com');
		expect(answer).toBe(ANSWER);
	});

	test('is told in one sentence when there is no such order', async () => {
		const { asked, answer } = await ask('NOSUCHREF');
		saw(`the model heard: ${heardBy(asked)}`);
		expect(heardBy(asked)).toContain('NOSUCHREF');
		expect(answer).toBe(ANSWER);
	});
});

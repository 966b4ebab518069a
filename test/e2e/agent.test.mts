/** An AI agent in n8n uses the PrestaShop tool; a small server plays the language model. */
import { errorOf, outputOf } from '../../sandbox/n8n/executionData.mts';
import type { N8nRest } from '../../sandbox/n8n/rest.mts';
import { agentWorkflow, heardBy, openChatModel } from './support/chatModel.mts';
import type { ChatModel } from './support/chatModel.mts';
import { enterN8n } from './support/n8n.mts';
import { action, TOOL } from './support/prestashop.mts';
import { saw } from './support/report.mts';
import { shop } from './support/shop.mts';
import { locator, START } from './support/workflows.mts';

const ANSWER = 'Your order is on its way.';

describe('an AI agent with the PrestaShop tool', () => {
	let rest: N8nRest;
	let model: ChatModel | undefined;

	beforeAll(async () => {
		rest = enterN8n();
	});

	afterEach(() => model?.close());

	const orderByReference = {
		resource: 'order',
		operation: 'get',
		orderId: locator('reference', "={{ $fromAI('Order_Reference', ``, 'string') }}"),
	};

	const ask = async (
		reference: string,
		parameters: Record<string, unknown> = orderByReference,
	): Promise<{ asked: ChatModel; answer: unknown }> => {
		const asked = await openChatModel({ Order_Reference: reference }, ANSWER);
		model = asked;
		const data = { apiKey: 'none', url: asked.url, header: false };
		const id = await rest.saveCredential('Played model', 'openAiApi', data);
		const tool = action('Use the shop', parameters, TOOL);
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

	test('hears that nothing was found where the tool says so instead of failing', async () => {
		const parameters = { ...orderByReference, options: { ifNotFound: 'item' } };
		const { asked, answer } = await ask('NOSUCHREF', parameters);
		const heard = heardBy(asked);
		saw(`the model heard: ${heard}`);
		expect(heard).toMatch(/"found":\s*false/);
		expect(heard).not.toMatch(/error/i);
		expect(answer).toBe(ANSWER);
	});

	test('gets nothing from a tool whose check the model could overwrite', async () => {
		const order = await shop.placeOrder({ email: 'jane.roe@example.com' });
		const options = { verifyEmail: '={{ $json.email }}' };
		await shop.clearRequests();
		const { asked } = await ask(order.reference, { ...orderByReference, options });
		const heard = heardBy(asked);
		saw(`the model heard: ${heard}`);
		expect(heard).toContain('reads the input item, which the model of an AI tool can overwrite');
		expect(heard).not.toContain('jane.roe@example.com');
		expect(await shop.requests()).toEqual([]);
	});

	test('changes nothing with a tool whose dry run the model could switch off', async () => {
		const order = await shop.placeOrder({ email: 'jane.roe@example.com' });
		await shop.clearRequests();
		const { asked } = await ask(order.reference, {
			resource: 'orderHistory',
			operation: 'create',
			orderId: orderByReference.orderId,
			stateId: locator('name', 'Shipped'),
			options: { dryRun: '={{ $json.dryRun }}' },
		});
		const heard = heardBy(asked);
		saw(`the model heard: ${heard}`);
		expect(heard).toContain('reads the input item, which the model of an AI tool can overwrite');
		expect(await shop.requests()).toEqual([]);
	});
});

/** An AI agent tells a customer about an order of a Shoper shop, and only the customer it belongs to. */
import { errorOf, outputOf } from '../../sandbox/n8n/executionData.mts';
import type { N8nRest } from '../../sandbox/n8n/rest.mts';
import type { CredentialReference } from '../../sandbox/n8n/workflow.mts';
import { agentWorkflow, heardBy, openChatModel } from './support/chatModel.mts';
import type { ChatModel } from './support/chatModel.mts';
import { enterN8n } from './support/n8n.mts';
import { saw } from './support/report.mts';
import {
	openShoper,
	saveShoper,
	SHOPER_TOKENS,
	SHOPER_TOOL,
	shoperAction,
	tokenFor,
} from './support/shoper.mts';
import type { ShoperSandbox } from './support/shoper.mts';
import { locator, START } from './support/workflows.mts';

const OWNER = 'maria.wisniewska@example.com';
const ANSWER = 'Your order is ready to be sent.';

describe('an AI agent with the Shoper tool, asked "what is the status of my order"', () => {
	let rest: N8nRest;
	let shop: ShoperSandbox;
	let credential: CredentialReference;
	let orderId = 0;
	let model: ChatModel | undefined;

	beforeAll(async () => {
		rest = enterN8n();
		shop = await openShoper();
		orderId = shop.control.placeOrder({ email: OWNER, statusId: 6 }).id;
		credential = await saveShoper(rest, 'Shoper', tokenFor(shop, SHOPER_TOKENS.helpdesk));
	});

	afterEach(() => model?.close());

	afterAll(async () => {
		await shop?.close();
	});

	const ask = async (order: number, email: string) => {
		const opened = await openChatModel({ Order_Number: String(order) }, ANSWER);
		model = opened;
		const data = { apiKey: 'none', url: opened.url, header: false };
		const id = await rest.saveCredential('Played model', 'openAiApi', data);
		const tool = shoperAction(
			'Find an order',
			credential,
			{
				resource: 'order',
				operation: 'get',
				orderId: locator('id', "={{ $fromAI('Order_Number', ``, 'string') }}"),
				// What the model fills in could be anybody's; the address is what the channel has proven.
				options: { verifyEmail: email },
			},
			SHOPER_TOOL,
		);
		const workflow = await rest.createWorkflow(
			agentWorkflow('What is the status of my order?', { id, name: 'Played model' }, tool),
		);
		const { run } = await rest.run(workflow.id, START);
		const error = errorOf(run);
		if (error) saw(`error: ${error.message} / ${error.description}`);
		const offered = opened.requests[0]?.tools?.[0]?.function;
		const heard = heardBy(opened);
		saw(`${offered?.name}: ${offered?.description}`);
		saw(`the model heard ${heard.length} characters: ${heard.slice(0, 250)}`);
		return { offered, heard, answer: outputOf(run, 'Agent')[0]?.json.output };
	};

	test('hears the status, in the words of the shop', async () => {
		const { offered, heard, answer } = await ask(orderId, OWNER);
		expect(Object.keys(offered?.parameters.properties ?? {}).sort()).toEqual(['Order_Number']);
		expect(heard).toContain('gotowe do wysłania');
		expect(heard).toContain(String(orderId));
		expect(answer).toBe(ANSWER);
	});

	test('hears nothing of the order when the email is of somebody else', async () => {
		const { heard, answer } = await ask(orderId, 'jan.test@example.com');
		expect(heard).toMatch(/does not belong to .*jan\.test@example\.com/);
		for (const private_ of [OWNER, 'gotowe do wysłania', 'Wiśniewska']) {
			expect(heard).not.toContain(private_);
		}
		expect(answer).toBe(ANSWER);
	});

	test('is told in words when there is no such order', async () => {
		const { heard } = await ask(999_999, OWNER);
		expect(heard).toMatch(/no order.*999999/i);
	});
});

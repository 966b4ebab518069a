/** What people see in the editor of n8n; the pictures go to test-results/screenshots. */
import type { WorkflowNode } from '../../sandbox/n8n/workflow.mts';
import { Editor, EVERY_MINUTE, shownIn } from './support/editor.mts';
import { enterN8n } from './support/n8n.mts';
import { action, trigger } from './support/prestashop.mts';
import { saw } from './support/report.mts';
import { shop } from './support/shop.mts';
import type { ShopOrder } from './support/shop.mts';
import { locator, manualTrigger } from './support/workflows.mts';
import { readWorld } from './support/world.mts';

const RESOURCES = [
	'Access Rights',
	'Language',
	'Order',
	'Order Detail',
	'Order History',
	'Order State',
];
const EVENTS = ['Order Created', 'Order Status Changed'];

describe('the editor shows', () => {
	let editor: Editor;
	let order: ShopOrder;

	/** Nodes that read the order by its reference. */
	const getOrder = (): WorkflowNode[] => [
		manualTrigger(),
		action('PrestaShop', {
			resource: 'order',
			operation: 'get',
			orderId: locator('reference', order.reference),
		}),
	];

	beforeAll(async () => {
		order = await shop.placeOrder({ email: 'jane.roe@example.com' });
		editor = await Editor.open(enterN8n());
	});

	afterAll(async () => {
		await editor?.close();
	});

	test('the panel of the PrestaShop node', async () => {
		await editor.openWorkflow('Panel', getOrder());
		await editor.picture('canvas');
		const panel = await editor.openNode('PrestaShop');
		const text = await panel.innerText();
		await editor.picture('node-order-get');
		expect(await shownIn(panel, 'node-credentials-select')).toBe('PrestaShop account');
		expect(await shownIn(panel, 'parameter-input-resource')).toBe('Order');
		expect(await shownIn(panel, 'parameter-input-operation')).toBe('Get');
		for (const label of ['Resource', 'Operation', 'Simplify']) expect(text).toContain(label);

		const resources = await editor.optionsOf('resource', 'node-resources');
		expect(resources).toEqual(expect.arrayContaining(RESOURCES));

		const operations = await editor.optionsOf('operation', 'node-operations');
		expect(operations).toEqual(expect.arrayContaining(['Get', 'Get Many', 'Get Latest']));
	});

	test('the panel of the PrestaShop Trigger', async () => {
		const panel = await editor.openPanel(
			trigger('PrestaShop Trigger', { event: 'orderCreated', pollTimes: EVERY_MINUTE }),
		);
		await editor.picture('trigger');
		const text = await panel.innerText();
		expect(text).toContain('Poll Times');
		const events = await editor.optionsOf('event', 'trigger-events');
		expect(events).toEqual(expect.arrayContaining(EVENTS));
	});

	test('the credential form, and its green test', async () => {
		const text = await editor.openCredential(readWorld().credential);
		for (const label of ['Shop URL', 'API Key']) expect(text).toContain(label);
	});

	test('an execution with the data of an order', async () => {
		const panel = await editor.openExecution(...getOrder());
		await panel.getByText(order.reference).first().waitFor();
		await panel
			.locator('[data-test-id="output-panel"] [data-test-id="radio-button-schema"]')
			.click();
		await panel.getByText('billingAddress').first().waitFor();
		await editor.picture('execution');
		const text = await panel.innerText();
		expect(text).toContain('jane.roe@example.com');
	});

	test('PrestaShop in the search for nodes, with its actions and triggers', async () => {
		const { page } = editor;
		await page.goto(`${readWorld().n8nUrl}/workflow/new`);
		await page.locator('[data-test-id="node-creator-plus-button"]').waitFor();
		await page.locator('[data-test-id="canvas-wrapper"]').waitFor();
		await page.keyboard.press('n');
		await page.locator('[data-test-id="node-creator-search-bar"]').fill('PrestaShop');
		const found = page.locator('[data-test-id="item-iterator-item"]').first();
		await found.getByText('PrestaShop', { exact: true }).waitFor();
		await editor.picture('creator-search');
		saw((await found.innerText()).replaceAll(/\s+/g, ' '));
		await found.click();
		await page.getByText('Node details').waitFor();
		await page.getByText(/^Actions \(\d+\)/).click();
		await editor.picture('creator-actions');
		// The editor adds the entries of a long list little by little.
		const creator = page.locator('[data-test-id="node-creator"]');
		const last = 'Check the permissions of the API key';
		await creator.getByText(last, { exact: true }).waitFor({ state: 'attached' });
		const list = await creator.innerText();
		saw(list.replaceAll(/\s+/g, ' ').slice(0, 600));
		expect(list.indexOf('Get an order')).toBeLessThan(list.indexOf('Get a product'));
		expect(list).toContain('Get an order');
	});
});

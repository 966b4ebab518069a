/** What people see in the editor of n8n; the pictures go to test-results/screenshots. */
import type { Browser, Page } from 'playwright-core';
import type { N8nRest } from '../../sandbox/n8n/rest.mts';
import {
	openBrowser,
	openEditor,
	openNode,
	openOptions,
	openWorkflow,
	picture,
	shownIn,
	waitForCanvas,
} from './support/browser.mts';
import { enterN8n } from './support/n8n.mts';
import { saw } from './support/report.mts';
import { shop } from './support/shop.mts';
import type { ShopOrder } from './support/shop.mts';
import {
	action,
	locator,
	manualTrigger,
	START,
	trigger,
	workflowOf,
} from './support/workflows.mts';
import { readWorld } from './support/world.mts';

const RESOURCES = ['API Key', 'Language', 'Order', 'Order Detail', 'Order History', 'Order State'];
const EVENTS = ['Order Created', 'Order Status Changed'];

describe('the editor shows', () => {
	let rest: N8nRest;
	let browser: Browser;
	let page: Page;
	let order: ShopOrder;

	beforeAll(async () => {
		rest = enterN8n();
		order = await shop.placeOrder({ email: 'jane.roe@example.com' });
		browser = await openBrowser();
		page = await openEditor(browser);
	});

	afterAll(async () => {
		await browser?.close();
	});

	test('the panel of the PrestaShop node', async () => {
		const nodes = [
			manualTrigger(),
			action('PrestaShop', {
				resource: 'order',
				operation: 'get',
				orderId: locator('reference', order.reference),
			}),
		];
		const workflow = await rest.createWorkflow(workflowOf('Panel', nodes));
		await openWorkflow(page, workflow.id);
		await picture(page, 'canvas');
		const panel = await openNode(page, 'PrestaShop');
		const text = await panel.innerText();
		await picture(page, 'node-order-get');
		expect(await shownIn(panel, 'node-credentials-select')).toBe('PrestaShop account');
		expect(await shownIn(panel, 'parameter-input-resource')).toBe('Order');
		expect(await shownIn(panel, 'parameter-input-operation')).toBe('Get');
		for (const label of ['Resource', 'Operation', 'Simplify']) expect(text).toContain(label);

		const resources = await openOptions(page, 'resource');
		await picture(page, 'node-resources');
		saw(`resources: ${resources.join(', ')}`);
		expect(resources).toEqual(expect.arrayContaining(RESOURCES));
		await page.keyboard.press('Escape');

		const operations = await openOptions(page, 'operation');
		await picture(page, 'node-operations');
		saw(`operations of an order: ${operations.join(', ')}`);
		expect(operations).toEqual(expect.arrayContaining(['Get', 'Get Many', 'Get Latest']));
	});

	test('the panel of the PrestaShop Trigger', async () => {
		const pollTimes = { item: [{ mode: 'everyMinute' }] };
		const nodes = [trigger('PrestaShop Trigger', { event: 'orderCreated', pollTimes })];
		const workflow = await rest.createWorkflow(workflowOf('Trigger panel', nodes));
		await openWorkflow(page, workflow.id);
		const panel = await openNode(page, 'PrestaShop Trigger');
		await picture(page, 'trigger');
		const text = await panel.innerText();
		expect(text).toContain('Poll Times');
		const events = await openOptions(page, 'event');
		await picture(page, 'trigger-events');
		saw(`events: ${events.join(', ')}`);
		expect(events).toEqual(expect.arrayContaining(EVENTS));
	});

	test('the credential form, and its green test', async () => {
		await page.goto(`${readWorld().n8nUrl}/home/credentials/${readWorld().credential.id}`);
		const form = page.locator('[data-test-id="credential-edit-dialog"]');
		await form.getByText('Connection tested successfully').waitFor();
		await picture(page, 'credential');
		const text = await form.innerText();
		saw(text.replaceAll(/\s+/g, ' ').slice(0, 400));
		for (const label of ['Shop URL', 'API Key']) expect(text).toContain(label);
	});

	test('an execution with the data of an order', async () => {
		const nodes = [
			manualTrigger(),
			action('PrestaShop', {
				resource: 'order',
				operation: 'get',
				orderId: locator('reference', order.reference),
			}),
		];
		const workflow = await rest.createWorkflow(workflowOf('Execution', nodes));
		const execution = await rest.run(workflow.id, START);
		await page.goto(`${readWorld().n8nUrl}/workflow/${workflow.id}/executions/${execution.id}`);
		await waitForCanvas(page);
		const panel = await openNode(page, 'PrestaShop');
		await panel.getByText(order.reference).first().waitFor();
		await panel
			.locator('[data-test-id="output-panel"] [data-test-id="radio-button-schema"]')
			.click();
		await panel.getByText('billingAddress').first().waitFor();
		await picture(page, 'execution');
		const text = await panel.innerText();
		expect(text).toContain('jane.roe@example.com');
	});

	test('PrestaShop in the search for nodes, with its actions and triggers', async () => {
		await page.goto(`${readWorld().n8nUrl}/workflow/new`);
		await page.locator('[data-test-id="node-creator-plus-button"]').waitFor();
		await page.locator('[data-test-id="canvas-wrapper"]').waitFor();
		await page.keyboard.press('n');
		await page.locator('[data-test-id="node-creator-search-bar"]').fill('PrestaShop');
		const found = page.locator('[data-test-id="item-iterator-item"]').first();
		await found.getByText('PrestaShop', { exact: true }).waitFor();
		await picture(page, 'creator-search');
		saw((await found.innerText()).replaceAll(/\s+/g, ' '));
		await found.click();
		await page.getByText('Node details').waitFor();
		await page.getByText(/^Actions \(\d+\)/).click();
		await picture(page, 'creator-actions');
		// The editor adds the entries of a long list little by little.
		const creator = page.locator('[data-test-id="node-creator"]');
		await creator.getByText('Get an order', { exact: true }).waitFor({ state: 'attached' });
		const list = await creator.innerText();
		saw(list.replaceAll(/\s+/g, ' ').slice(0, 600));
		expect(list).toMatch(/Check the permissions of the API key/i);
	});
});

/** What people see of Shoper in the editor of n8n; the pictures go to test-results/screenshots. */
import type { Browser, Locator, Page } from 'playwright-core';
import type { N8nRest } from '../../sandbox/n8n/rest.mts';
import type { CredentialReference } from '../../sandbox/n8n/workflow.mts';
import {
	openBrowser,
	openEditor,
	openNode,
	openOptions,
	openWorkflow,
	picture,
	shownIn,
} from './support/browser.mts';
import { enterN8n } from './support/n8n.mts';
import { saw } from './support/report.mts';
import {
	loginOf,
	openShoper,
	saveShoper,
	SHOPER_ADMINS,
	shoperAction,
	shoperTrigger,
} from './support/shoper.mts';
import type { ShoperSandbox } from './support/shoper.mts';
import { locator, manualTrigger, START, workflowOf } from './support/workflows.mts';
import { until } from './support/until.mts';

const NAME = 'Shoper editor account';
const EMPTY = locator('list', '');

describe('the editor shows of Shoper', () => {
	let rest: N8nRest;
	let browser: Browser;
	let page: Page;
	let shop: ShoperSandbox;
	let credential: CredentialReference;
	/** What the page complained of: errors of scripts, and failed requests to n8n. */
	const complaints: string[] = [];

	const openPanel = async (parameters: Record<string, unknown>): Promise<Locator> => {
		const nodes = [manualTrigger(), shoperAction('Shoper', credential, parameters)];
		const workflow = await rest.createWorkflow(workflowOf('Shoper panel', nodes));
		await openWorkflow(page, workflow.id);
		return await openNode(page, 'Shoper');
	};

	/** Opens the list of a picker, and gives its entries once they are as wanted. */
	const entriesOf = async (parameter: string, filter = ''): Promise<string[]> => {
		const entries = page.locator('[data-test-id="rlc-item"]:visible');
		if (filter === '') {
			const field = page.locator(`[data-test-id="resource-locator-${parameter}"]`);
			await field.locator('[data-test-id="rlc-input-container"]').click();
			await entries.first().waitFor();
			return await entries.allInnerTexts();
		}
		const all = await entries.count();
		await page
			.locator('[data-test-id="rlc-search"] input, input[data-test-id="rlc-search"]')
			.fill(filter);
		return await until(`entries with ${filter}`, async () => {
			const texts = await entries.allInnerTexts();
			return texts.length > 0 && texts.length < all && texts;
		});
	};

	beforeAll(async () => {
		rest = enterN8n();
		shop = await openShoper();
		for (const email of ['jan.test@example.com', 'zofia.nowa@example.com']) {
			shop.control.placeOrder({ email, firstName: 'Zofia', lastName: 'Nowa' });
		}
		credential = await saveShoper(rest, NAME, loginOf(shop, SHOPER_ADMINS.helpdesk));
		browser = await openBrowser();
		page = await openEditor(browser);
		page.on('pageerror', (error) => complaints.push(String(error)));
		page.on('console', (message) => {
			if (message.type() === 'error') complaints.push(message.text());
		});
		page.on('response', (response) => {
			if (response.status() >= 400) complaints.push(`${response.status()} ${response.url()}`);
		});
	});

	afterAll(async () => {
		await browser?.close();
		await shop?.close();
	});

	test('the panel of the node, with pickers for the order and the status', async () => {
		const panel = await openPanel({
			resource: 'order',
			operation: 'changeStatus',
			orderId: EMPTY,
			statusId: EMPTY,
		});
		await picture(page, 'shoper-node-change-status');
		expect(await shownIn(panel, 'node-credentials-select')).toBe(NAME);
		expect(await shownIn(panel, 'parameter-input-operation')).toBe('Change Status');

		const orders = await entriesOf('orderId');
		await picture(page, 'shoper-picker-orders');
		saw(`orders: ${orders.join(' | ')}`);
		expect(orders).toHaveLength(7);
		expect(orders[0]).toMatch(
			/^#7 · \d{4}-\d\d-\d\d \d\d:\d\d · [\d.]+ · zofia\.nowa@example\.com$/,
		);
		const found = await entriesOf('orderId', 'zofia');
		expect(found).toEqual([orders[0]]);
		await page.keyboard.press('Escape');

		await openPanel({
			resource: 'order',
			operation: 'changeStatus',
			orderId: locator('id', '7'),
			statusId: EMPTY,
		});
		const statuses = await entriesOf('statusId');
		await picture(page, 'shoper-picker-statuses');
		saw(`statuses: ${statuses.join(' | ')}`);
		// Eleven: one more than a page of the shop.
		expect(statuses).toHaveLength(11);
		expect(statuses).toEqual(
			expect.arrayContaining(['złożone (1)', 'przesyłka wysłana (7)', 'odebrane (12)']),
		);
		expect(await entriesOf('statusId', 'wysłan')).toEqual([
			'gotowe do wysłania (6)',
			'przesyłka wysłana (7)',
		]);
		await page.locator('[data-test-id="rlc-item"]:visible').last().click();
		await picture(page, 'shoper-picked-status');
	});

	test('the picker of customers', async () => {
		await openPanel({ resource: 'order', operation: 'getLatest', customer: EMPTY });
		const customers = await entriesOf('customer');
		await picture(page, 'shoper-picker-customers');
		saw(`customers: ${customers.join(' | ')}`);
		expect(customers[0]).toBe('Zofia Nowa (zofia.nowa@example.com)');
		expect(await entriesOf('customer', 'Kowalsk')).toEqual([
			'Piotr Kowalski (piotr.kowalski@example.com)',
		]);
	});

	test('all resources, and the operations of an order', async () => {
		await openPanel({ resource: 'order', operation: 'get', orderId: locator('id', '7') });
		await page.getByText('Loading fields').first().waitFor({ state: 'hidden' });
		await picture(page, 'shoper-node-get');
		const resources = await openOptions(page, 'resource');
		await picture(page, 'shoper-resources');
		saw(`resources: ${resources.join(', ')}`);
		for (const name of [
			'Access Rights',
			'Any Resource',
			'Customer',
			'Order',
			'Product',
			'Status',
		]) {
			expect(resources).toContain(name);
		}
		await page.keyboard.press('Escape');
		const operations = await openOptions(page, 'operation');
		await picture(page, 'shoper-operations');
		saw(`operations: ${operations.join(', ')}`);
		expect(operations).toEqual(
			expect.arrayContaining(['Change Status', 'Get', 'Get Latest', 'Get Many']),
		);
	});

	test('an execution with the data of an order', async () => {
		const nodes = [
			manualTrigger(),
			shoperAction('Shoper', credential, {
				resource: 'order',
				operation: 'get',
				orderId: locator('id', '7'),
			}),
		];
		const workflow = await rest.createWorkflow(workflowOf('Shoper execution', nodes));
		const execution = await rest.run(workflow.id, START);
		await page.goto(`${rest.url}/workflow/${workflow.id}/executions/${execution.id}`);
		const panel = await openNode(page, 'Shoper');
		await panel.getByText('zofia.nowa@example.com').first().waitFor();
		await picture(page, 'shoper-execution');
	});

	test('the panel of the trigger, with its events and the statuses to choose from', async () => {
		const nodes = [
			shoperTrigger('Shoper Trigger', credential, {
				event: 'orderStatusChanged',
				pollTimes: { item: [{ mode: 'everyMinute' }] },
			}),
		];
		const workflow = await rest.createWorkflow(workflowOf('Shoper trigger panel', nodes));
		await openWorkflow(page, workflow.id);
		await openNode(page, 'Shoper Trigger');
		await page.getByText('Loading fields').first().waitFor({ state: 'hidden' });
		const choice = page.locator('[data-test-id="parameter-input-statusIds"]');
		await choice.locator('input:enabled').first().waitFor();
		await picture(page, 'shoper-trigger');
		const events = await openOptions(page, 'event');
		await picture(page, 'shoper-trigger-events');
		saw(`events: ${events.join(', ')}`);
		expect(events).toEqual(
			expect.arrayContaining([
				'Order Created',
				'Order Paid',
				'Order Status Changed',
				'Customer Created',
				'Product Updated',
			]),
		);
		await page.keyboard.press('Escape');
		const offered = page.locator('.el-select-dropdown__item:visible');
		await offered.first().waitFor({ state: 'hidden' });
		await choice.click();
		await offered.filter({ hasText: 'złożone' }).waitFor();
		const statuses = await offered.allInnerTexts();
		await picture(page, 'shoper-trigger-statuses');
		saw(`statuses: ${statuses.join(' | ')}`);
		expect(statuses).toHaveLength(11);
		expect(statuses).toContain('przesyłka wysłana (7)');
	});

	test('the credential form, and its green test', async () => {
		await page.goto(`${rest.url}/home/credentials/${String(credential.id)}`);
		const form = page.locator('[data-test-id="credential-edit-dialog"]');
		await form.getByText('Connection tested successfully').waitFor();
		await picture(page, 'shoper-credential');
		const text = await form.innerText();
		saw(text.replaceAll(/\s+/g, ' ').slice(0, 500));
		for (const label of ['Shop URL', 'Authentication', 'Username', 'Password']) {
			expect(text).toContain(label);
		}
		expect(text).not.toContain('Session Token');
	});

	test('nothing of it made the page complain', () => {
		// Of n8n itself: it reaches for other sites, which the tests do not let it.
		const ours = complaints.filter((line) => !/ERR_FAILED|ERR_BLOCKED/.test(line));
		saw(`${complaints.length} complaints in all, ${JSON.stringify(ours)}`);
		expect(ours).toEqual([]);
	});
});

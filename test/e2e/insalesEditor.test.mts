/** What people see of InSales in the editor of n8n; the pictures go to test-results/screenshots. */
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
import {
	accessTo,
	inSalesAction,
	inSalesTrigger,
	openInSales,
	saveInSales,
} from './support/insales.mts';
import type { InSalesSandbox } from './support/insales.mts';
import { enterN8n } from './support/n8n.mts';
import { saw } from './support/report.mts';
import { locator, manualTrigger, START, workflowOf } from './support/workflows.mts';
import { until } from './support/until.mts';

const NAME = 'InSales editor account';
const EMPTY = locator('list', '');
/** Other processes may keep the machine busy. */
const PATIENCE_MS = 60_000;

describe('the editor shows of InSales', () => {
	let rest: N8nRest;
	let browser: Browser;
	let page: Page;
	let shop: InSalesSandbox;
	let credential: CredentialReference;
	let orderId = '';
	/** What the page complained of: errors of scripts, and failed requests to n8n. */
	const complaints: string[] = [];

	const openPanel = async (parameters: Record<string, unknown>): Promise<Locator> => {
		const nodes = [manualTrigger(), inSalesAction('InSales', credential, parameters)];
		const workflow = await rest.createWorkflow(workflowOf('InSales panel', nodes));
		await openWorkflow(page, workflow.id);
		return await openNode(page, 'InSales');
	};

	const entries = (): Locator => page.locator('[data-test-id="rlc-item"]:visible');

	/** Opens the list of a picker and gives its entries. */
	const entriesOf = async (parameter: string): Promise<string[]> => {
		const field = page.locator(`[data-test-id="resource-locator-${parameter}"]`);
		await field.scrollIntoViewIfNeeded();
		await field.locator('[data-test-id="rlc-input-container"]').click();
		await entries().first().waitFor();
		return await entries().allInnerTexts();
	};

	/** Types into the search of the open picker and gives the entries that are left. */
	const entriesWith = async (filter: string): Promise<string[]> => {
		const all = await entries().count();
		await page
			.locator('[data-test-id="rlc-search"] input, input[data-test-id="rlc-search"]')
			.fill(filter);
		return await until(
			`entries with ${filter}`,
			async () => {
				const texts = await entries().allInnerTexts();
				return texts.length > 0 && texts.length < all && texts;
			},
			PATIENCE_MS,
		);
	};

	beforeAll(async () => {
		rest = enterN8n();
		shop = await openInSales();
		const placed = shop.control.placeOrder({
			email: 'olga@example.com',
			name: 'Ольга',
			surname: 'Демина',
			phone: '+79000000004',
			fields: { chat_id: 'c-77' },
		});
		orderId = String(placed.id);
		credential = await saveInSales(rest, NAME, accessTo(shop));
		browser = await openBrowser();
		page = await openEditor(browser);
		page.setDefaultTimeout(PATIENCE_MS);
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

	test('the panel of a new order, with pickers for delivery and payment', async () => {
		const create = {
			resource: 'order',
			operation: 'create',
			lines: { row: [{ sku: 'TS-01-M', quantity: 2 }] },
			deliveryVariantId: EMPTY,
			paymentGatewayId: EMPTY,
		};
		const panel = await openPanel(create);
		await picture(page, 'insales-node-create');
		expect(await shownIn(panel, 'node-credentials-select')).toBe(NAME);
		expect(await shownIn(panel, 'parameter-input-operation')).toBe('Create');

		const deliveries = await entriesOf('deliveryVariantId');
		await picture(page, 'insales-picker-deliveries');
		saw(`deliveries: ${deliveries.join(' | ')}`);
		// What suits orders from outside comes first.
		expect(deliveries).toEqual([
			'Курьер · Fixed · ID 21797 · fits: fixed price',
			'Самовывоз · PickUp · ID 21798 · fits: pickup',
			'Пункт выдачи · External · ID 21801 · fits: pickup',
			'Служба доставки · External · ID 21799 · price is worked out at checkout',
			'Почта · PriceDepend · ID 21800 · price is worked out at checkout',
		]);
		expect(await entriesWith('самовывоз')).toEqual([deliveries[1]]);
		await entries().first().click();

		const payments = await entriesOf('paymentGatewayId');
		await picture(page, 'insales-picker-payments');
		saw(`payments: ${payments.join(' | ')}`);
		expect(payments).toEqual([
			'Наличными · Cod · ID 79172',
			'Перевод по реквизитам · Custom · ID 79173',
			'Картой на сайте · External · ID 79174',
			'Рассрочка · Custom · ID 79175',
		]);
		expect(await entriesWith('79173')).toEqual([payments[1]]);
		await entries().first().click();
		await picture(page, 'insales-picked-methods');
		const field = (name: string) => page.locator(`[data-test-id="resource-locator-${name}"]`);
		expect(await field('deliveryVariantId').locator('input').last().inputValue()).toBe(
			deliveries[1],
		);
		expect(await field('paymentGatewayId').locator('input').last().inputValue()).toBe(payments[1]);
	});

	test('the pickers of orders and of custom statuses', async () => {
		await openPanel({
			resource: 'order',
			operation: 'changeStatus',
			orderId: EMPTY,
			statusId: EMPTY,
		});
		const orders = await entriesOf('orderId');
		await picture(page, 'insales-picker-orders');
		saw(`orders: ${orders.join(' | ')}`);
		expect(orders[0]).toMatch(
			/^№ 1006 · Демина Ольга · \+79000000004 · \d{4}-\d\d-\d\d · [\d.]+ RU[RB]$/,
		);
		expect(await entriesWith('0004')).toEqual([orders[0], orders[1]]);
		await page.keyboard.press('Escape');

		await openPanel({
			resource: 'order',
			operation: 'changeStatus',
			orderId: locator('id', orderId),
			statusId: EMPTY,
		});
		const statuses = await entriesOf('statusId');
		await picture(page, 'insales-picker-statuses');
		saw(`statuses: ${statuses.join(' | ')}`);
		expect(statuses).toHaveLength(12);
		expect(statuses).toEqual(
			expect.arrayContaining(['Новый (new)', 'В обработке (accepted)', 'Собран (approved)']),
		);
		expect(await entriesWith('отмен')).toEqual([
			'Отменён (declined)',
			'Отменён клиентом (declined)',
		]);
		await entries().last().click();
		await picture(page, 'insales-picked-status');
	});

	test('the pickers of clients and products', async () => {
		await openPanel({ resource: 'client', operation: 'get', clientId: EMPTY });
		const clients = await entriesOf('clientId');
		await picture(page, 'insales-picker-clients');
		saw(`clients: ${clients.join(' | ')}`);
		expect(await entriesWith('+79000000004')).toEqual([
			expect.stringMatching(/^Демина Ольга · \+79000000004 · olga@example\.com · #\d+$/),
		]);
		await page.keyboard.press('Escape');

		await openPanel({ resource: 'product', operation: 'get', productId: EMPTY });
		const products = await entriesOf('productId');
		await picture(page, 'insales-picker-products');
		saw(`products: ${products.join(' | ')}`);
		expect(products.some((name) => /MUG-01.* · #\d+$/.test(name))).toBe(true);
	});

	test('all resources, and the operations of an order and of the catalogue', async () => {
		await openPanel({ resource: 'order', operation: 'get', orderId: locator('id', orderId) });
		await page.getByText('Loading fields').first().waitFor({ state: 'hidden' });
		await picture(page, 'insales-node-get');
		const resources = await openOptions(page, 'resource');
		await picture(page, 'insales-resources');
		saw(`resources: ${resources.join(', ')}`);
		expect(resources).toEqual(
			expect.arrayContaining([
				'Access Right',
				'Any Resource',
				'Catalog',
				'Client',
				'Custom Status',
				'Delivery Variant',
				'Order',
				'Order Line',
				'Payment Gateway',
				'Product',
				'Variant',
			]),
		);
		await page.keyboard.press('Escape');
		const operations = await openOptions(page, 'operation');
		await picture(page, 'insales-operations');
		saw(`operations: ${operations.join(', ')}`);
		expect(operations).toEqual(
			expect.arrayContaining(['Change Status', 'Create', 'Delete', 'Get', 'Get Many', 'Update']),
		);
		await page.keyboard.press('Escape');
		const panel = await openPanel({ resource: 'catalog', operation: 'sync', cursor: '' });
		await panel.getByText('Cursor').first().waitFor();
		await picture(page, 'insales-node-sync');
	});

	test('an execution with the data of an order', async () => {
		const nodes = [
			manualTrigger(),
			inSalesAction('InSales', credential, {
				resource: 'order',
				operation: 'get',
				orderId: locator('number', '1006'),
			}),
		];
		const workflow = await rest.createWorkflow(workflowOf('InSales execution', nodes));
		const execution = await rest.run(workflow.id, START);
		await page.goto(`${rest.url}/workflow/${workflow.id}/executions/${execution.id}`);
		const panel = await openNode(page, 'InSales');
		await panel.getByText('olga@example.com').first().waitFor();
		await picture(page, 'insales-execution');
		expect(await panel.innerText()).toContain('c-77');
	});

	test('the panel of the trigger, with its events and the statuses to choose from', async () => {
		const nodes = [
			inSalesTrigger('InSales Trigger', credential, {
				event: 'orderStatusChanged',
				pollTimes: { item: [{ mode: 'everyMinute' }] },
			}),
		];
		const workflow = await rest.createWorkflow(workflowOf('InSales trigger panel', nodes));
		await openWorkflow(page, workflow.id);
		await openNode(page, 'InSales Trigger');
		await page.getByText('Loading fields').first().waitFor({ state: 'hidden' });
		const choice = page.locator('[data-test-id="parameter-input-statusIds"]');
		await choice.locator('input:enabled').first().waitFor();
		await picture(page, 'insales-trigger');
		const events = await openOptions(page, 'event');
		await picture(page, 'insales-trigger-events');
		saw(`events: ${events.join(', ')}`);
		expect(events).toEqual([
			'Customer Created',
			'Order Created',
			'Order Paid',
			'Order Status Changed',
			'Order Updated',
			'Product Updated',
		]);
		await page.keyboard.press('Escape');
		const offered = page.locator('.el-select-dropdown__item:visible');
		await offered.first().waitFor({ state: 'hidden' });
		await choice.click();
		await offered.filter({ hasText: 'Новый из чата' }).waitFor();
		const statuses = await offered.allInnerTexts();
		await picture(page, 'insales-trigger-statuses');
		saw(`statuses: ${statuses.join(' | ')}`);
		expect(statuses).toEqual(
			expect.arrayContaining(['Собран (approved)', 'Доставлен (delivered)']),
		);
		expect(statuses.filter((name) => name.startsWith('Any of'))).toHaveLength(5);
	});

	test('the credential form, and its green test', async () => {
		await page.goto(`${rest.url}/home/credentials/${String(credential.id)}`);
		const form = page.locator('[data-test-id="credential-edit-dialog"]');
		await form.getByText('Connection tested successfully').waitFor();
		await picture(page, 'insales-credential');
		const text = await form.innerText();
		saw(text.replaceAll(/\s+/g, ' ').slice(0, 500));
		for (const label of ['Shop URL', 'Identifier', 'Password', 'Allow Plain HTTP']) {
			expect(text).toContain(label);
		}
	});

	test('nothing of it made the page complain', () => {
		// Of n8n itself: it reaches for other sites, which the tests do not let it.
		const ours = complaints.filter((line) => !/ERR_FAILED|ERR_BLOCKED/.test(line));
		saw(`${complaints.length} complaints in all, ${JSON.stringify(ours)}`);
		expect(ours).toEqual([]);
	});
});

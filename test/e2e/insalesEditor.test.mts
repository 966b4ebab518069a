/** What people see of InSales in the editor of n8n; the pictures go to test-results/screenshots. */
import type { Locator } from 'playwright-core';
import type { N8nRest } from '../../sandbox/n8n/rest.mts';
import type { CredentialReference } from '../../sandbox/n8n/workflow.mts';
import { Editor, EVERY_MINUTE, shownIn } from './support/editor.mts';
import {
	accessTo,
	inSalesAction,
	inSalesTrigger,
	openInSales,
	saveInSales,
} from './support/insales.mts';
import type { InSalesSandbox } from './support/insales.mts';
import { enterN8n } from './support/n8n.mts';
import { locator, manualTrigger } from './support/workflows.mts';

const NAME = 'InSales editor account';
const EMPTY = locator('list', '');

describe('the editor shows of InSales', () => {
	let rest: N8nRest;
	let editor: Editor;
	let shop: InSalesSandbox;
	let credential: CredentialReference;
	let orderId = '';

	const openPanel = async (parameters: Record<string, unknown>): Promise<Locator> =>
		await editor.openPanel(manualTrigger(), inSalesAction('InSales', credential, parameters));

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
		editor = await Editor.open(rest, 'insales-');
	});

	afterAll(async () => {
		await editor?.close();
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
		await editor.picture('node-create');
		expect(await shownIn(panel, 'node-credentials-select')).toBe(NAME);
		expect(await shownIn(panel, 'parameter-input-operation')).toBe('Create');

		const deliveries = await editor.entriesOf('deliveryVariantId', 'picker-deliveries');
		// What suits orders from outside comes first.
		expect(deliveries).toEqual([
			'Курьер · Fixed · ID 21797 · fits: fixed price',
			'Самовывоз · PickUp · ID 21798 · fits: pickup',
			'Пункт выдачи · External · ID 21801 · fits: pickup',
			'Служба доставки · External · ID 21799 · price is worked out at checkout',
			'Почта · PriceDepend · ID 21800 · price is worked out at checkout',
		]);
		expect(await editor.entriesWith('самовывоз')).toEqual([deliveries[1]]);
		await editor.entries().first().click();

		const payments = await editor.entriesOf('paymentGatewayId', 'picker-payments');
		expect(payments).toEqual([
			'Наличными · Cod · ID 79172',
			'Перевод по реквизитам · Custom · ID 79173',
			'Картой на сайте · External · ID 79174',
			'Рассрочка · Custom · ID 79175',
		]);
		expect(await editor.entriesWith('79173')).toEqual([payments[1]]);
		await editor.entries().first().click();
		await editor.picture('picked-methods');
		expect(await editor.pickedIn('deliveryVariantId')).toBe(deliveries[1]);
		expect(await editor.pickedIn('paymentGatewayId')).toBe(payments[1]);
	});

	test('the pickers of orders and of custom statuses', async () => {
		await openPanel({
			resource: 'order',
			operation: 'changeStatus',
			orderId: EMPTY,
			statusId: EMPTY,
		});
		const orders = await editor.entriesOf('orderId', 'picker-orders');
		expect(orders[0]).toMatch(
			/^№ 1006 · Демина Ольга · \+79000000004 · \d{4}-\d\d-\d\d · [\d.]+ RU[RB]$/,
		);
		expect(await editor.entriesWith('0004')).toEqual([orders[0], orders[1]]);
		await editor.page.keyboard.press('Escape');

		await openPanel({
			resource: 'order',
			operation: 'changeStatus',
			orderId: locator('id', orderId),
			statusId: EMPTY,
		});
		const statuses = await editor.entriesOf('statusId', 'picker-statuses');
		expect(statuses).toHaveLength(12);
		expect(statuses).toEqual(
			expect.arrayContaining(['Новый (new)', 'В обработке (accepted)', 'Собран (approved)']),
		);
		expect(await editor.entriesWith('отмен')).toEqual([
			'Отменён (declined)',
			'Отменён клиентом (declined)',
		]);
		await editor.entries().last().click();
		await editor.picture('picked-status');
	});

	test('the pickers of clients and products', async () => {
		await openPanel({ resource: 'client', operation: 'get', clientId: EMPTY });
		await editor.entriesOf('clientId', 'picker-clients');
		expect(await editor.entriesWith('+79000000004')).toEqual([
			expect.stringMatching(/^Демина Ольга · \+79000000004 · olga@example\.com · #\d+$/),
		]);
		await editor.page.keyboard.press('Escape');

		await openPanel({ resource: 'product', operation: 'get', productId: EMPTY });
		const products = await editor.entriesOf('productId', 'picker-products');
		expect(products.some((name) => /MUG-01.* · #\d+$/.test(name))).toBe(true);
	});

	test('all resources, and the operations of an order and of the catalogue', async () => {
		await openPanel({ resource: 'order', operation: 'get', orderId: locator('id', orderId) });
		await editor.fieldsLoaded();
		await editor.picture('node-get');
		const resources = await editor.optionsOf('resource', 'resources');
		expect(resources).toEqual(
			expect.arrayContaining([
				'Access Rights',
				'Other API Resource',
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
		const operations = await editor.optionsOf('operation', 'operations');
		expect(operations).toEqual(
			expect.arrayContaining(['Change Status', 'Create', 'Delete', 'Get', 'Get Many', 'Update']),
		);
		const panel = await openPanel({ resource: 'catalog', operation: 'sync', cursor: '' });
		await panel.getByText('Cursor').first().waitFor();
		await editor.picture('node-sync');
	});

	test('an execution with the data of an order', async () => {
		const panel = await editor.openExecution(
			manualTrigger(),
			inSalesAction('InSales', credential, {
				resource: 'order',
				operation: 'get',
				orderId: locator('number', '1006'),
			}),
		);
		await panel.getByText('olga@example.com').first().waitFor();
		await editor.picture('execution');
		expect(await panel.innerText()).toContain('c-77');
	});

	test('the panel of the trigger, with its events and the statuses to choose from', async () => {
		await editor.openPanel(
			inSalesTrigger('InSales Trigger', credential, {
				event: 'orderStatusChanged',
				pollTimes: EVERY_MINUTE,
			}),
		);
		await editor.choicesLoaded('statusIds');
		await editor.picture('trigger');
		const events = await editor.optionsOf('event', 'trigger-events');
		expect(events).toEqual([
			'Customer Created',
			'Order Created',
			'Order Paid',
			'Order Status Changed',
			'Order Updated',
			'Product Updated',
		]);
		const statuses = await editor.choicesOf('statusIds', 'Новый из чата', 'trigger-statuses');
		expect(statuses).toEqual(
			expect.arrayContaining(['Собран (approved)', 'Доставлен (delivered)']),
		);
		expect(statuses.filter((name) => name.startsWith('Any of'))).toHaveLength(5);
	});

	test('the credential form, and its green test', async () => {
		const text = await editor.openCredential(credential);
		for (const label of ['Shop URL', 'Identifier', 'Password', 'Allow Plain HTTP']) {
			expect(text).toContain(label);
		}
	});

	test('nothing of it made the page complain', () => {
		expect(editor.ownComplaints()).toEqual([]);
	});
});

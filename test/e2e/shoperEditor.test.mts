/** What people see of Shoper in the editor of n8n; the pictures go to test-results/screenshots. */
import type { Locator } from 'playwright-core';
import type { N8nRest } from '../../sandbox/n8n/rest.mts';
import type { CredentialReference } from '../../sandbox/n8n/workflow.mts';
import { Editor, EVERY_MINUTE, shownIn } from './support/editor.mts';
import { enterN8n } from './support/n8n.mts';
import {
	loginOf,
	openShoper,
	saveShoper,
	SHOPER_ADMINS,
	shoperAction,
	shoperTrigger,
} from './support/shoper.mts';
import type { ShoperSandbox } from './support/shoper.mts';
import { locator, manualTrigger } from './support/workflows.mts';

const NAME = 'Shoper editor account';
const EMPTY = locator('list', '');

describe('the editor shows of Shoper', () => {
	let rest: N8nRest;
	let editor: Editor;
	let shop: ShoperSandbox;
	let credential: CredentialReference;

	const openPanel = async (parameters: Record<string, unknown>): Promise<Locator> =>
		await editor.openPanel(manualTrigger(), shoperAction('Shoper', credential, parameters));

	beforeAll(async () => {
		rest = enterN8n();
		shop = await openShoper();
		for (const email of ['jan.test@example.com', 'zofia.nowa@example.com']) {
			shop.control.placeOrder({ email, firstName: 'Zofia', lastName: 'Nowa' });
		}
		credential = await saveShoper(rest, NAME, loginOf(shop, SHOPER_ADMINS.helpdesk));
		editor = await Editor.open(rest, 'shoper-');
	});

	afterAll(async () => {
		await editor?.close();
		await shop?.close();
	});

	test('the panel of the node, with pickers for the order and the status', async () => {
		const panel = await openPanel({
			resource: 'order',
			operation: 'changeStatus',
			orderId: EMPTY,
			statusId: EMPTY,
		});
		await editor.picture('node-change-status');
		expect(await shownIn(panel, 'node-credentials-select')).toBe(NAME);
		expect(await shownIn(panel, 'parameter-input-operation')).toBe('Change Status');

		const orders = await editor.entriesOf('orderId', 'picker-orders');
		expect(orders).toHaveLength(7);
		expect(orders[0]).toMatch(
			/^#7 · \d{4}-\d\d-\d\d \d\d:\d\d · [\d.]+ · zofia\.nowa@example\.com$/,
		);
		const found = await editor.entriesWith('zofia');
		expect(found).toEqual([orders[0]]);
		await editor.page.keyboard.press('Escape');

		await openPanel({
			resource: 'order',
			operation: 'changeStatus',
			orderId: locator('id', '7'),
			statusId: EMPTY,
		});
		const statuses = await editor.entriesOf('statusId', 'picker-statuses');
		// Eleven: one more than a page of the shop.
		expect(statuses).toHaveLength(11);
		expect(statuses).toEqual(
			expect.arrayContaining(['złożone (1)', 'przesyłka wysłana (7)', 'odebrane (12)']),
		);
		expect(await editor.entriesWith('wysłan')).toEqual([
			'gotowe do wysłania (6)',
			'przesyłka wysłana (7)',
		]);
		await editor.entries().last().click();
		await editor.picture('picked-status');
	});

	test('the picker of customers', async () => {
		await openPanel({ resource: 'order', operation: 'getLatest', customer: EMPTY });
		const customers = await editor.entriesOf('customer', 'picker-customers');
		expect(customers[0]).toBe('Zofia Nowa (zofia.nowa@example.com)');
		expect(await editor.entriesWith('Kowalsk')).toEqual([
			'Piotr Kowalski (piotr.kowalski@example.com)',
		]);
	});

	test('all resources, and the operations of an order', async () => {
		await openPanel({ resource: 'order', operation: 'get', orderId: locator('id', '7') });
		await editor.fieldsLoaded();
		await editor.picture('node-get');
		const resources = await editor.optionsOf('resource', 'resources');
		for (const name of [
			'Access Rights',
			'Other API Resource',
			'Customer',
			'Order',
			'Product',
			'Status',
		]) {
			expect(resources).toContain(name);
		}
		const operations = await editor.optionsOf('operation', 'operations');
		expect(operations).toEqual(
			expect.arrayContaining(['Change Status', 'Get', 'Get Latest', 'Get Many']),
		);
	});

	test('an execution with the data of an order', async () => {
		const panel = await editor.openExecution(
			manualTrigger(),
			shoperAction('Shoper', credential, {
				resource: 'order',
				operation: 'get',
				orderId: locator('id', '7'),
			}),
		);
		await panel.getByText('zofia.nowa@example.com').first().waitFor();
		await editor.picture('execution');
	});

	test('the panel of the trigger, with its events and the statuses to choose from', async () => {
		await editor.openPanel(
			shoperTrigger('Shoper Trigger', credential, {
				event: 'orderStatusChanged',
				pollTimes: EVERY_MINUTE,
			}),
		);
		await editor.choicesLoaded('statusIds');
		await editor.picture('trigger');
		const events = await editor.optionsOf('event', 'trigger-events');
		expect(events).toEqual(
			expect.arrayContaining([
				'Order Created',
				'Order Paid',
				'Order Status Changed',
				'Customer Created',
				'Product Updated',
			]),
		);
		const statuses = await editor.choicesOf('statusIds', 'złożone', 'trigger-statuses');
		expect(statuses).toHaveLength(11);
		expect(statuses).toContain('przesyłka wysłana (7)');
	});

	test('the credential form, and its green test', async () => {
		const text = await editor.openCredential(credential);
		for (const label of ['Shop URL', 'Authentication', 'Username', 'Password']) {
			expect(text).toContain(label);
		}
		expect(text).not.toContain('Session Token');
	});

	test('nothing of it made the page complain', () => {
		expect(editor.ownComplaints()).toEqual([]);
	});
});

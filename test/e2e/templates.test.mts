/** The workflow templates: imported like a user does it, and working from one end to the other. */
import type { Browser, Page } from 'playwright-core';
import type { N8nRest } from '../../sandbox/n8n/rest.mts';
import type { StoredWorkflow } from '../../sandbox/n8n/workflow.mts';
import { openBrowser, openEditor, openShop, picture } from './support/browser.mts';
import { enterN8n } from './support/n8n.mts';
import { publish } from './support/publish.mts';
import { saw, secondsSince } from './support/report.mts';
import { shop } from './support/shop.mts';
import {
	credentialsFoundFor,
	credentialsNamedIn,
	importIntoEditor,
	storeTemplate,
} from './support/templates.mts';
import { until } from './support/until.mts';
import { callWebhook } from './support/webhook.mts';
import { readWorld } from './support/world.mts';

const NOTIFICATION = 'prestashop-new-order-notification.json';
const SHIPPING = 'prestashop-mark-as-shipped.json';
const PLACEHOLDER = 'http://127.0.0.1:8180';
const WEBHOOK = 'webhook/ship-order';

describe('the workflow templates', () => {
	let rest: N8nRest;
	let browser: Browser;
	let editor: Page;

	beforeAll(async () => {
		await shop.reset();
		rest = enterN8n();
		browser = await openBrowser();
		editor = await openEditor(browser);
	});

	afterAll(async () => {
		await browser?.close();
	});

	describe.each([[NOTIFICATION], [SHIPPING]])('%s', (name) => {
		test('carries no id of a credential', () => {
			const ids = credentialsNamedIn(name).map(({ id }) => id);
			expect(ids.length).toBeGreaterThan(0);
			expect(new Set(ids)).toEqual(new Set([null]));
		});

		test('can be imported from the file, and finds a credential of the proposed name', async () => {
			await importIntoEditor(editor, name);
			const used = await credentialsFoundFor(rest, name);
			expect(used.every((credential) => credential.id === readWorld().credential.id)).toBe(true);
		});
	});

	describe('from one end to the other', () => {
		let page: Page;
		let reference = '';
		const published: StoredWorkflow[] = [];

		const bringUp = async (name: string): Promise<void> => {
			const { shopUrl, credential } = readWorld();
			const workflow = await storeTemplate(rest, name, {
				placeholderUrl: PLACEHOLDER,
				shopUrl,
				credentials: { prestaShopApi: credential },
			});
			published.push(workflow);
			await publish(rest, workflow);
		};

		beforeAll(async () => {
			await bringUp(NOTIFICATION);
			await bringUp(SHIPPING);
			await shop.setShipWebhook(`${rest.url}/${WEBHOOK}`);
			page = await openShop(browser);
		});

		afterAll(async () => {
			for (const workflow of published) await rest.unpublish(workflow.id);
		});

		test('an order placed on the page shows up there as a message', async () => {
			const startedAt = Date.now();
			await page.getByRole('button', { name: 'Place an order' }).click();
			const text = await until('a notification', async () => {
				return (await shop.notifications()).at(-1)?.text;
			});
			saw(`after ${secondsSince(startedAt)}: ${text.replaceAll('\n', ' | ')}`);
			expect(text).toMatch(/New order [A-Z0-9]{9}/);
			reference = /New order ([A-Z0-9]{9})/.exec(text)?.[1] ?? '';
			await page.getByText(`New order ${reference}`).first().waitFor();
			await picture(page, 'shop-notification');
		});

		test('the caller of the shipping address hears why an order was not shipped', async () => {
			const { status, text } = await callWebhook(rest, WEBHOOK, { reference: 'NOSUCHREF' });
			expect(status).toBe(422);
			expect(text).toContain('NOSUCHREF');
		});

		test('the ship button sets the order to shipped and mails the customer', async () => {
			const before = (await shop.mails()).length;
			const row = page.locator('tr').filter({ has: page.getByText(reference, { exact: true }) });
			await row.getByRole('button', { name: 'Mark as shipped' }).click();
			const mails = await until('a mail', async () => {
				const now = await shop.mails();
				return now.length > before && now;
			});
			saw(`mail: ${JSON.stringify(mails.at(-1)).slice(0, 200)}`);
			await row.getByText('Shipped', { exact: true }).waitFor();
			await picture(page, 'shop-shipped');
			expect(mails.length).toBe(before + 1);
		});
	});
});

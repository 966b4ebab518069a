/** The workflow templates: imported like a user does it, and working from one end to the other. */
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { fillTemplate, readTemplate } from '../../sandbox/n8n/template.mts';
import type { N8nRest } from '../../sandbox/n8n/rest.mts';
import type { StoredWorkflow } from '../../sandbox/n8n/workflow.mts';
import { openBrowser, openEditor, openShop, picture, waitForCanvas } from './support/browser.mts';
import { enterN8n } from './support/n8n.mts';
import { saw, secondsSince } from './support/report.mts';
import { shop } from './support/shop.mts';
import { until } from './support/until.mts';
import { readWorld } from './support/world.mts';

const NOTIFICATION = 'prestashop-new-order-notification.json';
const SHIPPING = 'prestashop-mark-as-shipped.json';
const PLACEHOLDER = 'http://127.0.0.1:8180';

const file = (name: string): string => join(readWorld().projectFolder, 'workflows', name);

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
			const ids = readTemplate(file(name)).nodes.flatMap((node) =>
				Object.values(node.credentials ?? {}).map((credential) => credential.id),
			);
			expect(ids.length).toBeGreaterThan(0);
			expect(new Set(ids)).toEqual(new Set([null]));
		});

		test('can be imported from the file, and finds a credential of the proposed name', async () => {
			const template = readTemplate(file(name));
			await editor.goto(`${rest.url}/workflow/new`);
			await editor.locator('[data-test-id="canvas-wrapper"]').waitFor();
			await editor.locator('[data-test-id="workflow-import-input"]').setInputFiles(file(name));
			await waitForCanvas(editor);
			await picture(editor, `import-${name.replace('.json', '')}`);
			const stored = await rest.createWorkflow(template);
			const used = stored.nodes.flatMap((node) => Object.values(node.credentials ?? {}));
			saw(`${stored.nodes.length} nodes, credentials ${JSON.stringify(used)}`);
			const names = template.nodes.filter((node) => !node.type.endsWith('stickyNote'));
			for (const node of names) {
				await editor.locator(`[data-node-name="${node.name}"]`).first().waitFor();
			}
			expect(used.every((credential) => credential.id === readWorld().credential.id)).toBe(true);
		});
	});

	describe('from one end to the other', () => {
		let page: Page;
		let reference = '';
		const published: StoredWorkflow[] = [];

		const bringUp = async (name: string): Promise<void> => {
			const { shopUrl, credential } = readWorld();
			const filled = fillTemplate(readTemplate(file(name)), {
				placeholderUrl: PLACEHOLDER,
				shopUrl,
				credentials: { prestaShopApi: credential },
				pollSeconds: 2,
			});
			const workflow = await rest.createWorkflow(filled);
			published.push(workflow);
			const publication = await rest.publish(workflow.id);
			saw(`${filled.name}: ${publication.status}`);
			expect(publication.status).toBe('published');
		};

		beforeAll(async () => {
			await bringUp(NOTIFICATION);
			await bringUp(SHIPPING);
			await shop.setShipWebhook(`${rest.url}/webhook/ship-order`);
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
			const response = await fetch(`${rest.url}/webhook/ship-order`, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({ reference: 'NOSUCHREF' }),
			});
			const text = await response.text();
			saw(`${response.status} ${text}`);
			expect(response.status).toBe(422);
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

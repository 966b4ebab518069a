/** The workflow templates for Shoper: imported like a user does it, and working from end to end. */
import type { Browser, Page } from 'playwright-core';
import type { N8nRest } from '../../sandbox/n8n/rest.mts';
import type { StoredWorkflow } from '../../sandbox/n8n/workflow.mts';
import { startMailbox } from '../../sandbox/shared/mailbox.mts';
import type { Mailbox } from '../../sandbox/shared/mailbox.mts';
import { openBrowser, openEditor, openShop, picture } from './support/browser.mts';
import { enterN8n } from './support/n8n.mts';
import { publish } from './support/publish.mts';
import { saw, secondsSince } from './support/report.mts';
import { loginOf, openShoper, saveShoper, SHOPER_ADMINS } from './support/shoper.mts';
import type { ShoperSandbox } from './support/shoper.mts';
import {
	credentialsFoundFor,
	credentialsNamedIn,
	importIntoEditor,
	storeTemplate,
} from './support/templates.mts';
import { until } from './support/until.mts';
import { callWebhook } from './support/webhook.mts';

const TICKET = 'shoper-new-order-ticket.json';
const STATUS = 'shoper-change-status.json';
const WEBHOOK = 'webhook/shoper-change-status';

describe('the workflow templates for Shoper', () => {
	let rest: N8nRest;
	let browser: Browser;
	let shop: ShoperSandbox;
	let mailbox: Mailbox;

	beforeAll(async () => {
		rest = enterN8n();
		shop = await openShoper();
		mailbox = await startMailbox(({ to, subject, text }) => {
			shop.control.notify({ text: `Mail to ${to}\n${subject}\n\n${text}` });
		});
		browser = await openBrowser();
		await saveShoper(rest, 'Shoper account', loginOf(shop, SHOPER_ADMINS.helpdesk));
		await rest.saveCredential('SMTP account', 'smtp', {
			user: '',
			password: '',
			host: '127.0.0.1',
			port: mailbox.port,
			secure: false,
			disableStartTls: true,
		});
	});

	afterAll(async () => {
		await browser?.close();
		await mailbox?.close();
		await shop?.close();
	});

	test.each([[TICKET], [STATUS]])('%s can be imported from the file', async (name) => {
		await importIntoEditor(await openEditor(browser), name);
		const named = credentialsNamedIn(name);
		expect(named.length).toBeGreaterThan(0);
		expect(named.map(({ id }) => id)).toEqual(named.map(() => null));
		const used = await credentialsFoundFor(rest, name);
		for (const { id } of used) expect(id).toEqual(expect.any(String));
	});

	describe('from one end to the other', () => {
		let page: Page;
		let orderId = 0;
		const published: StoredWorkflow[] = [];

		beforeAll(async () => {
			for (const name of [TICKET, STATUS]) {
				const workflow = await storeTemplate(rest, name, {
					placeholderUrl: 'http://127.0.0.1:8280',
					shopUrl: shop.url,
				});
				published.push(workflow);
				await publish(rest, workflow);
			}
			shop.control.setShipWebhook({ url: `${rest.url}/${WEBHOOK}` });
			page = await openShop(browser);
			await page.goto(shop.url);
		});

		afterAll(async () => {
			for (const workflow of published) await rest.unpublish(workflow.id);
		});

		test('an order placed on the page becomes a mail to the help desk', async () => {
			const startedAt = Date.now();
			const before = shop.control.records({ resource: 'orders' }).length;
			await page.getByRole('button', { name: 'Place an order' }).click();
			const mail = await until('a mail', async () => mailbox.mails().at(-1));
			saw(`after ${secondsSince(startedAt)}: ${JSON.stringify(mail)}`);
			const orders = shop.control.records({ resource: 'orders' });
			expect(orders).toHaveLength(before + 1);
			const order = orders.at(-1);
			orderId = Number(order?.order_id);
			const user = shop.control.getRecord({ resource: 'users', id: Number(order?.user_id) });
			const lines = shop.control
				.records({ resource: 'order-products' })
				.filter((line) => line.order_id === order?.order_id);

			expect(mail.to).toContain('helpdesk@example.com');
			expect(mail.subject).toBe(`Order ${orderId}: złożone, ${Number(order?.sum).toFixed(2)} PLN`);
			expect(mail.text).toContain(
				`Customer: ${String(user?.firstname)} ${String(user?.lastname)} <${String(order?.email)}>`,
			);
			expect(lines).toHaveLength(2);
			for (const { quantity, name, code, price } of lines) {
				const total = (Number(quantity) * Number(price)).toFixed(2);
				expect(mail.text).toContain(
					`${Number(quantity)} x ${String(name)} (${String(code)}): ${total}`,
				);
			}
			expect(mail.text).toContain(`Delivery: ${Number(order?.shipping_cost).toFixed(2)}`);
			expect(mail.text).toContain(`Total: ${Number(order?.sum).toFixed(2)} PLN`);
			expect(mail.text).toContain(`${shop.url}/admin/`);
			expect(mail.text).not.toMatch(/undefined|null|NaN|\[object/);
			await page.getByText(`Order ${orderId}: złożone`).first().waitFor();
			await picture(page, 'shoper-shop-ticket');
			expect(mailbox.mails()).toHaveLength(1);
		});

		test('the button on the page ships the order, and the customer is mailed once', async () => {
			const row = page
				.locator('tr')
				.filter({ has: page.getByText(String(orderId), { exact: true }) });
			await row.getByRole('button', { name: 'Mark as shipped through n8n' }).click();
			await row.getByText('przesyłka wysłana', { exact: true }).waitFor();
			await page.getByText(`n8n took order ${orderId}.`).waitFor();
			await picture(page, 'shoper-shop-shipped');
			expect(shop.control.getRecord({ resource: 'orders', id: orderId })).toMatchObject({
				status_id: '7',
			});
			expect(shop.control.mails()).toMatchObject([{ orderId, statusId: 7 }]);
			expect(await row.getByRole('button').count()).toBe(0);
		});

		test('a second call changes nothing and mails nobody', async () => {
			const { status, text } = await callWebhook(rest, WEBHOOK, { orderId });
			expect(status).toBe(200);
			expect(JSON.parse(text)).toMatchObject({
				orderId: String(orderId),
				result: { changed: false, reason: 'already has this status' },
			});
			expect(shop.control.mails()).toHaveLength(1);
		});

		test.each([
			['an unknown order', { orderId: 999_999 }, /999999/],
			['no order', {}, /order/i],
			['no number', { orderId: 'DROP' }, /order/i],
			['an unknown status', { orderId: 5, status: 'wysłane na Księżyc' }, /no status called/i],
		])('the caller hears what is wrong: %s', async (_, body, words) => {
			const changes = shop.control.requests().filter(({ method }) => method === 'PUT').length;
			const { status, text } = await callWebhook(rest, WEBHOOK, body);
			expect(status).toBe(422);
			expect(text).toMatch(words);
			expect(shop.control.requests().filter(({ method }) => method === 'PUT')).toHaveLength(
				changes,
			);
		});
	});
});

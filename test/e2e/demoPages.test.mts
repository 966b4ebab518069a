/** The pages of the demo shops in a browser: for everybody, on every screen, with the keyboard. */
import type { AxeResults, Spec } from 'axe-core';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { startInSalesSandbox } from '../../sandbox/insales/shop.mts';
import { startPrestaShopSandbox } from '../../sandbox/prestashop/shop.mts';
import type { N8nLink } from '../../sandbox/shared/pageShell.mts';
import { startShoperSandbox } from '../../sandbox/shoper/shop.mts';
import { openBrowser, picture } from './support/browser.mts';

/** What these tests need of a shop, whichever it is. */
interface DemoPageShop {
	url: string;
	control: { connectN8n(link: N8nLink): void; notify(note: { text: string }): void };
	close(): Promise<void>;
}

const LINK: N8nLink = {
	workflows: [{ name: 'New order', url: 'http://127.0.0.1:5678/workflow/1' }],
	pollSeconds: 10,
};
const WIDE = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };

const SHOPS: Array<[string, () => Promise<DemoPageShop>, { own: string; place: string }]> = [
	[
		'PrestaShop',
		async () => {
			const shop = await startPrestaShopSandbox();
			shop.control.setShipWebhook({ url: 'http://127.0.0.1:9/webhook/ship-order' });
			return shop;
		},
		{ own: 'Polski', place: 'Złóż zamówienie' },
	],
	[
		'Shoper',
		async () => {
			const shop = await startShoperSandbox();
			shop.control.setShipWebhook({ url: 'http://127.0.0.1:9/webhook/ship-order' });
			return shop;
		},
		{ own: 'Polski', place: 'Złóż zamówienie' },
	],
	[
		'InSales',
		async () => {
			const shop = await startInSalesSandbox();
			shop.control.setChatWebhook({ url: 'http://127.0.0.1:9/webhook/chat-order' });
			return shop;
		},
		{ own: 'Русский', place: 'Оформить заказ' },
	],
];

describe.each(SHOPS)('the page of the %s demo', (name, start, { own, place }) => {
	let browser: Browser;
	let shop: DemoPageShop;
	let page: Page;

	beforeAll(async () => {
		shop = await start();
		shop.control.connectN8n(LINK);
		browser = await openBrowser();
		page = await browser.newPage({ viewport: WIDE });
		page.setDefaultTimeout(20_000);
		await page.goto(shop.url);
		for (let orders = 0; orders < 2; orders++) await placeOrder();
	});

	afterAll(async () => {
		await browser?.close();
		await shop?.close();
	});

	const placeOrder = async (): Promise<void> => {
		const answered = page.waitForResponse((response) => response.url().endsWith('/placeDemoOrder'));
		await page.getByRole('button', { name: 'Place an order' }).click();
		await answered;
	};

	const newest = () => page.locator('section').first().locator('tbody tr').first();

	test.each([
		['wide', WIDE],
		['phone', PHONE],
	])('breaks no rule of accessibility, and fits: %s', async (screen, viewport) => {
		await page.setViewportSize(viewport);
		await picture(page, `demo-${name.toLowerCase()}-${screen}`);
		expect(await violations(page)).toEqual([]);
		expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
			viewport.width,
		);
		const cell = await newest().getByRole('button', { name: 'Cancel' }).boundingBox();
		expect((cell?.x ?? 0) + (cell?.width ?? 0)).toBeLessThanOrEqual(viewport.width);
		await page.setViewportSize(WIDE);
	});

	test('names the order in each button, and links to the workflows', async () => {
		const names = await newest()
			.getByRole('button')
			.evaluateAll((buttons) => buttons.map((button) => button.getAttribute('aria-label')));
		expect(names.length).toBeGreaterThan(0);
		for (const label of names) expect(label).toMatch(/, order \S+$/);
		expect(await page.getByRole('link', { name: 'New order' }).getAttribute('href')).toBe(
			'http://127.0.0.1:5678/workflow/1',
		);
		await page.getByText(/^n8n looks again in \d+ s$/).waitFor();
	});

	test('keeps the focus while the lists change', async () => {
		const button = newest().getByRole('button', { name: 'Cancel' });
		const label = await button.getAttribute('aria-label');
		await button.focus();
		shop.control.notify({ text: 'Something came from a workflow' });
		await page.getByText('Something came from a workflow').waitFor();
		const focused = await page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
		expect(focused).toBe(label);
	});

	const whereSomethingIsTyped = name === 'InSales' ? test : test.skip;
	whereSomethingIsTyped('goes on showing what happens after a choice', async () => {
		const status = page.locator('select[data-verb]').first();
		await status.selectOption({ index: 2 });
		await page.getByText(/^The status is now: /).waitFor();
		const price = page.locator('input[data-verb]').first();
		await price.fill('12');
		await price.press('Enter');
		await page.getByText('The price is now 12.').waitFor();
		shop.control.notify({ text: 'Told after the choice' });
		await page.getByText('Told after the choice').waitFor();
		expect(await price.evaluate((field) => field === document.activeElement)).toBe(true);
	});

	test('has orders paid and cancelled, and tells it', async () => {
		const [number] = await newest().getByRole('rowheader').allTextContents();
		await newest().getByRole('button', { name: 'Pay' }).click();
		await page.getByText(/^Order \S+ was paid\.$/).waitFor();
		await newest().getByRole('button', { name: 'Pay' }).waitFor({ state: 'detached' });
		await newest().getByRole('button', { name: 'Cancel' }).click();
		await page.getByText(/^Order \S+ was cancelled\.$/).waitFor();
		await newest().getByRole('button').first().waitFor({ state: 'detached' });
		expect(await newest().getByRole('rowheader').allTextContents()).toEqual([number]);
	});

	test("speaks the owner's language", async () => {
		await page.getByRole('link', { name: own }).click();
		await page.getByRole('button', { name: place }).waitFor();
		expect(await violations(page)).toEqual([]);
		await page.getByRole('link', { name: 'English' }).click();
		await page.getByRole('button', { name: 'Place an order' }).waitFor();
	});
});

/** The rules of WCAG 2.2 AA that the page breaks, each with the first place where. */
async function violations(page: Page): Promise<string[]> {
	await page.evaluate(axe.source);
	const results = await page.evaluate(async () => {
		const tool = (window as Window & { axe?: { run(): Promise<AxeResults> } & Spec }).axe;
		return await tool?.run();
	});
	if (!results) throw new Error('The rules could not be loaded into the page');
	return results.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
}

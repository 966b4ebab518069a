import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { readWorld } from './world.mts';

const CANDIDATES = [
	process.env.CHROMIUM_PATH,
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** A browser without a window; CHROMIUM_PATH names another one than those in the usual places. */
export async function openBrowser(): Promise<Browser> {
	const executablePath = CANDIDATES.find((path) => path !== undefined && existsSync(path));
	if (!executablePath) throw new Error('No Chromium found; set CHROMIUM_PATH');
	return await chromium.launch({
		executablePath,
		args: ['--no-sandbox', '--no-proxy-server', '--disable-gpu', '--disable-dev-shm-usage'],
	});
}

/** A window that reaches this machine only: the editor asks other sites about packages otherwise. */
async function openContext(browser: Browser): Promise<BrowserContext> {
	const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
	context.setDefaultTimeout(20_000);
	await context.route(/^https?:\/\/(?!127\.0\.0\.1[:/])/, async (route) => await route.abort());
	return context;
}

/** A page of the shop, as its visitors see it. */
export async function openShop(browser: Browser): Promise<Page> {
	const page = await (await openContext(browser)).newPage();
	await page.goto(readWorld().shopUrl);
	return page;
}

/** A page that is logged in to n8n. */
export async function openEditor(browser: Browser): Promise<Page> {
	const { n8nUrl, session } = readWorld();
	const context = await openContext(browser);
	const [name = '', value = ''] = session.split(/=(.*)/s);
	await context.addCookies([{ name, value, url: n8nUrl }]);
	return await context.newPage();
}

/** Waits until nodes are drawn, and closes the checklist that n8n lays over published workflows. */
export async function waitForCanvas(page: Page): Promise<void> {
	await page.locator('[data-test-id="canvas-node"]').first().waitFor();
	const checklist = page.locator('[data-test-id="suggested-actions-close"]');
	if (await checklist.isVisible()) await checklist.click();
}

/** Keeps a picture of the page, or of a part of it, in test-results/screenshots. */
export async function picture(target: Page | Locator, name: string): Promise<string> {
	const folder = join(readWorld().projectFolder, 'test-results', 'screenshots');
	mkdirSync(folder, { recursive: true });
	const path = join(folder, `${name}.png`);
	await target.screenshot({ path, animations: 'disabled' });
	return path;
}

/** The workflow templates for InSales: imported like a user does it, and working from end to end. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import type { Execution, N8nRest } from '../../sandbox/n8n/rest.mts';
import type { StoredWorkflow } from '../../sandbox/n8n/workflow.mts';
import { openBrowser, openEditor, openShop, picture } from './support/browser.mts';
import { accessTo, INSALES_KEYS, openInSales, saveInSales, tableRows } from './support/insales.mts';
import type { InSalesSandbox } from './support/insales.mts';
import { enterN8n } from './support/n8n.mts';
import { recordsOf } from './support/nodeOutput.mts';
import { publish } from './support/publish.mts';
import { saw, secondsSince } from './support/report.mts';
import {
	credentialsFoundFor,
	credentialsNamedIn,
	importIntoEditor,
	storeTemplate,
} from './support/templates.mts';
import { until } from './support/until.mts';
import { callWebhook } from './support/webhook.mts';

const CHAT = 'insales-chat-order.json';
const CATALOGUE = 'insales-catalogue-table.json';
const WEBHOOK = 'webhook/insales-chat-order';
/** The trigger of the catalogue template. */
const SCHEDULE = 'Every 5 minutes';
const PICKUP = 21_798;
const CASH = 79_172;

/** Two more polls would show what comes a second time. */
const TWO_POLLS_MS = 4_500;
/** Other processes may keep the machine busy. */
const PATIENCE_MS = 90_000;

type Json = Record<string, unknown>;

describe('the workflow templates for InSales', () => {
	let rest: N8nRest;
	let browser: Browser;
	let shop: InSalesSandbox;
	const published: StoredWorkflow[] = [];

	/** A template of this shop. */
	const stored = async (name: string): Promise<StoredWorkflow> =>
		await storeTemplate(rest, name, {
			placeholderUrl: 'http://127.0.0.1:8380',
			shopUrl: shop.url,
		});

	const bringUp = async (workflow: StoredWorkflow): Promise<void> => {
		published.push(workflow);
		await publish(rest, workflow);
	};

	beforeAll(async () => {
		rest = enterN8n();
		shop = await openInSales();
		browser = await openBrowser();
		await saveInSales(rest, 'InSales account', accessTo(shop));
	});

	afterAll(async () => {
		for (const { id } of published) await rest.unpublish(id);
		await browser?.close();
		await shop?.close();
	});

	test.each([[CHAT], [CATALOGUE]])('%s can be imported from the file', async (name) => {
		await importIntoEditor(await openEditor(browser), name);
		const named = credentialsNamedIn(name);
		expect(named.length).toBeGreaterThan(0);
		expect(named.map(({ id }) => id)).toEqual(named.map(() => null));
		const used = await credentialsFoundFor(rest, name);
		for (const { id } of used) expect(id).toEqual(expect.any(String));
	});

	describe('orders of a chat', () => {
		let page: Page;
		/** What the page sent for its order, and the order of the shop. */
		let sent: Json = {};
		let order: Json = {};

		const post = async (body: object) => {
			const { status, text } = await callWebhook(rest, WEBHOOK, body);
			return { status, answer: JSON.parse(text) as Json };
		};

		const orders = (): Json[] => shop.control.records({ resource: 'orders' });
		const told = (): string[] => shop.control.notifications().map(({ text }) => text);
		const statusField = (number: unknown) => page.getByLabel(`Статус заказа ${String(number)}`);

		/** What stands in the order as the chat wants it. */
		const expectOrder = (made: Json | undefined, wanted: Json): void => {
			expect(made).toMatchObject({
				delivery_variant_id: PICKUP,
				payment_gateway_id: CASH,
				comment: `Заказ из чата ${String(wanted.chatId)}`,
				order_lines: [{ sku: wanted.sku, quantity: wanted.quantity }],
				client: { name: wanted.name, phone: wanted.phone },
			});
			expect(made?.fields_values).toEqual(
				expect.arrayContaining([
					expect.objectContaining({ handle: 'chat_id', value: wanted.chatId }),
				]),
			);
		};

		beforeAll(async () => {
			await bringUp(await stored(CHAT));
			shop.control.setChatWebhook({ url: `${rest.url}/${WEBHOOK}` });
			page = await openShop(browser);
			page.setDefaultTimeout(PATIENCE_MS);
			await page.goto(`${shop.url}/?lang=ru`);
		});

		test('an order from the chat arrives in the shop as it was meant', async () => {
			const before = orders().length;
			const startedAt = Date.now();
			const asked = page.waitForResponse((response) => response.url().endsWith('/chatOrder'));
			await page.getByRole('button', { name: 'Заказ из чата через n8n' }).click();
			const answer = (await (await asked).json()) as Json;
			saw(`after ${secondsSince(startedAt)}: ${JSON.stringify(answer)}`);
			expect(answer.status).toBe(200);
			sent = answer.order as Json;
			expect(orders()).toHaveLength(before + 1);
			order = orders().at(-1) ?? {};
			expectOrder(order, sent);
			await page.getByText(String(sent.chatId), { exact: true }).waitFor();
			await picture(page, 'insales-shop-chat-order');
			// A new order is no change of a status.
			await sleep(TWO_POLLS_MS);
			expect(told()).toEqual([]);
		});

		test('the same order of the chat again makes no second one', async () => {
			const before = orders().length;
			const { status, answer } = await post(sent);
			expect(status).toBe(200);
			expect(answer).toEqual({
				orderId: String(order.id),
				number: String(order.number),
				total: Number(order.total_price),
				created: false,
			});
			expect(orders()).toHaveLength(before);
		});

		test('another order says what was made of it', async () => {
			const wanted = {
				chatId: 'c-900',
				sku: 'TS-01-M',
				quantity: 3,
				name: 'Пётр',
				phone: '+79005550199',
			};
			const { status, answer } = await post(wanted);
			expect(status).toBe(200);
			const made = orders().at(-1);
			expectOrder(made, wanted);
			expect(answer).toEqual({
				orderId: String(made?.id),
				number: String(made?.number),
				total: Number(made?.total_price),
				created: true,
			});
		});

		test('a status chosen on the page is told to the chat once, with the one before', async () => {
			const { number } = order;
			await statusField(number).selectOption({ label: 'Собран' });
			const first = `Чат ${String(sent.chatId)}: заказ ${String(number)} – «Собран» (было «Новый»)`;
			const startedAt = Date.now();
			await until('the first message', async () => told().includes(first), PATIENCE_MS);
			saw(`after ${secondsSince(startedAt)}: ${told().join(' | ')}`);
			await page.getByText(first, { exact: true }).waitFor();
			await statusField(number).selectOption({ label: 'Готов к выдаче' });
			const second = `Чат ${String(sent.chatId)}: заказ ${String(number)} – «Готов к выдаче» (было «Собран»)`;
			await until('the second message', async () => told().includes(second), PATIENCE_MS);
			await page.getByText(second, { exact: true }).waitFor();
			await picture(page, 'insales-shop-chat-told');
			await sleep(TWO_POLLS_MS);
			expect(told()).toEqual([first, second]);
		});

		test('nothing is told of orders that are not from the chat', async () => {
			const before = told();
			const { id } = shop.control.placeOrder();
			shop.control.changeStatus({ orderId: id, permalink: 'accepted' });
			shop.control.changeStatus({ orderId: Number(order.id), permalink: 'delivered' });
			await until('a message', async () => told().length > before.length, PATIENCE_MS);
			await sleep(TWO_POLLS_MS);
			expect(told().slice(before.length)).toEqual([
				`Чат ${String(sent.chatId)}: заказ ${String(order.number)} – «Доставлен» (было «Готов к выдаче»)`,
			]);
		});

		test.each([
			['an unknown SKU', { sku: 'NO-SUCH' }, /NO-SUCH/],
			['no SKU', { sku: undefined }, /SKU|line/i],
			['no quantity', { quantity: 0 }, /quantity/i],
			['no name', { name: undefined }, /name/i],
			['no phone', { phone: undefined }, /phone/i],
		])('the chat hears what is wrong: %s', async (_, change, words) => {
			const before = orders().length;
			const good = {
				chatId: 'c-901',
				sku: 'MUG-01',
				quantity: 1,
				name: 'Анна',
				phone: '+79005550198',
			};
			const { status, answer } = await post({ ...good, ...change });
			expect(status).toBe(422);
			expect(answer).toEqual({ error: expect.stringMatching(words) });
			expect(orders()).toHaveLength(before);
		});

		test('an order without the ID of the chat is refused: a repeat would make a second one', async () => {
			const before = orders().length;
			const { status, answer } = await post({
				sku: 'MUG-01',
				quantity: 1,
				name: 'Анна',
				phone: '+79005550197',
			});
			expect(status).toBe(422);
			expect(answer).toEqual({ error: expect.stringMatching(/chatId/) });
			expect(orders()).toHaveLength(before);
		});
	});

	describe('the catalogue in a data table', () => {
		let page: Page;
		let workflow: StoredWorkflow;

		const products = (): Json[] => shop.control.records({ resource: 'products' });
		const rows = async (): Promise<Json[]> => await tableRows(rest, 'insales_products');
		const rowOf = async (productId: unknown): Promise<Json | undefined> =>
			(await rows()).find((row) => row.productId === String(productId));
		const cursor = async (): Promise<unknown> =>
			(await tableRows(rest, 'insales_places')).map((row) => row.cursor);

		const runByHand = async (): Promise<{ execution: Execution; changed: Json[] }> => {
			const execution = await rest.run(workflow.id, SCHEDULE, PATIENCE_MS);
			const changed = recordsOf(execution.run, 'What changed');
			saw(`${execution.status}: ${changed.length} products changed`);
			return { execution, changed };
		};

		/** A price typed into the page of the shop. */
		const setPrice = async (sku: string, price: number): Promise<void> => {
			const saved = page.waitForResponse((response) => response.url().endsWith('/setPrice'));
			await page.getByLabel(`Цена ${sku}`).fill(String(price));
			await page.getByLabel(`Цена ${sku}`).press('Enter');
			await saved;
		};

		const productWith = (sku: string): Json | undefined =>
			products().find(({ variants }) => (variants as Json[]).some((each) => each.sku === sku));

		beforeAll(async () => {
			workflow = await stored(CATALOGUE);
			page = await openShop(browser);
			page.setDefaultTimeout(PATIENCE_MS);
			await page.goto(`${shop.url}/?lang=ru`);
		});

		test('the first run by hand writes every product of the shop', async () => {
			const { changed } = await runByHand();
			const all = products();
			expect(changed).toHaveLength(all.length);
			const written = await rows();
			expect(written.map(({ productId }) => productId).sort()).toEqual(
				all.map(({ id }) => String(id)).sort(),
			);
			for (const { id, title, archived, variants } of all) {
				const [variant] = variants as Json[];
				expect(await rowOf(id)).toMatchObject({
					title,
					deleted: archived === true,
					sku: variant?.sku,
					price: Number(variant?.price),
				});
			}
			saw(JSON.stringify(await rowOf(productWith('MUG-01')?.id)));
			expect(await cursor()).toEqual([expect.stringMatching(/./)]);
		});

		test('a run without changes succeeds, writes nothing and keeps the place', async () => {
			const before = [await rows(), await cursor()];
			const { execution, changed } = await runByHand();
			expect(execution.status).toBe('success');
			expect(changed).toEqual([]);
			expect([await rows(), await cursor()]).toEqual(before);
		});

		test('a price changed on the page updates the row of just that product', async () => {
			const before = await rows();
			const id = String(productWith('MUG-01')?.id);
			await setPrice('MUG-01', 777.5);
			await picture(page, 'insales-shop-price');
			const { changed } = await runByHand();
			expect(changed).toMatchObject([{ id, change: 'updated', price: 777.5 }]);
			const after = await rows();
			expect(await rowOf(id)).toMatchObject({ price: 777.5, deleted: false });
			const others = (all: Json[]) => all.filter(({ productId }) => productId !== id);
			expect(others(after)).toEqual(others(before));
			expect(after).toHaveLength(before.length);
		});

		test('a deleted product stays in the table, marked', async () => {
			const id = String(productWith('BAG-01')?.id);
			const { identifier, password } = INSALES_KEYS.full;
			const deleted = await fetch(`${shop.url}/admin/products/${id}.json`, {
				method: 'DELETE',
				headers: {
					authorization: `Basic ${Buffer.from(`${identifier}:${password}`).toString('base64')}`,
				},
			});
			expect(deleted.status).toBe(200);
			const { changed } = await runByHand();
			expect(changed).toMatchObject([{ id, change: 'deleted' }]);
			expect(await rowOf(id)).toMatchObject({ deleted: true });
		});

		test('on schedule, it keeps the table up to date by itself', async () => {
			const { nodes, connections } = await rest.readWorkflow(workflow.id);
			for (const node of nodes) {
				if (node.name !== SCHEDULE) continue;
				// Much more often than the shop allows a user to.
				const interval = [{ field: 'seconds', secondsInterval: 5 }];
				node.parameters = { rule: { interval } };
			}
			await rest.updateWorkflow(workflow.id, { nodes, connections });
			await bringUp(workflow);
			const id = productWith('NB-01')?.id;
			await setPrice('NB-01', 333);
			const startedAt = Date.now();
			await until('the new price', async () => (await rowOf(id))?.price === 333, PATIENCE_MS);
			saw(`in the table after ${secondsSince(startedAt)}`);
			await until(
				'two more runs',
				async () => {
					const runs = await rest.executions(workflow.id);
					return (
						runs.filter(({ mode, status }) => mode === 'trigger' && status === 'success').length >=
						3
					);
				},
				PATIENCE_MS,
			);
			const runs = await rest.executions(workflow.id);
			expect(runs.filter(({ status }) => status === 'error')).toEqual([]);
			expect(await rows()).toHaveLength(products().length);
		});
	});
});

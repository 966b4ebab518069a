/**
 * What is documented or guessed about Shoper but was never seen: each probe reads, notes what this
 * shop does, and checks that the nodes cope with it. The notes are printed at the end.
 */
import type { IDataObject } from 'n8n-workflow';
import {
	admin,
	ask,
	askOnce,
	byLogin,
	demand,
	first,
	found,
	logIn,
	report,
	rowsOf,
	run,
	trigger,
} from './shoperShop.mts';
import type { Answer } from './shoperShop.mts';

const NEVER = '2999-01-01 00:00:00';

afterAll(() => report());

/** What a list does with a condition that no record meets. */
async function conditionNobodyMeets(path: string, filters: object): Promise<string> {
	const { status, body } = await ask('GET', path, { query: { filters, limit: 1 } });
	if (status === 404) return 'refused with 404';
	expect(status).toBe(200);
	return (body as { list: unknown[] }).list.length === 0 ? 'obeyed' : 'ignored';
}

function namesOf(rows: IDataObject[], field: string): string[] {
	return rows.map((row) => String(row[field]));
}

describe('lists', () => {
	test.each([
		['orders', 'order_id', 'order'],
		['users', 'user_id', 'customer'],
	])('%s after an ID', async (path, field, resource) => {
		const newest = await rowsOf(path, { order: `${field} DESC`, limit: 3 });
		const [after = '0'] = namesOf(newest, field).slice(-1);
		const rows = await rowsOf(path, {
			filters: { [field]: { '>': Number(after) } },
			order: `${field} ASC`,
			limit: 50,
		});
		const isObeyed = namesOf(rows, field).every((id) => Number(id) > Number(after));
		found(`${path} with ${field} greater than`, isObeyed ? 'obeyed' : 'ignored');
		const { items, error } = await run(`${resource}.getAll`, {
			returnAll: true,
			filters: { idAfter: after },
		});
		expect(error?.message).toBeUndefined();
		expect(items.length).toBeGreaterThanOrEqual(newest.length - 1);
		for (const { json } of items) expect(Number(json.id)).toBeGreaterThan(Number(after));
	});

	test('orders by the time of their status', async () => {
		const finding = await conditionNobodyMeets('orders', { status_date: { '>=': NEVER } });
		found('orders filtered by status_date', finding);
		const rows = await rowsOf('orders', { order: 'status_date ASC', limit: 50 });
		const dates = namesOf(rows, 'status_date');
		found('orders sorted by status_date', dates.join() === [...dates].sort().join());
		// "Order Status Changed" rests on both.
		expect(finding).toBe('obeyed');
		expect(dates).toEqual([...dates].sort());
	});

	test('orders by updated_at', async () => {
		const finding = await conditionNobodyMeets('orders', { updated_at: { '>=': NEVER } });
		found('orders filtered by updated_at', finding);
	});

	test('products by edit_date', async () => {
		const finding = await conditionNobodyMeets('products', { edit_date: { '>=': NEVER } });
		found('products filtered by edit_date', finding);
		// The trigger either works or says that it cannot.
		const outcome = await trigger({ event: 'productUpdated' })
			.poll('activate')
			.then(
				(items) => `${items.length} events`,
				(error: Error) => error.message,
			);
		expect(outcome).toMatch(finding === 'obeyed' ? /^0 events$/ : /cannot list products/);
	});

	test.each([true, false])('orders by is_paid = %s', async (paid) => {
		const answer = await ask('GET', 'orders', { query: { filters: { is_paid: paid }, limit: 50 } });
		const rows = answer.status === 200 ? (answer.body as { list: IDataObject[] }).list : [];
		const isObeyed = rows.every(({ is_paid }) => is_paid === paid);
		const finding = answer.status === 200 ? (isObeyed ? 'obeyed' : 'ignored') : 'refused';
		found(`orders filtered by is_paid ${paid}`, `${finding}, ${rows.length} rows`);
		const { items, error } = await run('order.getAll', { limit: 5, filters: { paid } });
		expect(error?.message).toBeUndefined();
		for (const { json } of items) expect(json.paid).toBe(paid);
	});

	test('two conditions on one field', async () => {
		const [newest] = await rowsOf('orders', { order: 'order_id DESC', limit: 1 });
		const id = Number(newest?.order_id);
		const finding = await conditionNobodyMeets('orders', { order_id: { '>=': id, '<': id } });
		found('orders with order_id between two bounds', finding);
	});

	test('emails in capitals', async () => {
		const [order] = await rowsOf('orders', { order: 'order_id DESC', limit: 1 });
		const email = String(order?.email);
		const rows = await rowsOf('orders', { filters: { email: email.toUpperCase() }, limit: 1 });
		found('emails match whatever their case', rows.length > 0);
		if (email !== email.toLowerCase()) return;
		const latest = await first('order.getLatest', {
			customer: { __rl: true, mode: 'email', value: email.toUpperCase() },
			simplify: false,
		});
		expect(String(latest.email).toLowerCase()).toBe(email);
	});
});

test('the language of error texts', async () => {
	const words = async (headers: Record<string, string>) => {
		const { status, body } = await ask('GET', 'orders/99999999', { headers });
		expect(status).toBe(404);
		return String((body as IDataObject).error_description);
	};
	const [plain, english] = [await words({}), await words({ 'accept-language': 'en_US;q=0.8' })];
	found('Accept-Language: en_US', plain === english ? `no effect ("${plain}")` : english);
});

describe('allowance', () => {
	const level = ({ headers }: Answer) => Number(headers.get('x-shop-api-calls'));

	test('what a bulk call costs', async () => {
		const operations = Array.from({ length: 5 }, (_, index) => ({
			id: `probe-${index}`,
			path: '/webapi/rest/application-version',
			method: 'GET',
		}));
		const before = await ask('GET', 'application-version');
		const start = Date.now();
		const bulk = await ask('POST', 'bulk', { body: operations });
		expect(bulk.status).toBe(200);
		const { items } = bulk.body as { items: Array<{ code: number }> };
		expect(items.map(({ code }) => code)).toEqual([200, 200, 200, 200, 200]);
		const perSecond = Number(before.headers.get('x-shop-api-bandwidth'));
		found('allowance', `${before.headers.get('x-shop-api-limit')} and ${perSecond} per second`);
		const drained = (perSecond * (Date.now() - start)) / 1000;
		const cost = level(bulk) - level(before);
		const bounds = [Math.max(1, cost), Math.max(1, Math.ceil(cost + drained))];
		found('cost of 5 operations in bulk', bounds.join(' to '));
	});

	test('what a refusal looks like, and that the node waits', async () => {
		const burst = Array.from(
			{ length: 30 },
			async () => await askOnce('GET', 'application-version'),
		);
		const refused = (await Promise.all(burst)).find(({ status }) => status === 429);
		const text = refused && JSON.stringify(refused.body);
		found('30 requests at once', refused ? `refused with ${text}` : 'never refused');
		if (refused) found('Retry-After', refused.headers.get('retry-after'));
		const { items, error } = await run('order.getAll', { limit: 1 });
		expect(error?.message).toBeUndefined();
		expect(items).toHaveLength(1);
		// The test of a credential does not wait, and other suites begin with it.
		const last = await ask('GET', 'application-version');
		const seconds = level(last) / Number(last.headers.get('x-shop-api-bandwidth') ?? 1);
		await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
	});
});

(admin.login === '' ? test.skip : test)('a second login beside the first', async () => {
	const credential = { ...byLogin };
	expect((await run('status.getAll', { limit: 1 }, credential)).error?.message).toBeUndefined();
	const token = await logIn();
	await logIn();
	const { status } = await ask('GET', 'application-version', { token });
	expect([200, 401]).toContain(status);
	found('the token of an earlier login', status === 200 ? 'stays alive' : 'ends');
	// Whichever it is, the node goes on with the token it has or gets another.
	expect((await run('status.getAll', { limit: 1 }, credential)).error?.message).toBeUndefined();
});

test('times of one order', async () => {
	const [order] = await rowsOf('orders', { order: 'order_id DESC', limit: 1 });
	const { date } = (await demand('GET', `object-mtime/order/${String(order?.order_id)}`)) as {
		date: number;
	};
	found('object-mtime tells', new Date(date * 1000).toISOString());
	const shown = await first('order.get', {
		orderId: { __rl: true, mode: 'id', value: String(order?.order_id) },
	});
	// Times carry the offset of the shop; an order changes after it was placed.
	expect(Date.parse(String(shown.createdAt))).toBeLessThanOrEqual(date * 1000 + 1000);
});

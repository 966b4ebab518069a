/** Orders at size, and the truth about writes whose answer was lost. */
import type { INodeParameters } from 'n8n-workflow';
import { SHOPER_TOKENS, startShoperSandbox } from '../../sandbox/shoper/shop.mts';
import type { ShoperSandbox } from '../../sandbox/shoper/shop.mts';
import type { Fault } from '../../sandbox/shared/faults.mts';
import { executeNode } from '../support/engine.mts';
import { actionBench, tokenCredentials } from './fixtures.mts';

let shop: ShoperSandbox;

beforeAll(async () => {
	shop = await startShoperSandbox({ bucket: { limit: 1000, perSecond: 1000 } });
});

afterAll(async () => {
	await shop.close();
});

beforeEach(() => {
	shop.control.reset();
	shop.control.clearRequests();
	shop.control.clearMails();
});

async function run(
	resource: string,
	operation: string,
	parameters: INodeParameters,
	token: string = SHOPER_TOKENS.full,
) {
	const bench = actionBench(tokenCredentials(shop, token));
	return await executeNode(bench, { resource, operation, ...parameters });
}

const id = (value: string | number) => ({ mode: 'id', value: String(value) });

const sent = (method: string) => shop.control.requests().filter((each) => each.method === method);

function fault(method: string, pathIncludes: string, more: Omit<Fault, 'match'>): void {
	shop.control.addFault({ ...more, match: { method, pathIncludes } });
}

const order = (number: number) => shop.control.getRecord({ resource: 'orders', id: number });

describe('many orders', () => {
	const DAY = 86_400_000;

	test('those of the last six months with their lines: few requests, none lost or doubled', async () => {
		const { ms } = shop.control.now();
		shop.control.reset({ empty: true });
		const seeded = shop.control.seed({ orders: 400, since: ms - 220 * DAY });
		shop.control.clearRequests();
		const since = new Date(ms - 183 * DAY);
		const { items, error } = await run(
			'order',
			'getAll',
			{ returnAll: true, filters: { createdAfter: since.toISOString() } },
			SHOPER_TOKENS.helpdesk,
		);
		expect(error).toBeUndefined();
		const wanted = shop.control
			.records({ resource: 'orders' })
			.filter(({ date }) => String(date) >= localTime(since))
			.map(({ order_id }) => order_id)
			.reverse();
		expect(wanted.length).toBeGreaterThan(300);
		expect(items.map(({ json }) => json.id)).toEqual(wanted);
		const lines = shop.control.records({ resource: 'order-products' });
		const fetched = items.flatMap(({ json }) =>
			(json.lines as Array<{ id: string }>).map((l) => l.id),
		);
		const expected = lines.filter((line) => wanted.includes(String(line.order_id)));
		expect(new Set(fetched)).toEqual(new Set(expected.map((line) => line.id)));
		expect(fetched).toHaveLength(expected.length);
		const pagesOfOrders = Math.ceil(wanted.length / 50);
		const requests = shop.control.requests().length;
		// Settings, statuses, pages of orders, and for each 50 orders the pages of their lines.
		const pagesOfLines = Math.ceil(expected.length / 50) + pagesOfOrders;
		expect(requests).toBeLessThanOrEqual(2 + pagesOfOrders + pagesOfLines);
		expect(seeded.lastOrderId).toBe(Number(items[0]?.json.id));
	});

	const localTime = (date: Date) => date.toLocaleString('sv-SE', { timeZone: 'Europe/Warsaw' });

	test('1,000 orders with a line each cost about 41 requests', async () => {
		shop.control.reset({ empty: true });
		for (let count = 0; count < 1000; count++) shop.control.placeOrder();
		shop.control.clearRequests();
		const { items } = await run('order', 'getAll', { returnAll: true });
		expect(items).toHaveLength(1000);
		expect(items.every(({ json }) => (json.lines as unknown[]).length === 1)).toBe(true);
		// 20 pages of orders, 20 of lines, statuses, settings.
		expect(shop.control.requests()).toHaveLength(42);
	});

	test('an order with more lines than a page holds', async () => {
		const lines = Array.from({ length: 120 }, () => ({ productId: 5 }));
		const placed = shop.control.placeOrder({ lines });
		const { items } = await run('orderProduct', 'getAll', { orderId: id(placed.id) });
		expect(new Set(items.map(({ json }) => json.id)).size).toBe(120);
	});

	test('two bounds of the time give the same as checking each order', async () => {
		const { ms } = shop.control.now();
		shop.control.reset({ empty: true });
		shop.control.seed({ orders: 300, since: ms - 100 * DAY });
		// An order whose date was set back by hand: its ID says nothing about its time.
		shop.control.putRecord({
			resource: 'orders',
			id: 290,
			record: { date: localTime(new Date(ms - 60 * DAY)) },
		});
		shop.control.clearRequests();
		const [from, before] = [ms - 70 * DAY, ms - 50 * DAY].map((each) => new Date(each));
		const { items } = await run('order', 'getAll', {
			returnAll: true,
			filters: {
				createdAfter: from?.toISOString() ?? '',
				createdBefore: before?.toISOString() ?? '',
			},
			options: { include: [] },
		});
		const wanted = shop.control
			.records({ resource: 'orders' })
			.filter(
				({ date }) =>
					String(date) >= localTime(from as Date) && String(date) < localTime(before as Date),
			)
			.map(({ order_id }) => order_id)
			.reverse();
		expect(wanted).toContain('290');
		expect(items.map(({ json }) => json.id)).toEqual(wanted);
	});

	test.each([false, true])('by e-mail in a shop that regards case (%s)', async (on) => {
		shop.control.setCaseSensitiveFilters({ on });
		const placed = shop.control.placeOrder({ email: 'maria.wisniewska@example.com' });
		const { items } = await run('order', 'getAll', {
			filters: { email: 'Maria.Wisniewska@Example.com' },
			options: { include: [] },
		});
		expect(items.map(({ json }) => json.id)).toEqual([String(placed.id), '5']);
	});

	test('orders of an account come too when they carry another address', async () => {
		shop.control.putRecord({ resource: 'orders', id: 4, record: { email: 'old@example.com' } });
		const found = await run('order', 'getAll', {
			filters: { email: 'anna.nowak@example.com' },
			options: { include: [] },
		});
		expect(found.items.map(({ json }) => json.id)).toEqual(['4', '2']);
		const verified = await run('order', 'get', {
			orderId: id(4),
			options: { verifyEmail: 'anna.nowak@example.com', include: [] },
		});
		expect(verified.error).toBeUndefined();
	});

	test('the hour that the end of summer time repeats keeps one of its offsets', async () => {
		shop.control.putRecord({
			resource: 'orders',
			id: 4,
			record: { date: '2026-10-25 02:30:00', status_date: '2026-10-25 03:30:00' },
		});
		const { items } = await run('order', 'get', { orderId: id(4) });
		expect(items[0]?.json).toMatchObject({
			createdAt: '2026-10-25T02:30:00+02:00',
			updatedAt: '2026-10-25T03:30:00+01:00',
			adminUrl: `${shop.url}/admin/orders/view/id/4`,
		});
	});
});

describe('a status whose change was answered unclearly', () => {
	const change = async (statusId = 7) =>
		await run(
			'order',
			'changeStatus',
			{ orderId: id(5), statusId: id(statusId) },
			SHOPER_TOKENS.helpdesk,
		);

	test('was changed: told once, mailed once, never sent twice', async () => {
		fault('PUT', '/orders/5', { kind: 'afterCommit500' });
		const { items } = await change();
		expect(items[0]?.json).toMatchObject({
			changed: true,
			warning: expect.stringContaining('but the order has the status'),
		});
		expect(sent('PUT')).toHaveLength(1);
		expect(shop.control.mails()).toHaveLength(1);
	});

	test.each<[string, Omit<Fault, 'match'>, string]>([
		[
			'a 500 before anything happened',
			{ kind: 'status', status: 500, body: '{}' },
			'may still be at work',
		],
		['a broken connection', { kind: 'reset' }, 'may still be at work'],
		['a page in place of the answer', { kind: 'html' }, 'safe to repeat'],
	])('%s: says what is known', async (_name, each, known) => {
		fault('PUT', '/orders/5', each);
		const { error } = await change();
		expect(error?.message).toContain(known);
		expect(sent('PUT')).toHaveLength(1);
		expect(shop.control.mails()).toHaveLength(0);
		expect(order(5)?.status_id).toBe('1');
	});

	test('nothing is claimed when looking fails as well', async () => {
		fault('PUT', '/orders/5', { kind: 'afterCommit500' });
		shop.control.addFault({
			match: { method: 'GET', pathIncludes: '/orders/5' },
			times: 1,
			kind: 'delay',
			delayMs: 0,
		});
		fault('GET', '/orders/5', { kind: 'status', status: 500, body: '{}' });
		const { error } = await change();
		expect(error?.message).toContain('not known whether the status was changed');
		expect(sent('PUT')).toHaveLength(1);
	});

	test('a locked order: the shop did nothing, so the change is repeated until it is closed', async () => {
		fault('PUT', '/orders/5', {
			kind: 'status',
			status: 409,
			headers: { 'Content-Type': 'application/json' },
			body: '{"error":"server_error","error_description":"locked"}',
		});
		const { items } = await change(4);
		expect(items[0]?.json).toMatchObject({ changed: true });
		expect(sent('PUT')).toHaveLength(2);
	});
});

describe('a new order', () => {
	const create = async (more: INodeParameters = {}) =>
		await run('order', 'create', {
			email: 'anna.nowak@example.com',
			statusId: id(1),
			paymentId: id(2),
			shippingId: id(8),
			lines: { row: [{ sku: 'MUG-1' }, { sku: 'BAG-1' }] },
			...more,
		});
	const newOrders = () => shop.control.records({ resource: 'orders' }).slice(5);
	const linesOf = (number: unknown) =>
		shop.control.records({ resource: 'order-products' }).filter((each) => each.order_id === number);

	test('is found again when the answer was lost', async () => {
		fault('POST', '/orders', { kind: 'afterCommit500' });
		const { items } = await create();
		expect(items[0]?.json).toMatchObject({
			created: true,
			warning: expect.stringContaining('did create'),
		});
		expect(newOrders()).toHaveLength(1);
		expect(linesOf(newOrders()[0]?.order_id)).toHaveLength(2);
	});

	test('a line that fails is told, and a repeated run adds what is missing', async () => {
		const options = { externalId: 'market-1' };
		shop.control.addFault({
			match: { method: 'POST', pathIncludes: '/order-products' },
			kind: 'delay',
			delayMs: 0,
		});
		fault('POST', '/order-products', {
			kind: 'status',
			status: 400,
			body: '{"error":"invalid_request","error_description":"nope"}',
		});
		const { error } = await create({ options });
		expect(error?.message).toContain('created with 1 of 2 lines; line 2 failed');
		expect(error?.message).toContain('same External ID');
		const again = await create({ options });
		expect(again.items[0]?.json).toMatchObject({
			created: false,
			lines: [{ sku: 'MUG-1' }, { sku: 'BAG-1' }],
		});
		expect(newOrders()).toMatchObject([{ notes_priv: 'n8n:market-1' }]);
		const third = await create({ options });
		expect(third.items[0]?.json).toMatchObject({ created: false });
		expect(newOrders()).toHaveLength(1);
		expect(linesOf(newOrders()[0]?.order_id)).toHaveLength(2);
	});

	test('a line whose answer was lost is not added twice', async () => {
		fault('POST', '/order-products', { kind: 'afterCommit500' });
		const { error } = await create();
		expect(error).toBeUndefined();
		expect(linesOf(newOrders()[0]?.order_id)).toHaveLength(2);
	});
});

test('a parcel whose answer was lost is found by its tracking number', async () => {
	fault('POST', '/parcels', { kind: 'afterCommit500' });
	const { items } = await run('parcel', 'create', { orderId: id(5), trackingNumber: 'TR-1' });
	expect(items[0]?.json).toMatchObject({
		created: true,
		warning: expect.stringContaining('did create'),
	});
	expect(shop.control.records({ resource: 'parcels' })).toHaveLength(1);
	expect(order(5)?.status_id).toBe('7');
});

test('an order whose deletion was answered unclearly', async () => {
	fault('DELETE', '/orders/5', { kind: 'afterCommit500' });
	const { items } = await run('order', 'delete', { orderId: id(5) });
	expect(items[0]?.json).toMatchObject({
		deleted: true,
		warning: expect.stringContaining('did delete'),
	});
});

test('permissions are read only: a row per operation, with what to grant', async () => {
	const { items } = await run('accessRights', 'checkPermissions', {}, SHOPER_TOKENS.helpdesk);
	const row = (operation: string) => items.find(({ json }) => json.name === operation)?.json;
	expect(row('Order: Get')).toMatchObject({
		granted: true,
		missing: null,
		leftOutWithout: expect.stringContaining('Waluty'),
	});
	expect(row('Order: Change Status')).toMatchObject({
		granted: null,
		unchecked: 'Zamówienia (orders) – edycja (edit)',
	});
	expect(row('Parcel: Get Many')).toMatchObject({
		granted: false,
		missing: 'Przesyłki (parcels) – odczyt (read)',
		toDo: expect.stringContaining('Dodatki i integracje'),
	});
	expect(shop.control.requests().every(({ method }) => method === 'GET')).toBe(true);
	expect(shop.control.requests().length).toBeLessThanOrEqual(20);
});

describe('IDs in one field', () => {
	test('an order named twice comes once', async () => {
		const { items } = await run('order', 'get', { orderId: id('1, 2,1') });
		expect(items.map(({ json }) => json.id)).toEqual(['1', '2']);
	});

	test('the parcels of more orders than one address holds', async () => {
		for (const [at, order_id] of ['1', '700'].entries()) {
			const record = { order_id, shipping_code: `TR-${at}`, sent: '1' };
			shop.control.putRecord({ resource: 'parcels', id: at + 1, record });
		}
		const orderId = Array.from({ length: 2_000 }, (_, at) => at + 1).join(',');
		const { items } = await run('parcel', 'getAll', { filters: { orderId } });
		expect(items.map(({ json }) => json.trackingNumber)).toEqual(['TR-1', 'TR-0']);
		const addresses = shop.control.requests().map(({ path }) => encodeURIComponent(path).length);
		const longest = Math.max(...addresses);
		expect(longest).toBeLessThan(8192);
	});

	test.each([
		[{}, 6],
		[{ returnAll: false, limit: 3 }, 3],
		[{ returnAll: true, limit: 3 }, 6],
	])('lines of orders, with %j: %i', async (parameters, count) => {
		const { items } = await run('orderProduct', 'getAll', { orderId: id('1,2,3'), ...parameters });
		expect(items).toHaveLength(count);
	});
});

describe('any resource', () => {
	const path = (value: string) => ({ resourcePath: { mode: 'path', value } });

	test('a field the shop ignored is told', async () => {
		const parameters = { ...path('orders'), recordId: '1', record: '{"notez": "x"}' };
		const { items } = await run('anyResource', 'update', parameters);
		expect(items[0]?.json._update).toMatchObject({
			warning: 'The record shows no notez; the shop may have ignored it.',
		});
	});

	test('an ID at the end of the path is the record', async () => {
		const parameters = { ...path('orders/1'), record: '{"notes_priv": "x"}' };
		const { items } = await run('anyResource', 'update', parameters);
		expect(items[0]?.json).toMatchObject({ order_id: '1', notes_priv: 'x' });
		expect(sent('PUT')).toHaveLength(1);
	});

	test('every activity of an order is shown', async () => {
		shop.control.changeStatus({ orderId: 5, statusId: 2 });
		shop.control.changeStatus({ orderId: 5, statusId: 4 });
		const parameters = { ...path('dashboard-activities'), returnAll: true };
		const { items } = await run('anyResource', 'getAll', parameters);
		const told = items.filter(({ json }) => json.object === 'order' && String(json.id) === '5');
		expect(told.length).toBeGreaterThanOrEqual(3);
	});
});

test('an order that was read without its lines shows none, not an empty list', async () => {
	const { items } = await run('order', 'get', { orderId: id(1), options: { include: [] } });
	expect(items[0]?.json).toMatchObject({ id: '1', trackingNumber: null });
	expect(items[0]?.json).not.toHaveProperty('lines');
	const whole = await run('order', 'get', { orderId: id(1) });
	expect(whole.items[0]?.json.lines).not.toEqual([]);
});

/** Changing an order's status: once, with at most one mail, and the truth about what happened. */
import type { INodeParameters } from 'n8n-workflow';
import { isYounger } from '../../nodes/PrestaShop/actions/orderHistory/age.ts';
import { prestaShop } from '../../nodes/PrestaShop/vendor.ts';
import { startPrestaShopSandbox } from '../../sandbox/prestashop/shop.mts';
import type { PrestaShopSandbox } from '../../sandbox/prestashop/shop.mts';
import type { Fault } from '../../sandbox/shared/faults.mts';
import { executeNode } from '../support/engine.mts';
import { LIMITED, actionBench } from './fixtures.mts';

let shop: PrestaShopSandbox;
let orderId: number;
const { timeoutMs } = prestaShop.limits;

beforeAll(async () => {
	shop = await startPrestaShopSandbox();
});

afterAll(async () => {
	await shop.close();
});

beforeEach(() => {
	shop.control.reset();
	orderId = shop.control.placeOrder().id;
	shop.control.clearMails();
	shop.control.clearRequests();
});

afterEach(() => {
	(prestaShop.limits as { timeoutMs: number }).timeoutMs = timeoutMs;
});

const SHIPPED = 4;

function parameters(more: INodeParameters = {}): INodeParameters {
	return {
		resource: 'orderHistory',
		operation: 'create',
		orderId: { mode: 'id', value: String(orderId) },
		stateId: { mode: 'id', value: String(SHIPPED) },
		...more,
	};
}

async function change(more?: INodeParameters, input: Parameters<typeof executeNode>[2] = {}) {
	return await executeNode(actionBench(shop, LIMITED), parameters(more), input);
}

function posts(): string[] {
	return shop.control
		.requests()
		.filter(({ method }) => method !== 'GET')
		.map(({ method, path }) => `${method} ${path}`);
}

function stateOf(id = orderId): unknown {
	return shop.control.getRecord({ resource: 'orders', id })?.current_state;
}

function historyOf(id = orderId): unknown[] {
	return shop.control
		.records({ resource: 'order_histories' })
		.filter(({ id_order: order }) => order === String(id))
		.map(({ id_order_state: state }) => state);
}

function onPost(fault: Omit<Fault, 'match'>): void {
	shop.control.addFault({ ...fault, match: { method: 'POST' } });
}

describe('in normal running', () => {
	test('changes the status with the limited key in three requests, without mail', async () => {
		const { items, error } = await change();
		expect(error).toBeUndefined();
		expect(items[0]?.json).toMatchObject({
			changed: true,
			orderId: String(orderId),
			status: { id: '4', name: 'Shipped', phase: 'shipped' },
			previousStatus: { id: '1', phase: 'new' },
			emailRequested: false,
			id: expect.any(String),
		});
		expect(stateOf()).toBe('4');
		expect(historyOf()).toEqual(['1', '4']);
		expect(shop.control.mails()).toEqual([]);
		expect(posts()).toEqual(['POST /api/order_histories']);
		expect(shop.control.requests().length).toBeLessThanOrEqual(3);
	});

	test('mails once when asked to', async () => {
		const { items } = await change({ notifyCustomer: true });
		expect(items[0]?.json).toMatchObject({ changed: true, emailRequested: true });
		expect(posts()).toEqual(['POST /api/order_histories?sendemail=1']);
		expect(shop.control.mails()).toHaveLength(1);
		expect(shop.control.mails()[0]).toMatchObject({ orderId, stateId: SHIPPED });
	});

	test('says that a state has no mail', async () => {
		shop.control.putRecord({ resource: 'order_states', record: { id: SHIPPED, send_email: '0' } });
		const { items } = await change({ notifyCustomer: true });
		expect(items[0]?.json).toMatchObject({
			emailRequested: false,
			note: expect.stringContaining('no email'),
		});
		expect(posts()).toEqual(['POST /api/order_histories']);
	});

	test('by reference and by the name of the state', async () => {
		const reference = shop.control.getRecord({ resource: 'orders', id: orderId })?.reference;
		const { error } = await change({
			orderId: { mode: 'reference', value: String(reference) },
			stateId: { mode: 'name', value: 'shipped' },
		});
		expect(error).toBeUndefined();
		expect(stateOf()).toBe('4');
	});

	test('the employee is shown in the history', async () => {
		const { error } = await change({ options: { employeeId: '1' } });
		expect(error).toBeUndefined();
		const row = shop.control.records({ resource: 'order_histories' }).at(-1);
		expect(row?.id_employee).toBe('1');
	});

	test('does nothing when the order has the status already', async () => {
		shop.control.changeState({ orderId, stateId: SHIPPED, notify: false });
		const { items } = await change({ notifyCustomer: true });
		expect(items[0]?.json).toMatchObject({
			changed: false,
			emailRequested: false,
			reason: 'already has this state',
		});
		expect(posts()).toEqual([]);
		expect(shop.control.mails()).toEqual([]);
	});

	test('repeats the status when that is wanted', async () => {
		shop.control.changeState({ orderId, stateId: SHIPPED, notify: false });
		const { items } = await change({ options: { skipIfCurrent: false } });
		expect(items[0]?.json.changed).toBe(true);
		expect(historyOf()).toEqual(['1', '4', '4']);
	});

	test('the second item for an order sees what the first one did', async () => {
		const { items } = await change(
			{ notifyCustomer: true },
			{ items: [{ json: {} }, { json: {} }, { json: {} }] },
		);
		expect(items.map(({ json }) => json.changed)).toEqual([true, false, false]);
		expect(shop.control.mails()).toHaveLength(1);
		expect(historyOf()).toEqual(['1', '4']);
	});

	test('a dry run sends nothing but reads', async () => {
		const { items } = await change({ notifyCustomer: true, options: { dryRun: true } });
		expect(items[0]?.json).toMatchObject({
			changed: false,
			reason: 'dry run',
			emailRequested: true,
		});
		expect(posts()).toEqual([]);
		expect(stateOf()).toBe('1');
	});
});

describe('wrong input is found before anything is written', () => {
	test.each([
		[
			'an order that does not exist',
			{ orderId: { mode: 'id', value: '9999' } },
			'no order with the ID "9999"',
		],
		[
			'an order ID that is no number',
			{ orderId: { mode: 'id', value: '={{ "abc" }}' } },
			'Enter the number the shop shows as ID',
		],
		[
			'a state that does not exist',
			{ stateId: { mode: 'id', value: '77' } },
			'no state with the ID "77". Choose one of: 1 Awaiting',
		],
		[
			'a state with an unknown name',
			{ stateId: { mode: 'name', value: 'Sent' } },
			'no state called "Sent". Choose one of',
		],
		['an employee that is no number', { options: { employeeId: 'x' } }, '"Employee ID" is "x"'],
		[
			'an age that is no number',
			{ options: { onlyIfYoungerThanDays: 'x' } },
			'"Only If Order Is Younger Than (Days)" is "x"',
		],
	])('%s', async (_, more, message) => {
		const { error } = await change(more as INodeParameters);
		expect(error?.message).toContain(message);
		expect(posts()).toEqual([]);
		expect(stateOf()).toBe('1');
	});
});

describe('only if the order is younger', () => {
	const DAY = 24 * 3_600_000;

	function age(days: number): void {
		const date = new Date(Date.now() - days * DAY);
		const wall = new Intl.DateTimeFormat('sv-SE', {
			timeZone: 'Europe/Warsaw',
			dateStyle: 'short',
			timeStyle: 'medium',
		}).format(date);
		shop.control.putRecord({ resource: 'orders', record: { id: orderId, date_add: wall } });
	}

	test.each([
		[0.5, 1, true],
		[29, 30, true],
		[31, 30, false],
		[400, 30, false],
		[0.02, 0, false],
	])('an order of %d days, the limit being %d: changed %s', async (days, limit, changed) => {
		age(days);
		const { items, error } = await change({
			notifyCustomer: true,
			options: { onlyIfYoungerThanDays: limit },
		});
		expect(error).toBeUndefined();
		expect(items[0]?.json.changed).toBe(changed);
		expect(posts()).toHaveLength(changed ? 1 : 0);
		expect(shop.control.mails()).toHaveLength(changed ? 1 : 0);
		if (!changed) expect(items[0]?.json.reason).toContain(`not less than ${limit} days ago`);
	});

	test('without the zone of the shop, doubt counts as old', () => {
		const now = Date.parse('2026-06-10T12:00:00Z');
		expect(isYounger('2026-06-10 11:00:00', 1, undefined, now)).toBe(true);
		expect(isYounger('2026-06-09 20:00:00', 1, undefined, now)).toBe(false);
		expect(isYounger('2026-06-09 20:00:00', 1, 'Europe/Warsaw', now)).toBe(true);
		expect(isYounger('0000-00-00 00:00:00', 9_999, 'Europe/Warsaw', now)).toBe(false);
	});
});

describe('after an unclear answer', () => {
	afterEach(() => {
		// Whatever happens, the change is sent once and the customer gets at most one mail.
		expect(posts().length).toBeLessThanOrEqual(1);
		expect(shop.control.mails().length).toBeLessThanOrEqual(1);
	});

	test('the mail server is down: the status was changed all the same', async () => {
		shop.control.setMailServer({ up: false });
		const { items, error } = await change({ notifyCustomer: true });
		expect(error).toBeUndefined();
		expect(items[0]?.json).toMatchObject({
			changed: true,
			id: expect.any(String),
			warning: expect.stringMatching(
				/did change the status.*email was sent is not known.*Do not repeat/,
			),
		});
		expect(historyOf()).toEqual(['1', '4']);
	});

	test.each<[string, Omit<Fault, 'match'>]>([
		['500 after it was done', { kind: 'afterCommit500' }],
		['a gateway gave up after it was done', { kind: 'afterCommit500', status: 504 }],
		[
			'a web page after it was done',
			{ kind: 'afterCommit500', status: 200, body: '<html>Oops</html>' },
		],
		['the connection broke in the middle of the answer', { kind: 'truncate' }],
	])('%s', async (_, fault) => {
		onPost(fault);
		const { items, error } = await change({ notifyCustomer: true });
		expect(error).toBeUndefined();
		expect(items[0]?.json).toMatchObject({
			changed: true,
			warning: expect.stringContaining('Do not repeat this'),
		});
		expect(shop.control.mails()).toHaveLength(1);
	});

	test("500 after it was done, with n8n's own retries: one history row, one warning", async () => {
		onPost({ kind: 'afterCommit500' });
		const retries = { retryOnFail: true, maxTries: 3, waitBetweenTries: 0 };
		const { items } = await change({ notifyCustomer: true }, retries);
		expect(items.map(({ json }) => json.warning)).toEqual([expect.stringContaining('repeat')]);
		expect(historyOf()).toEqual(['1', '4']);
		expect(shop.control.mails()).toHaveLength(1);
	});

	test('after a change that was made, the next item for the order does nothing', async () => {
		onPost({ kind: 'afterCommit500' });
		const { items } = await change(
			{ notifyCustomer: true },
			{ items: [{ json: {} }, { json: {} }] },
		);
		expect(items.map(({ json }) => json.changed)).toEqual([true, false]);
		expect(shop.control.mails()).toHaveLength(1);
	});

	test.each<[string, Omit<Fault, 'match'>, string]>([
		[
			'500 before it was done',
			{ kind: 'status', status: 500 },
			'not changed so far, but the shop may still be at work. Check the order',
		],
		['503', { kind: 'status', status: 503 }, 'may still be at work. Check the order'],
		['504', { kind: 'status', status: 504 }, 'may still be at work. Check the order'],
		['the connection broke', { kind: 'reset' }, 'may still be at work. Check the order'],
		[
			'version 1.6 refuses in plain text with 200',
			{ kind: 'html', body: 'Invalid new order status' },
			'The status was not changed; it is safe to repeat this.',
		],
	])('%s: says what is known', async (_, fault, known) => {
		onPost(fault);
		const { items, error } = await change({ notifyCustomer: true });
		expect(items).toEqual([]);
		expect(error?.message).toContain(
			`Change the status of an order (Order ID ${orderId}, State ID 4)`,
		);
		expect(error?.message).toContain(known);
		expect(stateOf()).toBe('1');
	});

	test('no answer in time, but done', async () => {
		(prestaShop.limits as { timeoutMs: number }).timeoutMs = 1_200;
		onPost({ kind: 'timeout' });
		setTimeout(() => shop.control.changeState({ orderId, stateId: SHIPPED }), 400);
		const { items, error } = await change({ notifyCustomer: true });
		expect(error).toBeUndefined();
		expect(items[0]?.json).toMatchObject({
			changed: true,
			warning: expect.stringContaining('did not answer in time'),
		});
	});

	test('no answer in time, and not done so far', async () => {
		(prestaShop.limits as { timeoutMs: number }).timeoutMs = 1_200;
		onPost({ kind: 'timeout' });
		const { error } = await change();
		expect(error?.message).toContain(
			'may still be at work. Check the order before you repeat this.',
		);
	});

	test('the state changed, the history row was not written', async () => {
		onPost({ kind: 'status', status: 500 });
		const timer = setInterval(() => {
			if (posts().length === 0) return;
			clearInterval(timer);
			shop.control.changeState({ orderId, stateId: SHIPPED, withoutHistory: true, notify: false });
		}, 1);
		shop.control.addFault({
			match: { method: 'GET', pathIncludes: 'order_histories' },
			kind: 'delay',
			delayMs: 200,
		});
		const { items, error } = await change();
		clearInterval(timer);
		expect(error).toBeUndefined();
		expect(items[0]?.json).toMatchObject({
			changed: true,
			id: null,
			warning: expect.stringContaining('shows no row'),
		});
	});

	test('a history row without the state', async () => {
		// Another program changed the state behind the history's back.
		shop.control.changeState({ orderId, stateId: SHIPPED, notify: false });
		shop.control.changeState({ orderId, stateId: 3, withoutHistory: true, notify: false });
		onPost({ kind: 'status', status: 500 });
		const { error } = await change();
		expect(error?.message).toContain(
			'The order is now in the state 3, although its newest history row names the wanted one',
		);
	});

	test('another state meanwhile', async () => {
		onPost({ kind: 'reset' });
		shop.control.addFault({
			match: { method: 'GET', pathIncludes: 'order_histories' },
			kind: 'delay',
			delayMs: 200,
		});
		const timer = setInterval(() => {
			if (posts().length === 0) return;
			clearInterval(timer);
			shop.control.changeState({ orderId, stateId: 6, notify: false });
		}, 1);
		const { error } = await change();
		clearInterval(timer);
		expect(error?.message).toContain(
			'The order is now in the state 6. Check the order before you repeat this.',
		);
	});

	test('a repeated status is recognised by its row', async () => {
		shop.control.changeState({ orderId, stateId: SHIPPED, notify: false });
		onPost({ kind: 'afterCommit500' });
		const done = await change({ options: { skipIfCurrent: false } });
		expect(done.items[0]?.json).toMatchObject({ changed: true, warning: expect.any(String) });
		expect(historyOf()).toEqual(['1', '4', '4']);
		shop.control.clearRequests();
		onPost({ kind: 'status', status: 500 });
		const failed = await change({ options: { skipIfCurrent: false } });
		expect(failed.error?.message).toContain('may still be at work');
	});

	test('looking fails as well', async () => {
		onPost({ kind: 'afterCommit500' });
		shop.control.addFault({
			match: { method: 'GET', pathIncludes: 'order_histories' },
			kind: 'status',
			status: 500,
			times: 0,
		});
		const { error } = await change({ notifyCustomer: true });
		expect(error?.message).toContain(
			'It is not known whether the status was changed: looking failed as well.',
		);
		expect(stateOf()).toBe('4');
	});

	test('a failure that stays inside its item', async () => {
		const other = shop.control.placeOrder();
		shop.control.clearMails();
		onPost({ kind: 'status', status: 500 });
		const { items } = await executeNode(
			actionBench(shop, LIMITED),
			parameters({ orderId: { mode: 'id', value: '={{ $json.id }}' } }),
			{ items: [{ json: { id: orderId } }], onError: 'continueRegularOutput' },
		);
		expect(items[0]?.json).toMatchObject({
			error: expect.stringContaining('may still be at work'),
			details: { code: '500', hint: expect.any(String) },
		});
		expect(stateOf(other.id)).toBe('1');
	});
});

test('a missing right is named, nothing is read twice', async () => {
	shop.control.addKey({
		key: 'READONLYORDERS000000000000000007',
		permissions: { orders: ['GET'], order_states: ['GET'], order_histories: ['GET'] },
	});
	const { error } = await executeNode(
		actionBench(shop, 'READONLYORDERS000000000000000007'),
		parameters(),
	);
	expect(error?.message).toContain('the right "order_histories – Add (POST)" is missing');
	expect(posts()).toHaveLength(1);
	expect(stateOf()).toBe('1');
});

describe.each(['1.6.1.24', '1.7.8.11', '9.1.4'] as const)('on %s', (version) => {
	test('the change, the mail, and a mail server that is down', async () => {
		const old = await startPrestaShopSandbox({ version });
		try {
			const { id } = old.control.placeOrder();
			old.control.clearMails();
			const run = async (stateId: number) =>
				await executeNode(actionBench(old, LIMITED), {
					resource: 'orderHistory',
					operation: 'create',
					orderId: { mode: 'id', value: String(id) },
					stateId: { mode: 'id', value: String(stateId) },
					notifyCustomer: true,
				});
			expect((await run(4)).items[0]?.json).toMatchObject({ changed: true });
			expect(old.control.mails()).toHaveLength(1);
			old.control.setMailServer({ up: false });
			expect((await run(6)).items[0]?.json).toMatchObject({
				changed: true,
				warning: expect.any(String),
			});
			expect(old.control.getRecord({ resource: 'orders', id })?.current_state).toBe('6');
		} finally {
			await old.close();
		}
	});
});

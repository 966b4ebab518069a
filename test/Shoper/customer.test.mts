/** Customers and webhooks: created once, and no secret ever leaves. */
import type { ShoperSandbox } from '../../sandbox/shoper/shop.mts';
import { by, jsonOf, requestsOf, run, wideShop } from './catalogueFixtures.mts';

let shop: ShoperSandbox;

beforeEach(async () => {
	shop = await wideShop();
});

afterEach(async () => {
	await shop.close();
});

const PASSWORD = 'a-very-long-password';

const person = { email: 'new@example.com', firstname: 'New', lastname: 'Person' };

test('100 customers by email are two requests', async () => {
	shop.control.seed({ orders: 0, customers: 100 });
	const emails = shop.control.records({ resource: 'users' }).map(({ email }) => String(email));
	shop.control.clearRequests();
	const found = jsonOf(
		await run(
			shop,
			'customer',
			'get',
			{ customerId: { __rl: true, mode: 'email', value: '={{ $json.email }}' }, simplify: false },
			{ items: emails.slice(-100).map((email) => ({ email })) },
		),
	);
	expect(found.map(({ email }) => email)).toEqual(emails.slice(-100));
	expect(requestsOf(shop)).toHaveLength(2);
});

test('a creation whose answer was lost is found, not repeated', async () => {
	shop.control.addFault({ kind: 'truncate', match: { method: 'POST' } });
	const [result] = jsonOf(await run(shop, 'customer', 'create', person));
	expect(result).toMatchObject({ email: person.email, created: true });
	const all = shop.control.records({ resource: 'users' });
	expect(all.filter(({ email }) => email === person.email)).toHaveLength(1);
});

test.each([
	['create', { ...person, password: PASSWORD }],
	['create', { ...person, password: PASSWORD, options: { dryRun: true } }],
	['create', { ...person, password: PASSWORD, simplify: false }],
	['update', { customerId: by('id', '2'), otherFields: JSON.stringify({ password: PASSWORD }) }],
	[
		'update',
		{
			customerId: by('id', '2'),
			otherFields: JSON.stringify({ password: PASSWORD }),
			options: { dryRun: true },
		},
	],
])('%s never shows the password', async (operation, parameters) => {
	const execution = await run(shop, 'customer', operation, parameters);
	expect(execution.error).toBeUndefined();
	expect(JSON.stringify(execution.items)).not.toContain(PASSWORD);
});

test('the email of somebody else is refused before anything is sent', async () => {
	const { error } = await run(shop, 'customer', 'update', {
		customerId: by('id', '2'),
		updateFields: { email: 'Piotr.Kowalski@example.com' },
	});
	expect(error?.message).toContain('already belongs to the customer with the ID 3');
	expect(requestsOf(shop).filter((request) => !request.startsWith('GET'))).toEqual([]);
});

describe('webhooks', () => {
	const SECRET = 'hush-hush-hush';

	beforeEach(() => {
		shop.control.putRecord({
			resource: 'webhooks',
			record: { url: 'https://n8n.example.com/a', events: ['order.create'], secret: SECRET },
		});
	});

	const id = { webhookId: by('id', '1') };

	test.each([
		['get', { ...id, simplify: false }],
		['get', id],
		['getAll', { simplify: false }],
		['update', { ...id, updateFields: { secret: 'another-secret' }, simplify: false }],
		['update', { ...id, updateFields: { secret: 'another-secret' }, options: { dryRun: true } }],
		['update', { ...id, updateFields: { active: false }, simplify: false }],
		['delete', { ...id, options: { dryRun: true } }],
		['delete', id],
		[
			'create',
			{
				url: 'https://n8n.example.com/b',
				events: 'order.paid',
				additionalFields: { secret: 'another-secret' },
				simplify: false,
			},
		],
		[
			'create',
			{
				url: 'https://n8n.example.com/b',
				events: 'order.paid',
				additionalFields: { secret: 'another-secret' },
				options: { dryRun: true },
			},
		],
	])('%s never shows a secret', async (operation, parameters) => {
		const execution = await run(shop, 'webhook', operation, parameters);
		expect(execution.error).toBeUndefined();
		const shown = JSON.stringify(execution.items);
		expect(shown).not.toContain(SECRET);
		expect(shown).not.toContain('another-secret');
	});

	test('a masked secret that comes back as input is refused', async () => {
		const { error } = await run(shop, 'webhook', 'update', {
			...id,
			updateFields: { secret: '***' },
		});
		expect(error?.message).toContain('"secret" is masked');
	});

	test('a creation whose answer was lost is found, not repeated', async () => {
		shop.control.addFault({ kind: 'afterCommit500', match: { method: 'POST' } });
		const parameters = { url: 'https://n8n.example.com/b', events: 'order.paid, order.status' };
		const [result] = jsonOf(await run(shop, 'webhook', 'create', parameters));
		expect(result).toMatchObject({ id: '2', created: true });
		expect(shop.control.records({ resource: 'webhooks' })).toHaveLength(2);
	});
});

test.each([false, true])('by e-mail in a shop that regards case (%s)', async (on) => {
	shop.control.reset();
	shop.control.setCaseSensitiveFilters({ on });
	const filters = { email: 'Anna.Nowak@Example.com' };
	const found = jsonOf(await run(shop, 'customer', 'getAll', { filters }));
	expect(found.map(({ id }) => id)).toEqual(['2']);
});

test.each(['customer', 'product', 'order'])(
	'%ss behind the ID 0 are all of them',
	async (resource) => {
		const filters = { idAfter: '0' };
		const all = jsonOf(await run(shop, resource, 'getAll', { returnAll: true }));
		const found = jsonOf(await run(shop, resource, 'getAll', { returnAll: true, filters }));
		expect(found.map(({ id }) => id)).toEqual(all.map(({ id }) => id));
	},
);

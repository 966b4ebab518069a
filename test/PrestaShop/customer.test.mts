/** Customers: found, listed, changed and created, on every version. */
import { PrestaShopApi } from '../../credentials/PrestaShopApi.credentials.ts';
import { PrestaShop } from '../../nodes/PrestaShop/PrestaShop.node.ts';
import { startPrestaShopSandbox } from '../../sandbox/prestashop/shop.mts';
import type { PrestaShopSandbox, PrestaShopVersion } from '../../sandbox/prestashop/shop.mts';
import { executeNode } from '../support/engine.mts';
import { KEYS, PRESTASHOP_VERSIONS } from './conformance.mts';

const SECRETS = ['passwd', 'secure_key', 'last_passwd_gen'];

describe.each(PRESTASHOP_VERSIONS)('PrestaShop %s', (version: PrestaShopVersion) => {
	let shop: PrestaShopSandbox;

	beforeAll(async () => {
		shop = await startPrestaShopSandbox({ version });
	});
	afterAll(async () => await shop.close());
	beforeEach(() => shop.control.reset());

	const run = async (operation: string, parameters: Record<string, unknown>, key = 'limited') => {
		shop.control.clearRequests();
		const { items, error } = await executeNode(
			{
				node: new PrestaShop(),
				credentialType: new PrestaShopApi(),
				credentials: { shopUrl: shop.url, apiKey: KEYS[key] ?? key, timezone: 'Europe/Warsaw' },
			},
			{ resource: 'customer', operation, ...parameters } as never,
		);
		return {
			all: items.map(({ json }) => json),
			json: items[0]?.json ?? {},
			message: error?.message,
		};
	};
	const by = (mode: string, value: string) => ({ customerId: { __rl: true, mode, value } });
	const customers = () => shop.control.records({ resource: 'customers' });
	const add = (record: Record<string, string>) =>
		shop.control.putRecord({
			resource: 'customers',
			record: {
				firstname: 'Ewa',
				lastname: 'Lis',
				id_shop: '1',
				id_shop_group: '1',
				id_default_group: '3',
				id_lang: '1',
				active: '1',
				deleted: '0',
				is_guest: '0',
				newsletter: '0',
				date_add: '2025-01-02 03:04:05',
				passwd: '$2y$10$abcdefghijklmnopqrstuv',
				secure_key: '0123456789abcdef0123456789abcdef',
				last_passwd_gen: '2025-01-01 00:00:00',
				...record,
			},
		}).id;
	/** Version 9 takes updates of customers only by PATCH, which the limited key does not have. */
	const updater = version === '9.1.4' ? 'full' : 'limited';

	test('gets a customer by ID and email, without secrets', async () => {
		const id = add({ email: 'ewa.lis@example.com', note: 'VIP' });
		for (const locator of [by('id', String(id)), by('email', 'Ewa.Lis@example.com')]) {
			const { json } = await run('get', locator);
			expect(json).toMatchObject({
				id: String(id),
				email: 'ewa.lis@example.com',
				firstName: 'Ewa',
				note: 'VIP',
				newsletter: false,
				createdAt: '2025-01-02T03:04:05+01:00',
			});
			expect(JSON.stringify(json)).not.toMatch(/passwd|secure_key|0123456789abcdef|\$2y\$/);
		}
	});

	test('raw records mask secrets unless asked', async () => {
		const id = add({ email: 'ewa.lis@example.com' });
		const raw = await run('get', { ...by('id', String(id)), simplify: false });
		for (const field of SECRETS) expect(raw.json[field]).toBe('***');
		const open = await run('get', {
			...by('id', String(id)),
			simplify: false,
			options: { includeSecrets: true },
		});
		expect(open.json.secure_key).toBe('0123456789abcdef0123456789abcdef');
		const list = await run('getAll', { returnAll: true, simplify: false });
		for (const each of list.all) expect(['***', '']).toContain(each.passwd);
	});

	test('an email means the account; several accounts or guests are named', async () => {
		const email = 'ewa.lis@example.com';
		const guests = [add({ email, is_guest: '1' }), add({ email, is_guest: '1' })];
		const none = await run('get', by('email', email));
		expect(none.message).toContain(`belongs to several guests (IDs ${guests.join(', ')})`);
		const account = add({ email });
		add({ email, deleted: '1' });
		expect((await run('get', by('email', email))).json.id).toBe(String(account));
		const second = add({ email });
		const several = await run('get', by('email', email));
		expect(several.message).toContain(`several accounts (IDs ${account}, ${second})`);
		expect((await run('get', by('email', 'nobody@example.com'))).message).toContain('no customer');
	});

	test('filters, and leaves out deleted customers', async () => {
		const before = customers().filter(({ newsletter }) => newsletter === '1').length;
		const id = add({ email: 'ewa.lis@example.com', newsletter: '1' });
		add({ email: 'old@example.com', newsletter: '1', deleted: '1' });
		const news = await run('getAll', { returnAll: true, filters: { newsletter: true } });
		expect(news.all).toHaveLength(before + 1);
		expect(news.all[0]?.id).toBe(String(id));
		const mail = await run('getAll', {
			returnAll: true,
			filters: { email: 'ewa.lis@example.com' },
		});
		expect(mail.all.map((each) => each.id)).toEqual([String(id)]);
		const after = await run('getAll', {
			returnAll: true,
			filters: { idAfter: String(id - 1), lastname: 'Lis' },
		});
		expect(after.all.map((each) => each.id)).toEqual([String(id)]);
	});

	test('an update keeps password, keys, groups and dates', async () => {
		const id = add({ email: 'ewa.lis@example.com' });
		shop.control.putRecord({
			resource: 'customers',
			record: { id, associations: { groups: [{ id: '3' }, { id: '2' }] } },
		});
		const before = shop.control.getRecord({ resource: 'customers', id });
		const { json, message } = await run(
			'update',
			{
				...by('email', 'ewa.lis@example.com'),
				updateFields: { firstname: 'Éva', note: 'a & b ]]> c' },
			},
			updater,
		);
		expect(message).toBeUndefined();
		expect(json).toMatchObject({
			firstName: 'Éva',
			written: true,
			changed: { firstname: { before: 'Ewa', after: 'Éva' }, note: { after: 'a & b ]]> c' } },
		});
		const after = shop.control.getRecord({ resource: 'customers', id });
		expect({ ...after, date_upd: '' }).toEqual({
			...before,
			firstname: 'Éva',
			note: 'a & b ]]> c',
			date_upd: '',
		});
	});

	test('where a PUT would wipe the keys, it is refused with the right to tick', async () => {
		const before = customers();
		const { message } = await run('update', {
			...by('id', String(before[0]?.id)),
			updateFields: { note: 'x' },
		});
		if (version === '9.1.4') {
			expect(message).toContain('would wipe secure_key and last_passwd_gen');
			expect(message).toContain('tick "PATCH" in the row "customers"');
			expect(customers()).toEqual(before);
		} else {
			expect(message).toBeUndefined();
		}
	});

	test.each([
		['a password', { otherFields: '{"passwd": "x"}' }, '"passwd" cannot be changed'],
		['the secure key', { otherFields: '{"secure_key": "x"}' }, '"secure_key" cannot be changed'],
		['digits in a name', { updateFields: { lastname: 'Lis2' } }, '"lastname" holds "2"'],
		['no email', { updateFields: { email: 'nobody' } }, 'is not an email address'],
		['an unknown field', { otherFields: '{"vorname": "x"}' }, 'no field "vorname"'],
	])('%s is refused before anything is written', async (_, parameters, words) => {
		const before = customers();
		const { message } = await run(
			'update',
			{ ...by('id', String(before[0]?.id)), ...parameters },
			updater,
		);
		expect(message).toContain(words);
		expect(customers()).toEqual(before);
	});

	test('an email of another account is refused on versions that would take it, too', async () => {
		const id = add({ email: 'ewa.lis@example.com' });
		const other = add({ email: 'jan.lis@example.com' });
		const { message } = await run(
			'update',
			{ ...by('id', String(id)), updateFields: { email: 'jan.lis@example.com' } },
			updater,
		);
		expect(message).toContain(`already belongs to the customer with the ID ${other}`);
	});

	test('creates an account that can sign in, once', async () => {
		const before = customers().length;
		const parameters = {
			email: 'ewa.lis@example.com',
			firstname: 'Ewa',
			lastname: 'Lis',
			additionalFields: { newsletter: true },
		};
		const { json, message } = await run('create', parameters, 'full');
		expect(message).toBeUndefined();
		const created = customers().find(({ email }) => email === 'ewa.lis@example.com');
		expect(created).toMatchObject({ active: '1', id_default_group: '3', newsletter: '1' });
		expect(created?.associations?.groups).toEqual([{ id: '3' }]);
		expect(json).toMatchObject({
			id: String(created?.id),
			created: true,
			email: 'ewa.lis@example.com',
		});
		const again = await run('create', parameters, 'full');
		expect(again.message).toContain(`already belongs to the customer with the ID ${created?.id}`);
		expect(customers()).toHaveLength(before + 1);
	});

	test('an account whose answer is cut is told with its ID', async () => {
		shop.control.addFault({ kind: 'truncate', match: { method: 'POST' } });
		const before = customers().length;
		const { json, message } = await run(
			'create',
			{ email: 'cut.lis@example.com', firstname: 'Ewa', lastname: 'Lis' },
			'full',
		);
		shop.control.clearFaults();
		expect(message).toBeUndefined();
		expect(customers()).toHaveLength(before + 1);
		const created = customers().find(({ email }) => email === 'cut.lis@example.com');
		expect(json).toMatchObject({ id: String(created?.id), created: true });
		expect(json.warning).toContain('did create the record. Do not repeat this.');
	});
});

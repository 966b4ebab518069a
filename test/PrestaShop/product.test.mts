/** Products: found, listed, created and deleted, on every version. */
import { PrestaShopApi } from '../../credentials/PrestaShopApi.credentials.ts';
import { PrestaShop } from '../../nodes/PrestaShop/PrestaShop.node.ts';
import { startPrestaShopSandbox } from '../../sandbox/prestashop/shop.mts';
import type { PrestaShopSandbox, PrestaShopVersion } from '../../sandbox/prestashop/shop.mts';
import { executeNode, searchList } from '../support/engine.mts';
import { KEYS, PRESTASHOP_VERSIONS } from './conformance.mts';

describe.each(PRESTASHOP_VERSIONS)('PrestaShop %s', (version: PrestaShopVersion) => {
	let shop: PrestaShopSandbox;

	beforeAll(async () => {
		shop = await startPrestaShopSandbox({ version });
	});
	afterAll(async () => await shop.close());
	beforeEach(() => shop.control.reset());

	const bench = (key: string) => ({
		node: new PrestaShop(),
		credentialType: new PrestaShopApi(),
		credentials: { shopUrl: shop.url, apiKey: KEYS[key] ?? key, timezone: 'Europe/Warsaw' },
	});
	const run = async (operation: string, parameters: Record<string, unknown>, key = 'limited') => {
		shop.control.clearRequests();
		const { items, error } = await executeNode(bench(key), {
			resource: 'product',
			operation,
			...parameters,
		} as never);
		return {
			all: items.map(({ json }) => json),
			json: items[0]?.json ?? {},
			message: error?.message,
		};
	};
	const by = (mode: string, value: string) => ({ productId: { __rl: true, mode, value } });
	const products = () => shop.control.records({ resource: 'products' });
	const sent = (method: string) =>
		shop.control.requests().filter((request) => request.method === method);

	test('gets a product by ID, reference and EAN, in the chosen language', async () => {
		shop.control.putRecord({ resource: 'products', record: { id: 2, ean13: '5901234123457' } });
		const reference = products().find(({ id }) => id === 2)?.reference;
		for (const locator of [
			by('id', '2'),
			by('reference', String(reference)),
			by('ean13', '5901234123457'),
		]) {
			const { json } = await run('get', { ...locator, options: { language: 'fr' } });
			const names = products().find(({ id }) => id === 2)?.name as Record<string, string>;
			expect(json).toMatchObject({ platform: 'prestashop', id: '2', reference, name: names[2] });
		}
	});

	test('says which right would bring the stock, and brings it when granted', async () => {
		const limited = await run('get', by('id', '1'));
		expect(limited.json.stock).toBeNull();
		expect(limited.json._missing).toEqual([
			'stock: needs the right "stock_availables – View (GET)"',
		]);
		const [row] = shop.control
			.records({ resource: 'stock_availables' })
			.filter((each) => each.id_product === '1' && each.id_product_attribute === '0');
		const full = await run('get', by('id', '1'), 'full');
		expect(full.json.stock).toBe(Number(row?.quantity));
		expect(full.json._missing).toBeUndefined();
	});

	test('an inactive language can be read, alone and with all translations', async () => {
		shop.control.setLanguageActive({ id: 3, active: false });
		const names = products()[0]?.name as Record<string, string>;
		const one = await run('get', { ...by('id', '1'), options: { language: 'pl' } });
		expect(one.json.name).toBe(names[3]);
		const all = await run('get', { ...by('id', '1'), options: { includeTranslations: true } });
		expect(all.json.translations).toMatchObject(
			['1', '2', '3'].map((language) => ({ language, name: names[language] })),
		);
	});

	test('one reference of two products names both IDs', async () => {
		for (const id of [2, 4])
			shop.control.putRecord({ resource: 'products', record: { id, reference: 'TWIN' } });
		const { message } = await run('update', {
			...by('reference', 'TWIN'),
			updateFields: { price: '1' },
		});
		expect(message).toContain('belongs to several products (IDs 2, 4)');
		expect(sent('PUT')).toEqual([]);
	});

	test.each([
		[
			'reference',
			() => ({ reference: String(products()[2]?.reference) }),
			(p: StoredProduct) => p.reference === products()[2]?.reference,
		],
		['active', () => ({ active: false }), (p: StoredProduct) => p.active === '0'],
		[
			'priceMin and priceMax',
			() => ({ priceMin: 10, priceMax: 30 }),
			(p: StoredProduct) => Number(p.price) >= 10 && Number(p.price) <= 30,
		],
		[
			'priceMin',
			() => ({ priceMin: Number(products()[0]?.price) }),
			(p: StoredProduct) => Number(p.price) >= Number(products()[0]?.price),
		],
		[
			'priceMax',
			() => ({ priceMax: Number(products()[0]?.price) }),
			(p: StoredProduct) => Number(p.price) <= Number(products()[0]?.price),
		],
		[
			'manufacturerId',
			() => ({ manufacturerId: '1' }),
			(p: StoredProduct) => p.id_manufacturer === '1',
		],
		[
			'categoryId',
			() => ({ categoryId: '4' }),
			(p: StoredProduct) =>
				p.id_category_default === '4' ||
				(p.associations?.categories ?? []).some(({ id }) => id === '4'),
		],
		['idAfter', () => ({ idAfter: '3' }), (p: StoredProduct) => p.id > 3],
		[
			'name',
			() => ({ name: 'Faded' }),
			(p: StoredProduct) =>
				Object.values(p.name as object).some((text) => /faded/i.test(String(text))),
		],
		[
			'createdAfter',
			() => ({ createdAfter: '2025-06-01 00:00:00' }),
			(p: StoredProduct) => String(p.date_add) >= '2025-06-01',
		],
		[
			'updatedAfter',
			() => ({ updatedAfter: '2025-06-01T00:00:00+02:00' }),
			(p: StoredProduct) => String(p.date_upd) >= '2025-06-01',
		],
	])('filters by %s', async (_, filters, matches) => {
		shop.control.putRecord({ resource: 'products', record: { id: 3, active: '0' } });
		shop.control.putRecord({
			resource: 'products',
			record: { id: 5, date_add: '2025-05-31 23:59:59', date_upd: '2025-05-31 23:59:59' },
		});
		const { all, message } = await run('getAll', {
			returnAll: true,
			filters: filters(),
			sort: 'oldest',
		});
		expect(message).toBeUndefined();
		const expected = products()
			.filter((each) => matches(each))
			.map(({ id }) => String(id));
		expect(all.map(({ id }) => id)).toEqual(expected.sort((a, b) => Number(a) - Number(b)));
	});

	test('a product without a picture can be read, listed and changed', async () => {
		const row = shop.control.getRecord({ resource: 'products', id: 1 });
		shop.control.putRecord({
			resource: 'products',
			record: { id: 2, id_default_image: '', associations: { ...row?.associations, images: [] } },
		});
		expect((await run('get', by('id', '2'))).message).toBeUndefined();
		const { all, message } = await run('getAll', { returnAll: true });
		expect(message).toBeUndefined();
		expect(all).toHaveLength(products().length);
		const before = shop.control.getRecord({ resource: 'products', id: 2 });
		const updated = await run('update', { ...by('id', '2'), updateFields: { reference: 'BARE' } });
		expect(updated.message).toBeUndefined();
		expect(updated.json).toMatchObject({ id: '2', reference: 'BARE', written: true });
		const after = shop.control.getRecord({ resource: 'products', id: 2 });
		expect({ ...after, date_upd: '' }).toEqual({ ...before, reference: 'BARE', date_upd: '' });
	});

	test('lists the newest first, up to the limit', async () => {
		const { all } = await run('getAll', { returnAll: false, limit: 3, simplify: false });
		const ids = products()
			.map(({ id }) => id)
			.sort((a, b) => b - a);
		expect(all.map(({ id }) => Number(id))).toEqual(ids.slice(0, 3));
	});

	test('the picker finds by name, reference and ID', async () => {
		const [first] = products();
		const name = (first?.name as Record<string, string>)[1] ?? '';
		for (const text of [name.slice(0, 8), String(first?.reference), '1']) {
			const { results } = await searchList(bench('limited'), 'searchProducts', text);
			expect(results.map(({ value }) => value)).toContain('1');
		}
	});

	test('creates a product that the shop shows, in every language, with stock', async () => {
		shop.control.setLanguageActive({ id: 3, active: false });
		const { json, message } = await run(
			'create',
			{
				name: 'Żółty kubek 1',
				price: '12.50',
				categoryIds: '4,2',
				quantity: '7',
				translations: { row: [{ language: 'fr', name: 'Tasse jaune' }] },
				additionalFields: { reference: 'MUG-1' },
			},
			'full',
		);
		expect(message).toBeUndefined();
		const created = products().find(({ reference }) => reference === 'MUG-1');
		expect(created).toMatchObject({
			active: '1',
			price: '12.500000',
			available_for_order: '1',
			show_price: '1',
			minimal_quantity: '1',
			id_category_default: '4',
			name: { 1: 'Żółty kubek 1', 2: 'Tasse jaune', 3: 'Żółty kubek 1' },
			link_rewrite: { 1: 'zolty-kubek-1', 2: 'tasse-jaune', 3: 'zolty-kubek-1' },
		});
		if (version !== '1.6.1.24') expect(created?.state).toBe('1');
		expect(created?.associations?.categories).toEqual([{ id: '4' }, { id: '2' }]);
		expect(json).toMatchObject({
			id: String(created?.id),
			reference: 'MUG-1',
			created: true,
			stock: 7,
		});
		expect(sent('POST')).toHaveLength(1);
		const [stock] = shop.control
			.records({ resource: 'stock_availables' })
			.filter(({ id_product: product }) => product === String(created?.id));
		expect(stock).toMatchObject({ quantity: '7', id_shop: '1' });
		// PHP 7.4 stumbles over the missing picture, after saving (recorded exchange 424).
		if (version === '1.7.8.11') expect(json.warning).toContain('did create the record');
	});

	test('an error after creating does not make a second product', async () => {
		const before = products().length;
		shop.control.addFault({ kind: 'afterCommit500', match: { method: 'POST' } });
		const { json } = await run('create', { name: 'Mug', price: '1' }, 'full');
		expect(json).toMatchObject({ created: true });
		expect(json.warning).toContain('Do not repeat this');
		expect(products()).toHaveLength(before + 1);
	});

	test('a dry run creates and deletes nothing', async () => {
		const before = products();
		await run('create', { name: 'Mug', price: '1', options: { dryRun: true } }, 'full');
		await run('delete', { ...by('id', '1'), options: { dryRun: true } }, 'full');
		expect(products()).toEqual(before);
	});

	test('deletes a product, even when the answer is lost', async () => {
		const { json } = await run('delete', by('id', '1'), 'full');
		expect(json).toMatchObject({ id: '1', deleted: true });
		shop.control.addFault({ kind: 'afterCommit500', match: { method: 'DELETE' } });
		const lost = await run('delete', by('id', '2'), 'full');
		expect(lost.json).toMatchObject({ id: '2', deleted: true, warning: expect.any(String) });
		expect(products().some(({ id }) => id < 3)).toBe(false);
		const gone = await run('delete', by('id', '1'), 'full');
		expect(gone.message).toContain('no product with the ID "1"');
	});

	test('the permission check knows PUT from PATCH', async () => {
		const { items } = await executeNode(bench('limited'), {
			resource: 'apiKey',
			operation: 'checkPermissions',
		} as never);
		const row = (resource: string, operation: string) =>
			items
				.map(({ json }) => json)
				.find((each) => each.resource === resource && each.operation === operation);
		expect(row('product', 'update')).toMatchObject({ granted: true });
		expect(row('product', 'create')).toMatchObject({ granted: false });
		// A PUT would wipe the customer's keys there.
		expect(row('customer', 'update')).toMatchObject({ granted: version !== '9.1.4' });
		if (version === '9.1.4') expect(row('customer', 'update')?.toDo).toContain('tick "PATCH"');
	});
});

/** A stored product, as the control interface gives it. */
interface StoredProduct {
	id: number;
	associations?: Record<string, Array<Record<string, string>>>;
	[field: string]: unknown;
}

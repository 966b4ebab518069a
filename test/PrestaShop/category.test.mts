/** Categories with their paths. */
import { KEYS, PRESTASHOP_VERSIONS } from './conformance.mts';
import { PrestaShopApi } from '../../credentials/PrestaShopApi.credentials.ts';
import { PrestaShop } from '../../nodes/PrestaShop/PrestaShop.node.ts';
import { treeOf } from '../../nodes/PrestaShop/categories/tree.ts';
import { startPrestaShopSandbox } from '../../sandbox/prestashop/shop.mts';
import type { PrestaShopSandbox } from '../../sandbox/prestashop/shop.mts';
import { executeNode, searchList } from '../support/engine.mts';
import type { Bench } from '../support/engine.mts';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

function benchOf(shop: PrestaShopSandbox): Bench {
	return {
		node: new PrestaShop(),
		credentialType: new PrestaShopApi(),
		credentials: { shopUrl: shop.url, apiKey: KEYS.full ?? '', timezone: 'Europe/Warsaw' },
	};
}

async function run(
	shop: PrestaShopSandbox,
	operation: string,
	parameters: INodeParameters,
	items: IDataObject[] = [{}],
): Promise<IDataObject[]> {
	const all = { resource: 'category', operation, ...parameters };
	const { items: output, error } = await executeNode(benchOf(shop), all, {
		items: items.map((json) => ({ json })),
	});
	if (error) throw error;
	return output.map(({ json }) => json);
}

const byId: INodeParameters = { categoryId: { __rl: true, mode: 'id', value: '={{ $json.id }}' } };

describe.each(PRESTASHOP_VERSIONS)('PrestaShop %s', (version) => {
	let shop: PrestaShopSandbox;

	beforeAll(async () => {
		shop = await startPrestaShopSandbox({ version });
	});

	beforeEach(() => shop.control.reset());

	afterAll(async () => {
		await shop.close();
	});

	test('paths of all categories cost one request', async () => {
		shop.control.clearRequests();
		const rows = await run(shop, 'getAll', { returnAll: true });
		expect(shop.control.requests()).toHaveLength(1);
		const inner = rows.filter(({ path }) => String(path).startsWith('Home > '));
		expect(inner.length).toBe(rows.length - 2);
		for (const { path, pathIds } of inner) {
			// Ends are the root nobody sees, which has no place in the path.
			expect(String(path).split(' > ')).toHaveLength((pathIds as string[]).length - 1);
		}
	});

	test('many categories by ID cost one request as well, in the language asked for', async () => {
		const name = { 1: 'Men', 2: 'Hommes' };
		const { id } = shop.control.putRecord({
			resource: 'categories',
			record: { id_parent: '3', active: '1', position: '7', level_depth: '3', name },
		});
		shop.control.clearRequests();
		const rows = await run(shop, 'get', { ...byId, options: { language: 'fr' } }, [
			{ id },
			{ id: 3 },
		]);
		expect(String(rows[0]?.path)).toMatch(/ > Hommes$/);
		expect(rows[0]).toMatchObject({ id: String(id), parentId: '3', level: 3, position: 7 });
		// The languages, and all categories.
		expect(shop.control.requests()).toHaveLength(2);
	});

	test('a record as it is carries its path too', async () => {
		const [row] = await run(shop, 'get', { ...byId, simplify: false }, [{ id: 3 }]);
		expect(row).toMatchObject({ id: '3', path: expect.stringContaining('Home > ') });
		expect(row?.date_add).toBeDefined();
	});

	test('below one category means at any depth', async () => {
		const { id } = shop.control.putRecord({
			resource: 'categories',
			record: { id_parent: '4', active: '0', name: { 1: 'Deep' } },
		});
		const parent = String(shop.control.getRecord({ resource: 'categories', id: 4 })?.id_parent);
		const rows = await run(shop, 'getAll', { returnAll: true, filters: { parentId: parent } });
		expect(rows.map((row) => row.id)).toEqual(expect.arrayContaining(['4', String(id)]));
		const active = await run(shop, 'getAll', {
			returnAll: true,
			filters: { parentId: parent, active: true },
		});
		expect(active.map((row) => row.id)).not.toContain(String(id));
	});

	test('the picker finds by any part of the path', async () => {
		const { results } = await searchList(benchOf(shop), 'searchCategories', 'home >');
		expect(results.length).toBeGreaterThan(3);
		for (const { name } of results) expect(name).toMatch(/^Home > /);
	});

	test('an unknown category is named', async () => {
		const all = { resource: 'category', operation: 'get', ...byId };
		const { error } = await executeNode(benchOf(shop), all, { items: [{ json: { id: 999 } }] });
		expect(error?.message).toContain('no category with the ID "999"');
	});
});

test('a tree that bites its tail ends', () => {
	const { pathOf, records } = treeOf([
		{ id: '5', id_parent: '6', name: 'A' },
		{ id: '6', id_parent: '5', name: 'B' },
		{ id: '7', id_parent: '99', name: 'Orphan' },
	]);
	expect(pathOf('5', undefined)).toBe('B > A');
	expect(pathOf('7', undefined)).toBe('Orphan');
	expect(records.size).toBe(3);
});

/** Every resource of the shop, with the shop's own names. */
import { KEYS, PRESTASHOP_VERSIONS } from './conformance.mts';
import { PrestaShopApi } from '../../credentials/PrestaShopApi.credentials.ts';
import { PrestaShop } from '../../nodes/PrestaShop/PrestaShop.node.ts';
import { extraQuery } from '../../nodes/PrestaShop/api/extraQuery.ts';
import { fieldTable } from '../../nodes/PrestaShop/api/fieldTable.ts';
import { fromTable } from '../../nodes/PrestaShop/api/resourceSchema.ts';
import { rowConditions } from '../../nodes/PrestaShop/api/rowConditions.ts';
import { startPrestaShopSandbox } from '../../sandbox/prestashop/shop.mts';
import type { PrestaShopSandbox } from '../../sandbox/prestashop/shop.mts';
import { executeNode, searchList } from '../support/engine.mts';
import type { Bench, Execution } from '../support/engine.mts';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

function benchOf(shop: PrestaShopSandbox, key = KEYS.full): Bench {
	return {
		node: new PrestaShop(),
		credentialType: new PrestaShopApi(),
		credentials: { shopUrl: shop.url, apiKey: key ?? '', timezone: 'Europe/Warsaw' },
	};
}

async function run(
	shop: PrestaShopSandbox,
	operation: string,
	resource: string,
	parameters: INodeParameters = {},
	key = KEYS.full,
): Promise<Execution> {
	const webserviceResource = { __rl: true, mode: 'name', value: resource };
	const all = { resource: 'anyResource', operation, webserviceResource, ...parameters };
	return await executeNode(benchOf(shop, key), all);
}

const jsonOf = ({ items, error }: Execution): IDataObject[] => {
	if (error) throw error;
	return items.map(({ json }) => json);
};

const filter = (field: string, operator: string, value: string): INodeParameters => ({
	filters: { row: [{ field, operator, value }] },
});

/** Resources that are no tables of records. */
const SPECIAL = ['images', 'search'];

describe.each(PRESTASHOP_VERSIONS)('PrestaShop %s', (version) => {
	let shop: PrestaShopSandbox;

	beforeAll(async () => {
		shop = await startPrestaShopSandbox({ version });
	});

	beforeEach(() => shop.control.reset());

	afterAll(async () => {
		await shop.close();
	});

	async function listed(): Promise<string[]> {
		const names: string[] = [];
		let token: string | undefined;
		do {
			const page = await searchList(benchOf(shop), 'searchWebserviceResources', '', token);
			names.push(...page.results.map(({ value }) => String(value)));
			token = page.paginationToken as string | undefined;
		} while (token !== undefined);
		return names;
	}

	test('the picker lists every resource, and each of them can be read', async () => {
		const names = await listed();
		expect(names.length).toBeGreaterThan(60);
		expect(new Set(names).size).toBe(names.length);
		for (const name of names.filter((each) => !SPECIAL.includes(each))) {
			const { error } = await run(shop, 'getAll', name, { limit: 2 });
			expect({ name, error: error?.message }).toEqual({ name, error: undefined });
		}
	});

	test('every resource tells its fields, even where the shop fails to', async () => {
		const sources = new Set<unknown>();
		for (const name of ['products', 'orders', 'customers', 'cart_rules', 'tags', 'taxes']) {
			const [schema] = jsonOf(await run(shop, 'getSchema', name));
			expect((schema?.fields as unknown[]).length).toBeGreaterThan(1);
			sources.add(schema?.source);
		}
		expect(sources).toEqual(new Set(version === '1.7.8.11' ? ['shop', 'table'] : ['shop']));
	});

	test('a record is created, changed and deleted', async () => {
		const record = JSON.stringify({
			name: { en: 'Reduced', '2': 'Réduit' },
			rate: 5,
			active: true,
		});
		const [created] = jsonOf(await run(shop, 'create', 'taxes', { record }));
		const id = Number(created?.id);
		expect(shop.control.getRecord({ resource: 'taxes', id })).toMatchObject({
			name: expect.objectContaining({ 1: 'Reduced', 2: 'Réduit' }),
			active: '1',
		});
		const change = { record: '{"rate": 8, "name": {"en": "Lower"}}', recordId: String(id) };
		const [updated] = jsonOf(await run(shop, 'update', 'taxes', change));
		expect(updated?._update).toMatchObject({ written: true });
		expect(shop.control.getRecord({ resource: 'taxes', id })).toMatchObject({
			name: expect.objectContaining({ 1: 'Lower', 2: 'Réduit' }),
		});
		const [deleted] = jsonOf(await run(shop, 'delete', 'taxes', { recordId: String(id) }));
		expect(deleted).toMatchObject({ deleted: true, record: { id: String(id) } });
		expect(shop.control.getRecord({ resource: 'taxes', id })).toBeNull();
		const { error } = await run(shop, 'delete', 'taxes', { recordId: String(id) });
		expect(error?.message).toContain('no record in taxes');
	});

	test('an unknown field is refused before anything is sent', async () => {
		shop.control.clearRequests();
		const record = '{"id_lang": 1, "nmae": "Typo"}';
		const { error } = await run(shop, 'create', 'tags', { record });
		expect(error?.message).toContain('has no field "nmae"');
		expect(shop.control.requests().every(({ method }) => method === 'GET')).toBe(true);
		const wrong = await run(shop, 'getAll', 'tags', filter('nmae', 'equals', 'x'));
		expect(wrong.error?.message).toContain('has no field "nmae"');
		const lacking = await run(shop, 'create', 'tags', { record: '{"name": "alone"}' });
		expect(lacking.error?.message).toContain('lacks id_lang');
	});

	test.each([
		['equals', '2', ['2']],
		['anyOf', '1, 3', ['1', '3']],
		['between', '2,4', ['2', '3', '4']],
		['greaterThan', '8', undefined],
		['notEquals', '1', undefined],
	])('products with the ID %s %s', async (operator, value, ids) => {
		const all = jsonOf(
			await run(shop, 'getAll', 'products', { returnAll: true, options: { fields: 'id' } }),
		);
		const found = jsonOf(
			await run(shop, 'getAll', 'products', {
				returnAll: true,
				...filter('id', operator, value),
				options: { fields: 'id' },
			}),
		).map(({ id }) => id);
		const known = all.map(({ id }) => String(id));
		const expected =
			ids ??
			known.filter((id) => (operator === 'notEquals' ? id !== value : Number(id) > Number(value)));
		expect(found).toEqual(expected.filter((id) => known.includes(id)));
	});

	test('a text per language is found where the shop cannot search and sort at once', async () => {
		const found = jsonOf(
			await run(shop, 'getAll', 'order_states', {
				returnAll: true,
				...filter('name', 'startsWith', 'Payment'),
			}),
		);
		expect(found.length).toBeGreaterThan(0);
		const { error } = await run(shop, 'getAll', 'order_states', filter('name', 'greaterThan', 'P'));
		expect(error?.message).toContain('Texts can be compared with');
	});
});

describe('on one shop', () => {
	let shop: PrestaShopSandbox;

	beforeAll(async () => {
		shop = await startPrestaShopSandbox();
	});

	beforeEach(() => shop.control.reset());

	afterAll(async () => {
		await shop.close();
	});

	test('a condition on the ID holds on every page of a long list', async () => {
		shop.control.seed({ orders: 700 } as never);
		const ids = jsonOf(
			await run(shop, 'getAll', 'orders', { returnAll: true, ...filter('id', 'lessThan', '400') }),
		).map(({ id }) => Number(id));
		expect(Math.max(...ids)).toBe(399);
		expect(ids.length).toBeGreaterThan(300);
	});

	test('passwords, keys and the configuration are masked unless asked for', async () => {
		for (const resource of ['customers', 'carts', 'configurations']) {
			const rows = jsonOf(await run(shop, 'getAll', resource, { limit: 3 }));
			const field = resource === 'configurations' ? 'value' : 'secure_key';
			expect(rows.map((row) => row[field]).filter((value) => value !== '')).toContain('***');
			expect(rows.every((row) => ['***', ''].includes(String(row[field])))).toBe(true);
			const open = jsonOf(
				await run(shop, 'getAll', resource, { limit: 3, options: { showProtected: true } }),
			);
			expect(open.some((row) => row[field] !== '***' && row[field] !== '')).toBe(true);
		}
		const { error } = await run(shop, 'update', 'carts', {
			recordId: '1',
			record: '{"secure_key":"***"}',
		});
		expect(error?.message).toContain('is masked');
	});

	test.each(['../orders', 'orders/1', 'Orders', 'orders?ps_method=DELETE', 'images', 'search'])(
		'the resource "%s" is refused',
		async (name) => {
			shop.control.clearRequests();
			// As an expression: the editor refuses such names only where they are typed.
			const { error } = await run(shop, 'getAll', `={{ '${name}' }}`);
			expect(error?.message).toMatch(/Webservice Resource|does not hold records/);
			expect(shop.control.requests()).toEqual([]);
		},
	);

	test('a computed price can be asked for', async () => {
		const queryParameters = { row: [{ name: 'price[gross][use_tax]', value: '1' }] };
		const [product] = jsonOf(
			await run(shop, 'get', 'products', { recordId: '1', options: { queryParameters } }),
		);
		expect(product?.gross).toMatch(/^\d+\.\d{6}$/);
	});

	test.each(['afterCommit500', 'truncate'] as const)(
		'a creation whose answer is lost by %s is found and not repeated',
		async (kind) => {
			shop.control.addFault({ kind, match: { method: 'POST' } });
			const before = shop.control.records({ resource: 'tags' }).length;
			const record = '{"id_lang": 1, "name": "only once"}';
			const [created] = jsonOf(await run(shop, 'create', 'tags', { record }));
			expect(created?.name).toBe('only once');
			expect(shop.control.records({ resource: 'tags' })).toHaveLength(before + 1);
		},
	);

	test('dry runs send nothing but reads', async () => {
		shop.control.clearRequests();
		const options = { dryRun: true };
		jsonOf(await run(shop, 'create', 'tags', { record: '{"id_lang": 1, "name": "x"}', options }));
		jsonOf(await run(shop, 'update', 'taxes', { recordId: '1', record: '{"rate": 3}', options }));
		jsonOf(await run(shop, 'delete', 'taxes', { recordId: '1', options }));
		expect(shop.control.requests().every(({ method }) => method === 'GET')).toBe(true);
	});

	test('a missing right is named', async () => {
		const { error } = await run(shop, 'getAll', 'taxes', {}, KEYS.limited);
		expect(error?.message).toContain('taxes – View (GET)');
	});
});

describe('pure parts', () => {
	test.each([
		'ps_method',
		'ws_key',
		'id',
		'filter[id]',
		'ps.method',
		'ps_method[]',
		'Display',
		'url',
		'a b',
	])('the query parameter "%s" is refused', (name) => {
		expect(() => extraQuery([{ name, value: '1' }])).toThrow(/cannot be an additional/);
	});

	test('harmless query parameters pass', () => {
		expect(
			extraQuery([
				{ name: 'price[net][use_tax]', value: '0' },
				{ name: 'sendemail', value: 1 },
			]),
		).toEqual({
			'price[net][use_tax]': '0',
			sendemail: '1',
		});
	});

	const schema = fromTable(fieldTable.products ?? '');

	test.each([
		[[{ field: 'active', operator: '>=', value: '1' }], /has the operator ">="/],
		[[{ field: 'quantity', operator: 'equals', value: '1' }], /cannot be used here/],
		[[{ field: 'active', operator: 'equals', value: '' }], /would match everything/],
		[[{ field: 'price', operator: 'between', value: '1' }], /"price" is "1"/],
		[
			[
				{ field: 'name', operator: 'contains', value: 'a' },
				{ field: 'meta_title', operator: 'contains', value: 'b' },
			],
			/second filter/,
		],
		[
			[
				{ field: 'active', operator: 'equals', value: '1' },
				{ field: 'active', operator: 'equals', value: '0' },
			],
			/several filters/,
		],
	])('conditions the shop would ignore or choke on are refused (%#)', (rows, message) => {
		expect(() => rowConditions('products', schema, rows)).toThrow(message);
	});

	test('the table of fields is well-formed', () => {
		for (const line of Object.values(fieldTable)) {
			expect(line).toMatch(
				/^(@?[a-z0-9_]+[*^!~]*(\([a-z0-9_,]+\))?)( @?[a-z0-9_]+[*^!~]*(\([a-z0-9_,]+\))?)*$/,
			);
		}
	});
});

/** Products, variants and clients: what is written, what stays, and what is told when an answer is lost. */
import { mergedProperties, productForm } from '../../nodes/InSales/products/changes.ts';
import { namedPrices, priceKindsOf } from '../../nodes/InSales/products/priceKinds.ts';
import { parseCursor, cursorText } from '../../nodes/InSales/catalog/cursor.ts';
import { treeOf } from '../../nodes/InSales/categories/tree.ts';
import { simplifyProduct } from '../../nodes/InSales/products/simplify.ts';
import { startInSalesSandbox } from '../../sandbox/insales/shop.mts';
import type { InSalesSandbox } from '../../sandbox/insales/shop.mts';
import { executeNode, searchList } from '../support/engine.mts';
import fc from '../support/seed.mts';
import { actionBench, locator } from './fixtures.mts';
import { api, run } from './catalogFixtures.mts';

let shop: InSalesSandbox;

beforeEach(async () => {
	shop = await startInSalesSandbox();
	shop.control.setLimit({ requests: 1_000_000 });
});

afterEach(async () => {
	await shop.close();
});

const sent = (method: string) =>
	shop.control.requests().filter((request) => request.method === method);

describe('variants of many products', () => {
	const priceOf = (id: number) => {
		const variants = shop.control
			.records({ resource: 'products' })
			.flatMap(({ variants: list }) => list as Array<{ id: number; price: string }>);
		return variants.find((each) => each.id === id)?.price;
	};

	test('250 items cost three writes, and each item is told what took effect', async () => {
		shop.control.setBulkDelay({ ms: 0 });
		const { firstProductId } = shop.control.seed({ products: 250 });
		const items = Array.from({ length: 250 }, (_, at) => ({
			json: { product: firstProductId + at, sku: `BULK-${String(at + 1).padStart(5, '0')}` },
		}));
		shop.control.clearRequests();
		const { items: output, error } = await executeNode(
			actionBench(shop),
			{
				resource: 'variant',
				operation: 'updateMany',
				variants: { row: [{ sku: '={{ $json.sku }}', price: '={{ $json.product * 2 }}' }] },
			},
			{ items },
		);
		expect(error).toBeUndefined();
		expect(sent('PUT')).toHaveLength(3);
		// The catalogue once to find the SKUs, then before and after by 100 IDs.
		expect(sent('GET').length).toBeLessThanOrEqual(2 + 3 + 3);
		expect(output.map(({ json }) => json.state)).toEqual(items.map(() => 'applied'));
		expect(output.map(({ pairedItem }) => (pairedItem as { item: number }).item)).toEqual(
			items.map((_, at) => at),
		);
		const [first] = output;
		expect(priceOf(Number(first?.json.variantId))).toBe(`${firstProductId * 2}.0`);
	});

	test('a lost answer is looked after: what was taken is applied, nothing is sent twice', async () => {
		shop.control.setBulkDelay({ ms: 0 });
		shop.control.addFault({
			kind: 'afterCommit500',
			match: { method: 'PUT', pathIncludes: 'variants_group_update' },
		});
		const [row] = await run(actionBench(shop), 'variant', 'updateMany', {
			rows: '[{"variantId": 7003, "productId": 502, "quantity": 3}]',
		});
		expect(row).toMatchObject({ variantId: '7003', state: 'applied' });
		expect(sent('PUT')).toHaveLength(1);
	});

	test('a request the shop did not take is an error for its items alone', async () => {
		shop.control.addFault({
			kind: 'status',
			status: 422,
			body: '{"variants":["нельзя"]}',
			match: { method: 'PUT', pathIncludes: 'variants_group_update' },
		});
		const running = run(actionBench(shop), 'variant', 'updateMany', {
			rows: '[{"variantId": 7003, "productId": 502, "quantity": 3}]',
			options: { waitSeconds: 0 },
		});
		await expect(running).rejects.toThrow('variants: нельзя');
	});

	test('of many rows in one item each is told: those of a refused request, and the others', async () => {
		shop.control.setBulkDelay({ ms: 0 });
		const { firstProductId } = shop.control.seed({ products: 150 });
		const rows = Array.from({ length: 150 }, (_, at) => ({
			sku: `BULK-${String(at + 1).padStart(5, '0')}`,
			productId: firstProductId + at,
			price: 7,
		}));
		shop.control.addFault({
			kind: 'status',
			status: 422,
			body: '{"variants":["нельзя"]}',
			match: { method: 'PUT' },
		});
		const told = await run(actionBench(shop), 'variant', 'updateMany', {
			rows: JSON.stringify(rows),
			options: { waitSeconds: 0 },
		});
		const states = told.map(({ state }) => state);
		expect(states.slice(0, 100)).toEqual(states.slice(0, 100).map(() => 'failed'));
		expect(states.slice(100)).toEqual(states.slice(100).map(() => 'applied'));
		expect(String(told[0]?.warning)).toContain('нельзя');
	});

	test('an unclear answer is told with what was seen', async () => {
		shop.control.addFault({ kind: 'reset', match: { method: 'PUT' } });
		const running = run(actionBench(shop), 'variant', 'updateMany', {
			rows: '[{"variantId": 7003, "productId": 502, "quantity": 3}]',
			options: { waitSeconds: 0 },
		});
		await expect(running).rejects.toThrow('So far the variant has not changed.');
	});

	test('several rows for one variant are one change, the later one counts', async () => {
		shop.control.setBulkDelay({ ms: 0 });
		const rows = await run(actionBench(shop), 'variant', 'updateMany', {
			rows: '[{"variantId": 7003, "productId": 502, "price": 1}, {"sku": "MUG-01", "price": 2, "prices": {"Дилер": 5}}]',
		});
		expect(rows.map(({ state }) => state)).toEqual(['applied', 'applied']);
		expect(priceOf(7003)).toBe('2.0');
	});

	test('without reading back nothing is read, and that is said', async () => {
		const [row] = await run(actionBench(shop), 'variant', 'updateMany', {
			rows: '[{"variantId": 999999, "price": 1}]',
			options: { readBack: false },
		});
		expect(row).toMatchObject({ state: 'accepted' });
		expect(String(row?.note)).toContain('not looked');
		expect(sent('GET')).toHaveLength(0);
	});

	test.each([
		['[{"variantId": 7003, "title": "x"}]', 'names "title"'],
		['[{"variantId": 7003, "price": ""}]', 'price'],
		['[{"variantId": 7003}]', 'names nothing to change'],
		['[{"price": 3}]', 'names no variant'],
		['[{"variantId": 7003, "price": 1, "prices": {"Никакая": 3}}]', 'price kind "Никакая"'],
		['nonsense', '"Rows" is not a list'],
	])('%s is refused before anything is written', async (rows, words) => {
		await expect(run(actionBench(shop), 'variant', 'updateMany', { rows })).rejects.toThrow(words);
		expect(sent('PUT')).toHaveLength(0);
	});
});

test('an update of a product changes what it names and nothing else', async () => {
	const change = fc.record(
		{
			title: fc.stringMatching(/^[А-Яа-я][А-Яа-я ]{0,20}[а-я]$/),
			html_title: fc.stringMatching(/^[a-z]{1,10}$/),
			is_hidden: fc.boolean(),
			sort_weight: fc.integer({ min: 1, max: 99 }),
		},
		{ requiredKeys: ['title'] },
	);
	const property = fc.record({
		title: fc.constantFrom('Материал', 'материал', 'Состав', 'Длина'),
		value: fc.constantFrom('', 'Лён', '90% хлопок', '12.5'),
	});
	await fc.assert(
		fc.asyncProperty(
			fc.integer({ min: 501, max: 506 }),
			change,
			fc.array(property, { maxLength: 3 }),
			async (id, updateFields, row) => {
				const before = shop.control.getRecord({ resource: 'products', id });
				await run(actionBench(shop), 'product', 'update', {
					productId: locator('id', String(id)),
					updateFields,
					properties: { row },
				});
				const after = shop.control.getRecord({ resource: 'products', id });
				const free = ['updated_at', 'properties', 'characteristics', ...Object.keys(updateFields)];
				for (const name of Object.keys(before ?? {})) {
					if (!free.includes(name))
						expect({ [name]: after?.[name] }).toEqual({ [name]: before?.[name] });
				}
				expect(after).toMatchObject(updateFields);
				const named = row.map(({ title }) => title.toLowerCase());
				const untouched = (product: typeof before) =>
					pairsIn(product).filter(
						(pair) => !named.includes(pair.split('=')[0]?.toLowerCase() ?? ''),
					);
				expect(untouched(after)).toEqual(untouched(before));
			},
		),
		{ numRuns: 40 },
	);
});

function pairsIn(product: unknown): string[] {
	const { properties, characteristics } = product as {
		properties: Array<{ id: number; title: string }>;
		characteristics: Array<{ property_id: number; title: string }>;
	};
	return characteristics
		.map(
			({ property_id: id, title }) =>
				`${properties.find((each) => each.id === id)?.title}=${title}`,
		)
		.sort();
}

describe('properties', () => {
	const shirt = {
		id: 1,
		properties: [
			{ id: 61, title: 'Материал' },
			{ id: 62, title: 'Состав' },
		],
		characteristics: [
			{ id: 1, property_id: 61, title: 'Хлопок' },
			{ id: 2, property_id: 62, title: '90%' },
			{ id: 3, property_id: 62, title: '10%' },
		],
	};

	test('those that are not named go along, several values too', () => {
		const rows = { row: [{ title: 'материал', value: 'Лён' }] };
		expect(mergedProperties(shirt, rows, false)).toEqual([
			{ title: 'Материал', value: 'Лён' },
			{ title: 'Состав', value: '10%' },
			{ title: 'Состав', value: '90%' },
		]);
	});

	test('an empty value removes, and all can be replaced', () => {
		expect(mergedProperties(shirt, { row: [{ title: 'Состав', value: '' }] }, false)).toEqual([
			{ title: 'Материал', value: 'Хлопок' },
		]);
		expect(mergedProperties(shirt, { row: [{ title: 'Цвет', value: 'белый' }] }, true)).toEqual([
			{ title: 'Цвет', value: 'белый' },
		]);
		expect(mergedProperties(shirt, {}, true)).toBeUndefined();
	});

	test('a value whose property is not named would be lost, so nothing is written', () => {
		const odd = { ...shirt, properties: shirt.properties.slice(0, 1) };
		expect(() => mergedProperties(odd, { row: [{ title: 'Цвет', value: 'x' }] }, false)).toThrow(
			'would be lost',
		);
	});

	test('an extra field with a value is written by the ID of that value', () => {
		const fields = [
			{ id: 7, handle: 'country' },
			{ id: 8, handle: 'brand' },
		];
		const form = productForm(fields, {
			product_field_values: [{ id: 71, product_field_id: 7, value: 'x' }],
		});
		expect(
			form.write({ title: 'T', 'extra field country': 'RU', 'extra field brand': 'B' }),
		).toEqual({
			title: 'T',
			product_field_values_attributes: [
				{ id: 71, value: 'RU' },
				{ product_field_id: 8, value: 'B' },
			],
		});
	});
});

describe('when an answer is lost', () => {
	test.each(['afterCommit500', 'reset'] as const)('a client is created once (%s)', async (kind) => {
		shop.control.addFault({ kind, match: { method: 'POST', pathIncludes: 'clients' } });
		const attempt = run(actionBench(shop), 'client', 'create', {
			name: 'Пётр',
			additionalFields: { email: 'once@example.com' },
		});
		const made = () =>
			shop.control
				.records({ resource: 'clients' })
				.filter(({ email }) => email === 'once@example.com');
		const ended = await attempt.then(
			([row]) => String(row?.warning),
			(error: Error) => error.message,
		);
		expect(sent('POST')).toHaveLength(1);
		expect(ended).toContain(
			made().length === 1 ? 'did create the record' : 'No new record was found so far',
		);
	});

	test('a product is created once, also when it has the title of the one before', async () => {
		const bench = actionBench(shop);
		const parameters = {
			resource: 'product',
			operation: 'create',
			title: 'Кепка',
			price: '={{ $json.price }}',
		};
		shop.control.addFault({ kind: 'afterCommit500', times: 2, match: { method: 'POST' } });
		const { items } = await executeNode(bench, parameters, {
			items: [{ json: { price: 1 } }, { json: { price: 2 } }],
		});
		expect(items.map(({ json }) => json.price)).toEqual([1, 2]);
		const made = shop.control
			.records({ resource: 'products' })
			.filter(({ title }) => title === 'Кепка');
		expect(made).toHaveLength(2);
	});

	test('a deletion is looked after', async () => {
		shop.control.addFault({ kind: 'afterCommit500', match: { method: 'DELETE' } });
		const [row] = await run(actionBench(shop), 'product', 'delete', {
			productId: locator('sku', 'NB-01'),
		});
		expect(row).toMatchObject({ id: '503', deleted: true });
		expect(String(row?.warning)).toContain('did delete');
	});
});

test('an extra field of a client gets no second value', async () => {
	const fields = shop.control.records({ resource: 'fields' });
	const handle = String(fields.find(({ destiny }) => destiny === 2)?.handle ?? '');
	expect(handle).not.toBe('');
	for (const value of ['a', 'b']) {
		await run(actionBench(shop), 'client', 'update', {
			clientId: locator('id', '4001'),
			extraFields: { row: [{ handle, value }] },
		});
	}
	const client = shop.control.getRecord({ resource: 'clients', id: 4001 });
	expect(client?.fields_values).toMatchObject([{ handle, value: 'b' }]);
});

test('lists for the editor', async () => {
	const bench = actionBench(shop);
	const names = async (method: string, filter?: string) =>
		(await searchList(bench, method, filter)).results.map(({ name }) => name);
	expect(await names('searchProducts', 'кружка')).toEqual(['Кружка керамическая · MUG-01 · #502']);
	expect(await names('searchProducts', '501')).toEqual(['Футболка · TS-01-M (+1) · #501']);
	expect(await names('searchCollections', 'текстиль')).toEqual([
		'Каталог > Для дома > Текстиль (35)',
	]);
	expect(await names('searchCategories')).toContain('Склад > Одежда (22)');
	expect(await names('searchDiscountCodes', 'chat')).toEqual(['CHAT5 · #1']);
	await api(shop, 'POST', 'webhooks.json', {
		webhook: { address: 'https://n8n.example.com/a?s=1', topic: 'client/create' },
	});
	expect(await names('searchWebhooks')).toEqual([
		'client/create → https://n8n.example.com/a?… · #1',
	]);
});

describe('pure parts', () => {
	test('equal titles of price kinds are told apart; prices come by field or by place', () => {
		const kinds = priceKindsOf([
			{ title: 'Опт', price_index: 1, variant_price_method_name: 'price2' },
			{ title: 'Опт', price_index: 2 },
		]);
		expect(kinds.map(({ title }) => title)).toEqual(['Опт (price2)', 'Опт (price3)']);
		expect(namedPrices({ price2: '14.5', prices: ['14.5', null] }, kinds)).toEqual({
			'Опт (price2)': 14.5,
			'Опт (price3)': null,
		});
		expect(namedPrices({ prices: ['14.5'] }, undefined)).toEqual({ price2: 14.5 });
		expect(namedPrices({}, kinds)).toBeUndefined();
	});

	test('a collection that is its own ancestor, or whose parent is gone, stands alone', () => {
		const tree = treeOf([
			{ id: 1, parent_id: 2, title: 'A' },
			{ id: 2, parent_id: 1, title: 'B' },
			{ id: 3, parent_id: 9, title: 'C' },
		]);
		expect(tree.pathOf('3')).toBe('C');
		expect([...tree.records.keys()].sort()).toEqual(['1', '2', '3']);
	});

	test('a cursor comes back as it went; a date and nothing are positions too', () => {
		const cursor = { since: '2026-03-01T14:05:13.000+03:00', fromId: '501', seen: { 501: 'x' } };
		expect(parseCursor(cursorText(cursor, 'a.example.com'), 'a.example.com')).toEqual(cursor);
		expect(parseCursor('2026-03-01T00:00:00+03:00', 'a').since).toBe('2026-02-28T21:00:00+00:00');
		expect(parseCursor(' ', 'a').seen).toEqual({});
		// Without an offset it would be the time of n8n's own clock.
		for (const text of ['2026-03-01T00:00:00', '2026-03-01']) {
			expect(() => parseCursor(text, 'a')).toThrow('is not a cursor');
		}
		for (const text of ['{', '{"v":2}', 'yesterday', '{"v":1,"since":"never","shop":"a"}']) {
			expect(() => parseCursor(text, 'a')).toThrow('is not a cursor');
		}
	});

	test('a product without variants, and one that is not counted', () => {
		const parts = { shop: 's', url: 'https://s', kinds: [], missing: [] };
		expect(simplifyProduct({ id: 1, title: 'T' }, parts)).toMatchObject({
			id: '1',
			stock: null,
			price: null,
			active: null,
		});
		const variants = [
			{ id: 2, quantity: 3, cost_price: null },
			{ id: 3, quantity: null, cost_price: null },
		];
		const shown = simplifyProduct({ id: 1, variants }, parts);
		expect(shown.stock).toBeNull();
		expect(shown).not.toHaveProperty('_missing');
	});
});

/** Products: nothing that is not named changes, whatever the shop does with nested objects. */
import { shopOver } from '../../nodes/shared/reading/shop.ts';
import type { Call } from '../../nodes/shared/protocol/call.ts';
import type { ShoperRecord } from '../../nodes/Shoper/api/codec.ts';
import { updateProductRecord } from '../../nodes/Shoper/products/write.ts';
import type { ShoperSandbox } from '../../sandbox/shoper/shop.mts';
import { by, jsonOf, requestsOf, run, wideShop } from './catalogueFixtures.mts';

let shop: ShoperSandbox;

beforeEach(async () => {
	shop = await wideShop();
});

afterEach(async () => {
	await shop.close();
});

type Translations = Record<string, Record<string, unknown>>;

const productOf = (id: number) => shop.control.getRecord({ resource: 'products', id });

test('one text and the price change; every other field, text, language and variant stays', async () => {
	const before = productOf(1);
	const stocks = shop.control.records({ resource: 'product-stocks' });
	const [result] = jsonOf(
		await run(shop, 'product', 'update', {
			productId: by('code', 'TEE-COT'),
			translations: { row: [{ language: 'en_US', descriptionShort: 'Soft' }] },
			updateFields: { price: '61.5' },
		}),
	);
	expect(result).toMatchObject({ written: true, price: 61.5 });
	const after = productOf(1);
	const expected = structuredClone(before?.translations) as Translations;
	Object.assign(expected.en_US ?? {}, { short_description: 'Soft' });
	expect(after).toEqual({
		...before,
		translations: expected,
		edit_date: after?.edit_date,
		stock: {
			...(before?.stock as object),
			price: '61.50',
			comp_price: '61.50',
			comp_promo_price: '61.50',
		},
	});
	const others = (rows: typeof stocks) => rows.filter(({ stock_id }) => stock_id !== '1');
	const rows = shop.control.records({ resource: 'product-stocks' });
	// The variants whose price follows the product's show another final price.
	const own = ({ price, price_type, stock, code }: ShoperRecord) => [
		price,
		price_type,
		stock,
		code,
	];
	expect(others(rows).map(own)).toEqual(others(stocks).map(own));
});

test('switched off in every language it has, and nothing else', async () => {
	jsonOf(
		await run(shop, 'product', 'update', {
			productId: by('id', '5'),
			updateFields: { active: false },
		}),
	);
	const { pl_PL: polish, en_US: english } = productOf(5)?.translations as Translations;
	expect([polish?.active, english?.active]).toEqual(['0', '0']);
	expect([polish?.name, english?.name]).toEqual(['Kubek z żółwiem', 'Turtle mug']);
});

test('a language the shop does not have is refused with those it has', async () => {
	const { error } = await run(shop, 'product', 'update', {
		productId: by('id', '5'),
		translations: { row: [{ language: 'de', name: 'Tasse' }] },
	});
	expect(error?.message).toContain('no language "de"');
	expect(error?.message).toContain('pl_PL, en_US');
	expect(requestsOf(shop).filter((request) => !request.startsWith('GET'))).toEqual([]);
});

test('a token that may not write prices is told what was saved and what was not', async () => {
	const token = 'c'.repeat(64);
	shop.control.addToken({ token, rights: { products: 'edit', 'product-stocks': 'read' } });
	const { error } = await run(
		shop,
		'product',
		'update',
		{ productId: by('id', '5'), updateFields: { ean: '5901234123457', price: '1.00' } },
		{ token },
	);
	expect(error?.message).toContain('The other fields of the product were saved');
	expect(error?.message).toContain('Warianty produktów');
	expect(productOf(5)?.ean).toBe('5901234123457');
});

test.each([{ works: false }, { works: false, mode: 'ignored' as const }, { works: true }])(
	'changed since, with a filter that $mode (works: $works)',
	async (filter) => {
		shop.control.advance({ ms: 3_600_000 });
		const since = shop.control.now().wall;
		shop.control.advance({ ms: 60_000 });
		shop.control.updateProduct({ id: 3, values: { ean: '1' } });
		shop.control.setProductDateFilter(filter);
		const parameters = { returnAll: true, filters: { updatedAfter: since } };
		const products = jsonOf(await run(shop, 'product', 'getAll', parameters));
		expect(products.map(({ id }) => id)).toEqual(['3']);
	},
);

test('a creation whose answer was lost is found, not repeated', async () => {
	shop.control.addFault({ kind: 'afterCommit500', match: { method: 'POST' } });
	const [result] = jsonOf(
		await run(shop, 'product', 'create', {
			name: 'Lampa',
			code: 'LAMP',
			price: '10',
			categoryId: '4',
		}),
	);
	expect(result).toMatchObject({ reference: 'LAMP', created: true });
	expect(result?.warning).toContain('did create');
	const all = shop.control.records({ resource: 'products' });
	expect(all.filter(({ code }) => code === 'LAMP')).toHaveLength(1);
});

/** A shop whose PUT replaces `translations`, or a language in it, instead of merging them. */
function replacingShop(kind: 'languages' | 'texts', deaf = false) {
	const record: ShoperRecord = {
		product_id: '5',
		code: 'MUG',
		translations: {
			pl_PL: { name: 'Kubek', description: '<p>Opis</p>', seo_title: 'Kubek', active: '1' },
			en_US: { name: 'Mug', description: '<p>Text</p>', seo_title: '', active: '1' },
		},
	};
	let puts = 0;
	const write = (call: Call) => {
		const text = call.body && 'text' in call.body ? call.body.text : '{}';
		const given = (JSON.parse(text) as { translations?: Translations }).translations ?? {};
		const held = record.translations as Translations;
		if (puts++ > 0 && deaf) return;
		for (const [locale, texts] of Object.entries(given)) {
			held[locale] = kind === 'languages' ? { ...held[locale], ...texts } : texts;
		}
		if (kind === 'texts') return;
		for (const locale of Object.keys(held)) if (!given[locale]) delete held[locale];
	};
	const opened = shopOver<ShoperRecord>({
		address: { url: '', host: 'shop.example.com', settings: {} },
		errorIn: async () => undefined,
		foresee: () => {},
		send: async (call) => {
			write(call);
			return { status: 200, headers: {}, text: '1' };
		},
		records: async () => [structuredClone(record)],
	} as Parameters<typeof shopOver<ShoperRecord>>[0]);
	return { record, opened, puts: () => puts };
}

const named = { translations: { pl_PL: { name: 'Filiżanka' } } };

test.each(['languages', 'texts'] as const)(
	'texts that were not named are put back where the shop replaces %s',
	async (kind) => {
		const { record, opened, puts } = replacingShop(kind);
		const updated = await updateProductRecord(opened, '5', { product: named, stock: {} }, {});
		expect(record.translations).toMatchObject({
			pl_PL: { name: 'Filiżanka', description: '<p>Opis</p>', seo_title: 'Kubek', active: '1' },
			en_US: { name: 'Mug', description: '<p>Text</p>', active: '1' },
		});
		expect(puts()).toBe(2);
		expect(updated.warnings.join()).toContain('put back');
	},
);

test('texts the shop does not take back are at least told', async () => {
	const { opened } = replacingShop('texts', true);
	const updated = await updateProductRecord(opened, '5', { product: named, stock: {} }, {});
	expect(updated.warnings.join()).toContain('does not take them back');
	expect(updated.warnings.join()).toContain('<p>Opis</p>');
});

/** Random partial updates of random records, on every version: nothing but what was named may change. */
import { PrestaShopApi } from '../../credentials/PrestaShopApi.credentials.ts';
import { PrestaShop } from '../../nodes/PrestaShop/PrestaShop.node.ts';
import { startPrestaShopSandbox } from '../../sandbox/prestashop/shop.mts';
import type { PrestaShopSandbox, PrestaShopVersion } from '../../sandbox/prestashop/shop.mts';
import { executeNode } from '../support/engine.mts';
import fc from '../support/seed.mts';
import { KEYS, PRESTASHOP_VERSIONS } from './conformance.mts';

const RUNS = 60;

const LANGUAGES: Record<string, string> = { en: '1', fr: '2', pl: '3' };

/** Any text the field's validator takes, and that XML and n8n's parameters keep. */
const text = (max: number, forbidden: RegExp) =>
	fc
		.string({ unit: 'grapheme', minLength: 1, maxLength: max })
		.map((value) =>
			// A text that begins with = is an expression to n8n.
			value
				.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
				.replace(forbidden, '')
				.replace(/^=+/, ''),
		)
		.filter((value) => value.trim() !== '' && value.length <= max);

const catalogText = text(60, /[<>;=#{}]/g);
const html = fc.oneof(
	text(200, /[{}]/g),
	fc.constantFrom(
		'a ]]> b',
		'<p>x</p>\r\n<p>&amp; "é" 日本</p>',
		' lead and trail ',
		'&lt;tag&gt;',
	),
);
const slug = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,30}$/);

const translation = fc.record(
	{
		language: fc.constantFrom('1', 'en', '2', 'fr', '3', 'pl'),
		name: catalogText,
		description: html,
		descriptionShort: html,
		metaTitle: catalogText,
		metaDescription: catalogText,
		linkRewrite: slug,
	},
	{ requiredKeys: ['language'] },
);

const productChange = fc.record({
	id: fc.integer({ min: 1, max: 7 }),
	key: fc.constantFrom('limited', 'full'),
	/** Which language is switched off. */
	inactive: fc.constantFrom(0, 2, 3),
	translations: fc.uniqueArray(translation, {
		maxLength: 3,
		selector: ({ language }) => LANGUAGES[language] ?? language,
	}),
	updateFields: fc.record(
		{
			active: fc.boolean(),
			price: fc.integer({ min: 0, max: 10 ** 9 }).map((cents) => (cents / 100).toFixed(2)),
			reference: text(20, /[<>;={}]/g).map((value) => value.trim()),
			ean13: fc.stringMatching(/^\d{1,13}$/),
			weight: fc.integer({ min: 0, max: 5000 }).map((grams) => String(grams / 1000)),
			on_sale: fc.boolean(),
			minimal_quantity: fc.integer({ min: 1, max: 99 }),
			visibility: fc.constantFrom('both', 'catalog', 'search', 'none'),
		},
		{ requiredKeys: [] },
	),
	/** What stands in the record before: things a careless write loses. */
	before: fc.record({
		description: html,
		available_now: catalogText,
		low_stock_threshold: fc.constantFrom(null, '3'),
		date_add: fc.constantFrom('2019-01-02 03:04:05', '2024-12-31 23:59:59'),
	}),
});

const TEXTS: Record<string, string> = {
	name: 'name',
	description: 'description',
	descriptionShort: 'description_short',
	metaTitle: 'meta_title',
	metaDescription: 'meta_description',
	linkRewrite: 'link_rewrite',
};

describe.each(PRESTASHOP_VERSIONS)('PrestaShop %s', (version: PrestaShopVersion) => {
	let shop: PrestaShopSandbox;

	beforeAll(async () => {
		shop = await startPrestaShopSandbox({ version });
	});
	afterAll(async () => await shop.close());

	const run = async (key: string, parameters: Record<string, unknown>) =>
		await executeNode(
			{
				node: new PrestaShop(),
				credentialType: new PrestaShopApi(),
				credentials: { shopUrl: shop.url, apiKey: KEYS[key] ?? key, timezone: 'Europe/Warsaw' },
			},
			parameters as never,
		);

	/** Everything of the shop but the record itself: stock, combinations, pictures, languages … */
	const surroundings = (except: string, id: number) =>
		['products', 'customers', 'stock_availables', 'combinations', 'languages'].map((resource) => ({
			resource,
			records: shop.control
				.records({ resource })
				.filter((record) => !(resource === except && record.id === id)),
		}));

	test('a product keeps everything that was not named', async () => {
		await fc.assert(
			fc.asyncProperty(productChange, async (change) => {
				const { id, key, inactive, translations, updateFields, before: set } = change;
				shop.control.reset();
				if (inactive > 0) shop.control.setLanguageActive({ id: inactive, active: false });
				const known = shop.control.getRecord({ resource: 'products', id });
				const each = (value: string) => ({ 1: value, 2: `${value}2`, 3: `${value}3` });
				shop.control.putRecord({
					resource: 'products',
					record: {
						id,
						description: each(set.description),
						available_now: each(set.available_now),
						date_add: set.date_add,
					},
				});
				if (known && 'low_stock_threshold' in known) {
					shop.control.putRecord({
						resource: 'products',
						record: { id, low_stock_threshold: set.low_stock_threshold },
					});
				}
				const before = shop.control.getRecord({ resource: 'products', id });
				const around = surroundings('products', id);
				const named =
					Object.keys(updateFields).length > 0 ||
					translations.some((row) => Object.keys(row).length > 1);
				const { error, items } = await run(key, {
					resource: 'product',
					operation: 'update',
					productId: { __rl: true, mode: 'id', value: String(id) },
					translations: { row: translations },
					updateFields,
					otherFields: '{}',
				});
				expect(error?.message ?? '').toBe(
					named
						? ''
						: `Update a product (Product ID ${id}): Nothing was named to change. Add at least one field.`,
				);
				const expected = structuredClone(before) as Record<string, unknown>;
				for (const { language, ...texts } of translations) {
					for (const [name, value] of Object.entries(texts)) {
						const field = expected[TEXTS[name] ?? ''] as Record<string, string>;
						field[LANGUAGES[language] ?? language] = value;
					}
				}
				for (const [field, value] of Object.entries(updateFields)) {
					const decimal = ['price', 'weight'].includes(field);
					expected[field] = decimal
						? Number(value).toFixed(6)
						: typeof value === 'boolean'
							? value
								? '1'
								: '0'
							: String(value);
				}
				const after = shop.control.getRecord({ resource: 'products', id });
				expect({ ...after, date_upd: '' }).toEqual({ ...expected, date_upd: '' });
				expect(surroundings('products', id)).toEqual(around);
				if (named) expect(items[0]?.json.alsoChanged).toBeUndefined();
			}),
			{ numRuns: RUNS },
		);
	}, 180_000);

	test('a customer keeps everything that was not named', async () => {
		const person = text(20, /[0-9!<>,;?=+()/\\@#"°*`{}_^$%:¤[\].|]|www|http/gi)
			.map((value) => value.trim())
			.filter((value) => value !== '');
		const change = fc.record({
			// Version 9 refuses this key (see customer.test.mts).
			key: fc.constantFrom(...(version === '9.1.4' ? ['full'] : ['limited', 'full'])),
			updateFields: fc.record(
				{
					firstname: person,
					lastname: person,
					email: fc.stringMatching(/^[a-z]{3,10}$/).map((name) => `${name}@example.com`),
					note: html.map((value) => value.trim()),
					newsletter: fc.boolean(),
					optin: fc.boolean(),
					active: fc.boolean(),
				},
				{ requiredKeys: ['firstname'] },
			),
			note: html,
		});
		await fc.assert(
			fc.asyncProperty(change, async ({ key, updateFields, note }) => {
				shop.control.reset();
				const id = shop.control.records({ resource: 'customers' })[0]?.id ?? 1;
				shop.control.putRecord({
					resource: 'customers',
					record: { id, note, company: 'Éclair & "Söhne"', date_add: '2019-01-02 03:04:05' },
				});
				const before = shop.control.getRecord({ resource: 'customers', id });
				const around = surroundings('customers', id);
				const { error } = await run(key, {
					resource: 'customer',
					operation: 'update',
					customerId: { __rl: true, mode: 'id', value: String(id) },
					updateFields,
					otherFields: '{}',
				});
				const after = shop.control.getRecord({ resource: 'customers', id });
				expect(surroundings('customers', id)).toEqual(around);
				expect(error?.message).toBeUndefined();
				const expected: Record<string, unknown> = { ...before };
				for (const [field, value] of Object.entries(updateFields)) {
					expected[field] = typeof value === 'boolean' ? (value ? '1' : '0') : value;
				}
				expect({ ...after, date_upd: '' }).toEqual({ ...expected, date_upd: '' });
			}),
			{ numRuns: RUNS },
		);
	}, 180_000);
});

/** Lists of products, categories and the other records of the catalogue, as the editor fills them. */
import { SHOPER_TOKENS } from '../../sandbox/shoper/shop.mts';
import type { ShoperSandbox } from '../../sandbox/shoper/shop.mts';
import { searchList } from '../support/engine.mts';
import { actionBench, tokenCredentials } from './fixtures.mts';
import { wideShop } from './catalogueFixtures.mts';

let shop: ShoperSandbox;

beforeEach(async () => {
	shop = await wideShop();
});

afterEach(async () => {
	await shop.close();
});

async function names(method: string, filter?: string): Promise<string[]> {
	const bench = actionBench(tokenCredentials(shop, SHOPER_TOKENS.full));
	return (await searchList(bench, method, filter)).results.map(({ name }) => name);
}

test.each([
	['searchProducts', 'żółw', ['Kubek z żółwiem · MUG-1 · #5']],
	['searchProducts', 'hood', ['Bluza z kapturem · HOOD · #3']],
	['searchProducts', '#5', ['Kubek z żółwiem · MUG-1 · #5']],
	['searchProducts', 'TEE-COT-G', ['Koszulka bawełniana · TEE-COT · #1']],
	['searchCategories', 'blu', ['Odzież > Bluzy (3)']],
	['searchProducers', 'testowy', ['Producent Testowy (1)']],
	['searchPayments', 'pobranie', ['Pobranie (2)']],
	['searchShippings', 'paczko', ['Paczkomat (2)']],
	['searchCurrencies', 'eur', ['EUR (2)']],
	['searchLanguages', 'pl', ['pl_PL (1)']],
])('%s finds "%s"', async (method, filter, expected) => {
	expect(await names(method, filter)).toEqual(expected);
});

test('products come page by page', async () => {
	shop.control.seed({ products: 60 });
	const bench = actionBench(tokenCredentials(shop, SHOPER_TOKENS.full));
	const first = await searchList(bench, 'searchProducts');
	const second = await searchList(bench, 'searchProducts', '', String(first.paginationToken));
	expect([first.results.length, second.results.length]).toEqual([50, 18]);
	expect(second.paginationToken).toBeUndefined();
	const ids = [...first.results, ...second.results].map(({ value }) => value);
	expect(new Set(ids).size).toBe(68);
});

test('a product whose ID or code was typed comes first, however many others match', async () => {
	const { firstProductId } = shop.control.seed({ products: 120 });
	const bench = actionBench(tokenCredentials(shop, SHOPER_TOKENS.full));
	const old = shop.control
		.records({ resource: 'products' })
		.find(({ product_id: id }) => Number(id) === firstProductId);
	const code = String((old?.stock as { code?: unknown } | undefined)?.code ?? old?.code);
	for (const typed of [`#${firstProductId}`, `${firstProductId}`, code, code.toLowerCase()]) {
		const { results } = await searchList(bench, 'searchProducts', typed);
		expect(results[0]?.value).toBe(`${firstProductId}`);
		expect(results.filter(({ value }) => value === `${firstProductId}`)).toHaveLength(1);
	}
});

test('webhooks are listed without their secrets', async () => {
	shop.control.putRecord({
		resource: 'webhooks',
		record: { url: 'https://n8n.example.com/a', events: ['order.create'], secret: 'hush-hush' },
	});
	expect(await names('searchWebhooks')).toEqual(['https://n8n.example.com/a · order.create (1)']);
});

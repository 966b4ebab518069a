/** Reading from PrestaShop: what the shop's answers are taken for, over scripted ones. */
import { contains, endsWith, startsWith } from '../../nodes/PrestaShop/api/conditions.ts';
import type { PrestaShopRecord } from '../../nodes/PrestaShop/api/records.ts';
import { listing } from '../../nodes/PrestaShop/api/query.ts';
import { orderConditions, ordersWhere } from '../../nodes/PrestaShop/orders/conditions.ts';
import { zoneOf } from '../../nodes/PrestaShop/api/reads.ts';
import { newest } from '../../nodes/PrestaShop/pickers/pages.ts';
import { newestOfAny } from '../../nodes/shared/pickers/newest.ts';
import { ShopError } from '../../nodes/shared/protocol/errors.ts';
import type { Failure } from '../../nodes/shared/protocol/failure.ts';
import { shopOver } from '../../nodes/shared/reading/shop.ts';

/** A shop that gives these answers in turn, the last one for ever; of records, those behind an ID asked for. */
function shopOf(answers: ReadonlyArray<PrestaShopRecord[] | Failure>) {
	let asked = 0;
	const shop = shopOver<PrestaShopRecord>({
		address: { url: 'https://shop.example.com', host: 'shop.example.com', settings: {} },
		errorIn: async () => undefined,
		foresee: () => {},
		send: async () => ({ status: 200, headers: {}, text: '' }),
		records: async (call) => {
			const answer = answers[Math.min(asked++, answers.length - 1)] ?? [];
			const after = Number(/^>\[(\d+)\]$/.exec(call.query?.['filter[id]'] ?? '')?.[1] ?? 0);
			if (Array.isArray(answer)) return answer.filter(({ id }) => Number(id) > after);
			throw new ShopError(answer, call, { reason: 'No.', fix: '' });
		},
	});
	return { shop, asked: () => asked };
}

describe("the zone of the shop's clock", () => {
	const warsaw = [{ id: '65', value: 'Europe/Warsaw', id_shop: '' }];

	test('is known although the shop broke once', async () => {
		const { shop } = shopOf([{ kind: 'server', sent: true, status: 500 }, warsaw]);
		expect(await zoneOf(shop)).toBe('Europe/Warsaw');
	});

	test.each([
		['an overload', { kind: 'server', sent: true, status: 503 }],
		['a silent shop', { kind: 'timeout', sent: true }],
		['a lost connection', { kind: 'network', sent: true }],
		['a busy shop', { kind: 'busy', sent: true, status: 429 }],
	] as const)('is not taken for unknown after %s', async (_, failure) => {
		const answers: Array<PrestaShopRecord[] | Failure> = [failure];
		const { shop } = shopOf(answers);
		await expect(zoneOf(shop)).rejects.toMatchObject({ failure: { kind: failure.kind } });
		answers.push(warsaw);
		expect(await zoneOf(shop)).toBe('Europe/Warsaw');
	});

	test('is not taken for unknown when the shop is overloaded for longer', async () => {
		const { shop } = shopOf([{ kind: 'server', sent: true, status: 503 }]);
		await expect(zoneOf(shop)).rejects.toMatchObject({ failure: { status: 503 } });
	});

	test.each([
		['the key may not read it', { kind: 'permission', sent: true, status: 401 } as Failure],
		['the shop can never list it', { kind: 'server', sent: true, status: 500 } as Failure],
		['the shop holds none', []],
	])('is unknown when %s, and that is remembered', async (_, answer) => {
		const { shop, asked } = shopOf([answer]);
		const missing: string[] = [];
		expect(await zoneOf(shop, missing)).toBeUndefined();
		expect(missing).toHaveLength(1);
		const before = asked();
		expect(await zoneOf(shop)).toBeUndefined();
		expect(asked()).toBe(before);
	});
});

describe('a search for a text with an underscore, which is any character to the shop', () => {
	const rows = ['A_B', 'AxB', 'xA_Bx', 'á_b', 'ab'].map((reference, index) => ({
		id: `${index + 1}`,
		reference,
	}));
	const found = async (where: Parameters<typeof listing>[0]['where']) => {
		const { shop } = shopOf([rows]);
		const records = await shop.list(listing({ resource: 'products', where }));
		return records.map(({ reference }) => reference);
	};

	test('gives what contains it, begins with it, or ends with it', async () => {
		expect(await found([contains('reference', 'A_B')])).toEqual(['A_B', 'xA_Bx', 'á_b']);
		expect(await found([startsWith('reference', 'a_b')])).toEqual(['A_B', 'á_b']);
		expect(await found([endsWith('reference', '_b')])).toEqual(['A_B', 'á_b']);
		expect(await found([contains('reference', '_')])).toEqual(['A_B', 'xA_Bx', 'á_b']);
	});

	test('looks into each language, and checks nothing that was not read', async () => {
		const name = [
			{ id: '1', value: 'AxB' },
			{ id: '2', value: 'A_B' },
		];
		const { matches = () => false } = contains('name', 'A_B');
		expect(matches({ id: '1', name })).toBe(true);
		expect(matches({ id: '1', name: name.slice(0, 1) })).toBe(false);
		expect(matches({ id: '1' })).toBe(true);
		expect(contains('name', 'plain').matches).toBeUndefined();
	});

	test('holds for the lists to pick from as well', async () => {
		const { shop } = shopOf([rows]);
		const where = [contains('reference', 'A_B')];
		const products = newest('products', ['id', 'reference'], ({ id = '', reference }) => ({
			name: String(reference),
			value: id,
		}));
		const { results } = await newestOfAny(shop, products, where, undefined);
		expect(results.map(({ name }) => name).sort()).toEqual(['A_B', 'xA_Bx', 'á_b']);
	});
});

test('orders of an e-mail with very many guest records are found in several requests', async () => {
	const guests = Array.from({ length: 1_600 }, (_, index) => `${100_000 + index}`);
	const lengths: number[] = [];
	const shop = shopOver<PrestaShopRecord>({
		address: { url: 'https://shop.example.com', host: 'shop.example.com', settings: {} },
		send: async () => ({ status: 200, headers: {}, text: '' }),
		errorIn: async () => undefined,
		foresee: () => {},
		records: async ({ path, query = {} }) => {
			lengths.push(new URLSearchParams(query).toString().length);
			if (path[0] === 'customers') return guests.map((id) => ({ id, email: 'guest@example.com' }));
			const named = query['filter[id_customer]']?.match(/\d+/g) ?? [];
			return named
				.filter((customer) => Number(customer) % 400 === 0)
				.map((customer) => ({ id: `${Number(customer) - 99_999}`, id_customer: customer }));
		},
	});
	const searches = await orderConditions(shop, { customerEmail: 'guest@example.com' });
	const idsOf = async (order: 'oldest' | 'newest', limit: number) =>
		(await ordersWhere(shop, searches, { order, limit })).map(({ id }) => id);
	expect(await idsOf('newest', 3)).toEqual(['1201', '801', '401']);
	expect(await idsOf('oldest', 100)).toEqual(['1', '401', '801', '1201']);
	expect(Math.max(...lengths)).toBeLessThan(7_000);
});

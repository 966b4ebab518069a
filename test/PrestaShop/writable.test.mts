/** Vouchers, special prices and their like: many in few requests, each told truly. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { PRESTASHOP_VERSIONS } from '../../sandbox/prestashop/versions.mts';
import { startPrestaShopSandbox } from '../../sandbox/prestashop/shop.mts';
import type { PrestaShopSandbox } from '../../sandbox/prestashop/shop.mts';
import { executeNode } from '../support/engine.mts';
import { actionBench } from './fixtures.mts';

let shop: PrestaShopSandbox;

beforeAll(async () => {
	shop = await startPrestaShopSandbox();
});

afterAll(async () => {
	await shop.close();
});

beforeEach(() => shop.control.reset({ version: '8.2.1' }));

async function run(
	resource: string,
	operation: string,
	parameters: INodeParameters,
	count: number,
): Promise<{ rows: IDataObject[]; requests: string[] }> {
	shop.control.clearRequests();
	const { items, error } = await executeNode(
		actionBench(shop),
		{ resource, operation, ...parameters },
		{
			items: Array.from({ length: count }, (_, n) => ({ json: { n } })),
			onError: 'continueRegularOutput',
		},
	);
	if (error) throw error;
	const requests = shop.control.requests().map(({ method, path }) => `${method} ${path}`);
	return { rows: items.map(({ json }) => json), requests };
}

const VOUCHER = {
	name: 'Voucher',
	code: '=CODE{{ $json.n }}',
	date_from: '2026-01-01',
	date_to: '2027-12-31',
	additionalFields: { reduction_percent: '10' },
};

describe.each(PRESTASHOP_VERSIONS)('PrestaShop %s', (version) => {
	beforeEach(() => shop.control.reset({ version }));

	test('100 vouchers take four requests', async () => {
		const { rows, requests } = await run('cartRule', 'create', VOUCHER, 100);
		expect(rows.map(({ code }) => code)).toEqual(Array.from({ length: 100 }, (_, n) => `CODE${n}`));
		expect(rows.every(({ created }) => created === true)).toBe(true);
		expect(requests.length).toBeLessThanOrEqual(4);
		const stored = shop.control.records({ resource: 'cart_rules' });
		expect(stored).toHaveLength(100);
		expect(stored[99]).toMatchObject({ active: '1', quantity: '1', quantity_per_user: '1' });
	});

	test('150 special prices are created, changed and deleted by the hundred', async () => {
		const from = { additionalFields: { reduction: '0.1', from_quantity: '={{ $json.n + 1 }}' } };
		const made = await run('specificPrice', 'create', { id_product: '4', ...from }, 150);
		expect(made.requests.length).toBeLessThanOrEqual(3);
		const first = Number(made.rows[0]?.id);
		const one = { __rl: true, mode: 'id', value: `={{ $json.n + ${first} }}` };
		const changed = await run(
			'specificPrice',
			'update',
			{ specificPriceId: one, updateFields: { reduction: '0.2' } },
			150,
		);
		expect(changed.rows.every(({ reduction, written }) => reduction === 0.2 && written)).toBe(true);
		expect(changed.requests.length).toBeLessThanOrEqual(6);
		const gone = await run('specificPrice', 'delete', { specificPriceId: one }, 150);
		expect(gone.rows.every(({ deleted }) => deleted === true)).toBe(true);
		expect(gone.requests.length).toBeLessThanOrEqual(4);
	});
});

describe('a request that fails on the way', () => {
	const PRICES = {
		id_product: '4',
		additionalFields: { reduction: '0.1', from_quantity: '={{ $json.n + 1 }}' },
	};

	const prices = () =>
		shop.control
			.records({ resource: 'specific_prices' })
			.filter(({ id_product }) => id_product === '4');

	test('one record that the shop refuses does not keep the others from being made', async () => {
		// The shop has the third already, and ends the request there.
		shop.control.reset({ version: '9.1.4' });
		shop.control.putRecord({
			resource: 'specific_prices',
			record: {
				id_product: '4',
				from_quantity: '3',
				from: '0000-00-00 00:00:00',
				to: '0000-00-00 00:00:00',
			},
		});
		const { rows } = await run('specificPrice', 'create', PRICES, 5);
		expect(rows.map(({ created }) => created ?? false)).toEqual([true, true, false, true, true]);
		expect(rows[2]?.error).toContain('not created');
		expect(prices()).toHaveLength(5);
	});

	test('a lost answer makes no record twice', async () => {
		shop.control.addFault({
			kind: 'afterCommit500',
			match: { method: 'POST', pathIncludes: '/api/specific_prices' },
		});
		const { rows } = await run('specificPrice', 'create', PRICES, 5);
		expect(rows.every(({ created }) => created === true)).toBe(true);
		expect(prices()).toHaveLength(5);
		expect(new Set(rows.map(({ id }) => id)).size).toBe(5);
	});

	test('what was never sent is not called made', async () => {
		shop.control.addFault({
			kind: 'reset',
			match: { method: 'POST', pathIncludes: '/api/specific_prices' },
		});
		const { rows } = await run('specificPrice', 'create', PRICES, 2);
		expect(rows[0]?.error).toContain('It is not known whether the record was created');
		expect(prices()).toEqual([]);
	});
});

test('a voucher keeps its texts in every language when something else changes', async () => {
	for (const version of PRESTASHOP_VERSIONS) {
		shop.control.reset({ version });
		const name = { '1': 'Ten', '2': 'Dix', '3': 'Dziesięć' };
		shop.control.putRecord({
			resource: 'cart_rules',
			record: {
				id: 7,
				name,
				code: 'X',
				quantity: '1',
				quantity_per_user: '1',
				reduction_percent: '10.00',
				date_from: '2026-01-01 00:00:00',
				date_to: '2027-01-01 00:00:00',
			},
		});
		await run(
			'cartRule',
			'update',
			{ cartRuleId: { __rl: true, mode: 'code', value: 'X' }, updateFields: { quantity: '9' } },
			1,
		);
		expect(shop.control.getRecord({ resource: 'cart_rules', id: 7 })).toMatchObject({
			name,
			quantity: '9',
			code: 'X',
		});
	}
});

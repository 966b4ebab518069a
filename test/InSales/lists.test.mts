/** Lists as the shop may answer them: records that move on while pages are read, records without an ID. */
import { startInSalesSandbox } from '../../sandbox/insales/shop.mts';
import type { InSalesSandbox } from '../../sandbox/insales/shop.mts';
import { preciseStampOf } from '../../sandbox/insales/times.mts';
import { executeNode } from '../support/engine.mts';
import { actionBench } from './fixtures.mts';

const START = Date.parse('2027-03-10T09:00:00Z');

let shop: InSalesSandbox;

beforeAll(async () => {
	shop = await startInSalesSandbox();
});

afterAll(async () => {
	await shop.close();
});

beforeEach(() => {
	shop.control.reset();
});

/** The next request of a list gets these records. */
function answer(pathIncludes: string, records: object[]): void {
	shop.control.addFault({
		match: { pathIncludes },
		kind: 'status',
		status: 200,
		headers: { 'Content-Type': 'application/json' },
		body: JSON.stringify(records),
	});
}

async function outputOf(
	parameters: Parameters<typeof executeNode>[1],
	key: Parameters<typeof actionBench>[1] = 'full',
) {
	const { items, error } = await executeNode(actionBench(shop, key), parameters);
	expect(error).toBeUndefined();
	return items.map(({ json }) => json);
}

test('a record edited while its list is read comes once, as it is in the end, where its last change puts it', async () => {
	const [record = {}] = shop.control.records({ resource: 'products' });
	const page = Array.from({ length: 250 }, (_, at) => ({
		...record,
		id: 1_000 + at,
		title: `${at}`,
		updated_at: preciseStampOf(START + at * 1_000),
	}));
	const updated_at = preciseStampOf(START + 900_000);
	answer('/products.json', page);
	answer('/products.json', [{ ...page[1], title: 'Кружка, новая', updated_at }]);
	const products = await outputOf({
		resource: 'product',
		operation: 'getAll',
		returnAll: true,
		simplify: false,
		filters: { updatedAfter: new Date(START).toISOString() },
	});
	const titles = products.map(({ title }) => title);
	expect(titles).toHaveLength(250);
	expect(titles.slice(0, 2)).toEqual(['0', '2']);
	expect(titles.at(-1)).toBe('Кружка, новая');
});

describe('statuses without an ID', () => {
	const statuses = [
		{ permalink: 'new', title: 'Новый', system_status: 'new', position: 1 },
		{ permalink: 'sborka', title: 'Сборка', system_status: 'accepted', position: 2 },
		{ permalink: 'v-puti', title: 'В пути', system_status: 'dispatched', position: 3 },
	];

	test('are all listed', async () => {
		answer('custom_statuses', statuses);
		const found = await outputOf({
			resource: 'customStatus',
			operation: 'getAll',
			returnAll: true,
		});
		expect(found.map(({ id }) => id)).toEqual(['new', 'sborka', 'v-puti']);
	});

	test('can be chosen for an order', async () => {
		const { id } = shop.control.placeOrder();
		shop.control.putRecord({ resource: 'custom_statuses', record: { id: 900, ...statuses[1] } });
		answer('custom_statuses', statuses);
		await outputOf({
			resource: 'order',
			operation: 'changeStatus',
			orderId: { __rl: true, mode: 'id', value: `${id}` },
			statusId: { __rl: true, mode: 'name', value: 'Сборка' },
		});
		expect(shop.control.getRecord({ resource: 'orders', id })).toMatchObject({
			fulfillment_status: 'accepted',
			custom_status: { permalink: 'sborka' },
		});
	});
});

test('a key that may not see the statuses of the shop is given the system ones', async () => {
	const all = { resource: 'customStatus', operation: 'getAll', returnAll: true };
	const found = await outputOf(all, 'productsOnly');
	expect(found).toHaveLength(7);
	expect(found[0]).toMatchObject({ id: 'new', name: 'Новый', phase: 'new', custom: false });
});

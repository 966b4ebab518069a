/** Finding records by what InSales cannot search for: numbers, emails, phones and SKUs. */
import type { IDataObject } from 'n8n-workflow';
import { startInSalesSandbox } from '../../sandbox/insales/shop.mts';
import type { InSalesSandbox } from '../../sandbox/insales/shop.mts';
import { executeNode } from '../support/engine.mts';
import { actionBench, locator } from './fixtures.mts';

let shop: InSalesSandbox;

beforeAll(async () => {
	shop = await startInSalesSandbox();
	shop.control.seed({ orders: 2_000, products: 600, clients: 1_300, spacingMs: 60_000 });
});

afterAll(async () => {
	await shop.close();
});

const ids = (count: number) => Array.from({ length: count }, (_, id) => id);

/** Runs an operation for each ID; gives what came out and the requests it took. */
async function run(parameters: IDataObject, items: number[] = [0]) {
	shop.control.clearRequests();
	const { items: output, error } = await executeNode(
		actionBench(shop, 'full'),
		parameters as never,
		{ items: items.map((id) => ({ json: { id } })) },
	);
	expect(error).toBeUndefined();
	const requests = shop.control.requests().map(({ path }) => String(path));
	return { found: output.map(({ json }) => json), requests };
}

const byNumber = (number: number | string) => ({
	resource: 'order',
	operation: 'get',
	orderId: locator('number', number),
});

const byEmail = (email: string) => ({
	resource: 'client',
	operation: 'get',
	clientId: locator('email', email),
});

const orders = () =>
	shop.control.records({ resource: 'orders' }).sort((a, b) => Number(a.id) - Number(b.id));

test('an order among thousands is found by its number: at first page by page, then at once', async () => {
	const all = orders();
	const early = Number(all[700]?.number);
	const cold = await run(byNumber(early));
	expect(cold.found).toEqual([expect.objectContaining({ number: `${early}` })]);
	// The newest page, and no further than the third from the beginning.
	expect(cold.requests).toHaveLength(4);
	const again = await run(byNumber(early));
	expect(again.found).toEqual(cold.found);
	expect(again.requests).toHaveLength(1);
	const late = Number(all[1_500]?.number);
	expect((await run(byNumber(late))).found).toEqual([
		expect.objectContaining({ number: `${late}` }),
	]);
});

test('the orders of a customer cost one look at what changed and one request each', async () => {
	const [known] = orders().slice(-1_000);
	const { email } = (known?.client ?? {}) as IDataObject;
	const search = { resource: 'order', operation: 'getAll', returnAll: true, filters: { email } };
	const cold = await run(search);
	const right = orders().filter(({ client }) => (client as IDataObject).email === email);
	expect(cold.found).toHaveLength(right.length);
	expect(cold.requests.length).toBeLessThanOrEqual(10);
	const { number } = shop.control.placeOrder();
	const warm = await run(search);
	expect(warm.found).toEqual(cold.found);
	expect(warm.requests).toHaveLength(1 + right.length);
	const placed = await run(byNumber(number));
	expect(placed.found).toEqual([expect.objectContaining({ number: `${number}` })]);
	expect(placed.requests.length).toBeLessThanOrEqual(2);
});

test('1,000 clients by email cost as many requests as the list has pages', async () => {
	const { found, requests } = await run(byEmail('=client{{ $json.id }}@example.com'), ids(1_000));
	expect(found.map(({ email }) => email)).toEqual(
		ids(1_000).map((id) => `client${id}@example.com`),
	);
	expect(requests.length).toBeLessThanOrEqual(6);
	const one = await run(byEmail('CLIENT7@example.com'));
	expect(one.found).toEqual([expect.objectContaining({ email: 'client7@example.com' })]);
	expect(one.requests).toHaveLength(2);
});

test('a client whose email changed is found by the new one only', async () => {
	const client = await run(byEmail('client9@example.com'));
	const changed = { resource: 'client', operation: 'update' };
	const clientId = locator('id', String(client.found[0]?.id));
	await run({ ...changed, clientId, updateFields: { email: 'moved@example.com' } });
	expect((await run(byEmail('moved@example.com'))).found).toEqual([
		expect.objectContaining({ id: client.found[0]?.id }),
	]);
	const { error } = await executeNode(
		actionBench(shop, 'full'),
		byEmail('client9@example.com') as never,
	);
	expect(error?.message).toContain('The shop has no client with the email');
});

test('SKUs are found through what is known of the catalogue', async () => {
	const bySku = (sku: string) => ({
		resource: 'product',
		operation: 'get',
		productId: locator('sku', sku),
	});
	const first = await run(bySku('BULK-00123'));
	expect(JSON.stringify(first.found)).toContain('BULK-00123');
	const [{ id: productId } = {}] = shop.control.records({ resource: 'products' });
	shop.control.updateProduct({ productId: Number(productId), price: 777 });
	await run(bySku('BULK-00123'));
	const second = await run(bySku('BULK-00456'));
	const lists = second.requests.filter((path) => path.includes('products'));
	expect(lists).toHaveLength(2);
	expect(JSON.stringify(second.found)).toContain('BULK-00456');
});

test('a wrong password finds nothing in what another run has learnt', async () => {
	const [known] = orders();
	const { error } = await executeNode(
		actionBench(shop, 'full', { password: 'wrong' }),
		byNumber(Number(known?.number)) as never,
	);
	expect(error?.message).toMatch(/password|key/i);
});

/** The verbs that every sandbox shop offers over HTTP, for workflows and scripts outside of its process. */
import { startInSalesSandbox } from '../../sandbox/insales/shop.mts';
import { startPrestaShopSandbox } from '../../sandbox/prestashop/shop.mts';
import { startShoperSandbox } from '../../sandbox/shoper/shop.mts';

describe.each([
	['PrestaShop', startPrestaShopSandbox, '/api/orders'],
	['Shoper', startShoperSandbox, '/webapi/rest/orders'],
	['InSales', startInSalesSandbox, '/admin/orders.json'],
])('%s', (_, start, orders) => {
	let shop: { url: string; close(): Promise<void> };

	beforeAll(async () => {
		shop = await start();
	});

	afterAll(async () => await shop.close());

	async function tell(verb: string, argument: object = {}) {
		const response = await fetch(`${shop.url}/_sandbox/${verb}`, {
			method: 'POST',
			body: JSON.stringify(argument),
		});
		return { status: response.status, body: (await response.json()) as Record<string, unknown> };
	}

	test('stops the clock, moves it and lets it go', async () => {
		const ms = Date.parse('2027-01-02T03:04:05Z');
		await tell('setNow', { ms });
		await tell('freeze');
		await tell('advance', { ms: 60_000 });
		const { ms: stopped } = (await tell('now')).body;
		expect(stopped).toBeGreaterThanOrEqual(ms + 60_000);
		expect((await tell('now')).body.ms).toBe(stopped);
		expect((await tell('unfreeze')).status).toBe(200);
	});

	test('keeps a copy of the database and puts it back', async () => {
		const { status, body: snapshot } = await tell('snapshot');
		expect(status).toBe(200);
		expect((await tell('restore', { snapshot })).status).toBe(200);
		const unknown = await tell('restore', { snapshot: 'none' });
		expect(unknown).toEqual({ status: 400, body: { error: 'There is no snapshot "none".' } });
	});

	test('breaks down, recovers, and lists the requests it was sent', async () => {
		await tell('clearRequests');
		await tell('addFault', { kind: 'status', status: 503, times: 0 });
		expect((await fetch(`${shop.url}${orders}`)).status).toBe(503);
		await tell('clearFaults');
		expect((await fetch(`${shop.url}${orders}`)).status).not.toBe(503);
		const { body } = await tell('requests');
		expect(body).toMatchObject([{ status: 503 }, {}]);
	});

	test('lists mails and forgets them', async () => {
		expect((await tell('mails')).body).toEqual([]);
		expect(await tell('clearMails')).toEqual({ status: 200, body: { ok: true } });
	});

	test('takes the messages of workflows and shows them', async () => {
		await tell('notify', { text: 'one' });
		await tell('notifications', { text: 'two' });
		expect((await tell('notifications')).body).toMatchObject([{ text: 'one' }, { text: 'two' }]);
	});

	test('knows no other verbs', async () => {
		expect((await tell('constructor')).status).toBe(404);
	});
});

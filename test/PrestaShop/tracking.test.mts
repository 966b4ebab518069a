/** Tracking numbers: stored once, mailed at most once. */
import { KEYS, PRESTASHOP_VERSIONS } from './conformance.mts';
import { PrestaShopApi } from '../../credentials/PrestaShopApi.credentials.ts';
import { PrestaShop } from '../../nodes/PrestaShop/PrestaShop.node.ts';
import { startPrestaShopSandbox } from '../../sandbox/prestashop/shop.mts';
import type { PrestaShopSandbox } from '../../sandbox/prestashop/shop.mts';
import { executeNode } from '../support/engine.mts';
import type { Execution } from '../support/engine.mts';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

const ORDER = '1';

async function run(
	shop: PrestaShopSandbox,
	parameters: INodeParameters = {},
	key = KEYS.full,
): Promise<Execution> {
	return await executeNode(
		{
			node: new PrestaShop(),
			credentialType: new PrestaShopApi(),
			credentials: { shopUrl: shop.url, apiKey: key ?? '', timezone: 'Europe/Warsaw' },
		},
		{
			resource: 'order',
			operation: 'updateTracking',
			orderId: { __rl: true, mode: 'id', value: ORDER },
			trackingNumber: 'PX123456789',
			...parameters,
		},
	);
}

const shipments = (shop: PrestaShopSandbox) =>
	shop.control.records({ resource: 'order_carriers' }).filter(({ id_order }) => id_order === ORDER);

const first = ({ items, error }: Execution): IDataObject => {
	if (error) throw error;
	return items[0]?.json ?? {};
};

/** Gives the carriers an address with `@` for the number, as shops with tracking have it. */
function withTrackingUrl(shop: PrestaShopSandbox): void {
	for (const { id } of shop.control.records({ resource: 'carriers' })) {
		const record = { id, url: 'https://track.example.com/@' };
		shop.control.putRecord({ resource: 'carriers', record });
	}
}

describe.each(PRESTASHOP_VERSIONS)('PrestaShop %s', (version) => {
	let shop: PrestaShopSandbox;

	beforeAll(async () => {
		shop = await startPrestaShopSandbox({ version });
	});

	beforeEach(() => shop.control.reset());

	afterAll(async () => {
		await shop.close();
	});

	test('only the number changes, and nobody is mailed', async () => {
		const [before] = shipments(shop);
		const json = first(await run(shop));
		expect(json).toMatchObject({
			trackingNumber: 'PX123456789',
			changed: true,
			emailRequested: false,
		});
		expect(json.warning).toBeUndefined();
		expect(shipments(shop)).toEqual([{ ...before, tracking_number: 'PX123456789' }]);
		expect(shop.control.mails()).toEqual([]);
	});

	test('the customer is mailed once on request, and not again for the same number', async () => {
		withTrackingUrl(shop);
		const json = first(await run(shop, { notifyCustomer: true }));
		const mails = version === '1.6.1.24' ? 0 : 1;
		expect(json.note === undefined).toBe(mails === 1);
		// The sandbox mails in 1.6 as well; the reference (4.5) says that real ones do not.
		if (mails === 1) expect(shop.control.mails()).toHaveLength(1);
		shop.control.clearMails();
		const again = first(await run(shop, { notifyCustomer: true }));
		expect(again).toMatchObject({ changed: false, emailRequested: false });
		expect(shop.control.mails()).toEqual([]);
	});

	test('without a tracking URL of the carrier the output says that no mail is sent', async () => {
		const json = first(await run(shop, { notifyCustomer: true }));
		const silent = version !== '1.7.8.11';
		expect(json.note !== undefined).toBe(silent);
		expect(shop.control.mails()).toHaveLength(silent ? 0 : 1);
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

	test('of several shipments the newest is meant, or the one that is named', async () => {
		const [row] = shipments(shop);
		const { id: _, ...rest } = row ?? {};
		const { id } = shop.control.putRecord({ resource: 'order_carriers', record: rest });
		expect(first(await run(shop))).toMatchObject({
			orderCarrierId: String(id),
			otherOrderCarrierIds: [String(row?.id)],
		});
		const options = { orderCarrierId: String(row?.id) };
		first(await run(shop, { trackingNumber: 'OLD-1', options }));
		expect(shipments(shop).map(({ tracking_number }) => tracking_number)).toEqual([
			'OLD-1',
			'PX123456789',
		]);
		const { error } = await run(shop, { options: { orderCarrierId: '999' } });
		expect(error?.message).toContain('belong to the order');
	});

	test.each(['afterCommit500', 'truncate'] as const)(
		'an answer lost by %s is looked into, and the mail is not sent twice',
		async (kind) => {
			withTrackingUrl(shop);
			shop.control.addFault({ kind, match: { method: 'PATCH' } });
			const json = first(await run(shop, { notifyCustomer: true }));
			expect(json.changed).toBe(true);
			if (kind === 'afterCommit500') expect(json.warning).toContain('Do not repeat this');
			expect(shop.control.mails()).toHaveLength(1);
		},
	);

	test('a failure before anything was stored says so', async () => {
		shop.control.addFault({ kind: 'status', status: 500, match: { method: 'PATCH' } });
		const { error } = await run(shop);
		expect(error?.message).toContain('was not stored so far');
	});

	test('a key without the right to write hears which one to tick', async () => {
		const key = 'TRACKINGREADKEY00000000000000006';
		shop.control.addKey({ key, permissions: { orders: ['GET'], order_carriers: ['GET'] } });
		const { error } = await run(shop, {}, key);
		expect(error?.message).toContain('order_carriers – ');
		expect(shop.control.requests().every(({ method }) => method === 'GET')).toBe(true);
	});

	test('an order without shipments cannot have a number', async () => {
		for (const { id } of shipments(shop)) {
			shop.control.deleteRecord({ resource: 'order_carriers', id: Number(id) });
		}
		const { error } = await run(shop);
		expect(error?.message).toContain('no shipment');
	});

	test('a dry run writes nothing', async () => {
		expect(first(await run(shop, { options: { dryRun: true } }))).toMatchObject({ changed: false });
		expect(shipments(shop)[0]?.tracking_number).toBe('');
	});
});

describe('shipping an order in one step', () => {
	let shop: PrestaShopSandbox;

	beforeAll(async () => {
		shop = await startPrestaShopSandbox();
	});

	beforeEach(() => shop.control.reset());

	afterAll(async () => {
		await shop.close();
	});

	const ship = async (more: INodeParameters = {}) =>
		await run(shop, {
			operation: 'ship',
			stateId: { __rl: true, mode: 'id', value: '4' },
			...more,
		});

	test('sends one email, after the number is stored', async () => {
		withTrackingUrl(shop);
		expect(first(await ship({ notifyCustomer: true }))).toMatchObject({ changed: true });
		expect(shop.control.mails().map(({ subject }) => subject)).toEqual(['Shipped']);
		const writes = shop.control.requests().filter(({ method }) => method !== 'GET');
		expect(writes.map(({ path }) => path.split('?')[0])).toEqual([
			expect.stringContaining('/api/order_carriers'),
			'/api/order_histories',
		]);
	});

	test('says what is done when the status is refused', async () => {
		shop.control.addFault({
			kind: 'status',
			status: 503,
			times: 0,
			match: { method: 'POST', pathIncludes: '/api/order_histories' },
		});
		const { error } = await ship();
		expect(error?.message).toContain('The tracking number is stored');
		expect(shipments(shop)[0]?.tracking_number).toBe('PX123456789');
	});
});

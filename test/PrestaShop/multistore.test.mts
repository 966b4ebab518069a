/** "Shop Context": operations and triggers in one shop of several, a group, all, or none. */
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { PrestaShop } from '../../nodes/PrestaShop/PrestaShop.node.ts';
import { PrestaShopTrigger } from '../../nodes/PrestaShop/PrestaShopTrigger.node.ts';
import { resources } from '../../nodes/PrestaShop/actions/index.ts';
import { startPrestaShopSandbox } from '../../sandbox/prestashop/shop.mts';
import type { PrestaShopSandbox, PrestaShopVersion } from '../../sandbox/prestashop/shop.mts';
import { executeNode, searchList } from '../support/engine.mts';
import {
	FULL,
	LIMITED,
	NO_HISTORY,
	actionBench,
	addNoHistoryKey,
	ids,
	triggerBench,
} from './fixtures.mts';

let shop: PrestaShopSandbox;

async function open(version: PrestaShopVersion): Promise<void> {
	shop = await startPrestaShopSandbox({ version });
	addSecondShop();
}

function addSecondShop(): void {
	shop.control.putRecord({
		resource: 'shops',
		record: { id: 2, name: 'Second', active: '1', id_shop_group: '1' },
	});
	addNoHistoryKey(shop);
}

function requested(): string[] {
	return shop.control.requests().map(({ method, path }) => `${method} ${path}`);
}

function getMany(shopContext?: unknown): IDataObject {
	const options = shopContext === undefined ? {} : { shopContext };
	return { resource: 'order', operation: 'getAll', returnAll: true, options };
}

/** An order of the second shop, with a customer of its own. */
function placeInSecond() {
	const email = 'second@example.com';
	return shop.control.placeOrder({ shopId: 2, email, firstName: 'Sonia', lastName: 'Druga' });
}

describe('operations', () => {
	beforeAll(async () => await open('8.2.1'));
	afterAll(async () => await shop.close());
	beforeEach(() => {
		shop.control.reset();
		addSecondShop();
	});

	test('every operation and the trigger offer it once, under Options', () => {
		const fields = new PrestaShop().description.properties as INodeProperties[];
		for (const { value: resource, operations } of resources) {
			for (const { value: operation } of operations) {
				const options = fields.filter(
					({ name, displayOptions }) =>
						name === 'options' &&
						displayOptions?.show?.resource?.includes(resource) &&
						displayOptions.show.operation?.includes(operation),
				);
				expect(options).toHaveLength(1);
				const names = (options[0]?.options as INodeProperties[]).map(
					({ displayName }) => displayName,
				);
				expect(names.filter((name) => name === 'Shop Context')).toHaveLength(1);
				expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b)));
			}
		}
		const trigger = new PrestaShopTrigger().description.properties as INodeProperties[];
		const [options] = trigger.filter(({ name }) => name === 'options');
		expect((options?.options as INodeProperties[]).map(({ name }) => name)).toContain(
			'shopContext',
		);
	});

	test.each([
		[{ mode: 'id', value: '2' }, 'id_shop=2'],
		[{ mode: 'list', value: '2' }, 'id_shop=2'],
		['2', 'id_shop=2'],
		[2, 'id_shop=2'],
		[{ mode: 'id', value: 'group:1' }, 'id_group_shop=1'],
		[{ mode: 'id', value: 'Group: 1' }, 'id_group_shop=1'],
		[{ mode: 'id', value: 'all' }, 'id_shop=all'],
	])('%j is sent with every request as %s', async (shopContext, parameter) => {
		placeInSecond();
		shop.control.clearRequests();
		const { items, error } = await executeNode(
			actionBench(shop, FULL),
			getMany(shopContext) as never,
		);
		expect(error).toBeUndefined();
		expect(items.length).toBeGreaterThan(0);
		expect(requested().length).toBeGreaterThan(2);
		for (const request of requested()) expect(request).toContain(parameter);
	});

	test('lists show the chosen shop only', async () => {
		const { id } = placeInSecond();
		const second = await executeNode(actionBench(shop), getMany('2') as never);
		expect(ids(second.items)).toEqual([id]);
		expect(second.items[0]?.json.customer).toMatchObject({ email: 'second@example.com' });
		const first = await executeNode(actionBench(shop), getMany('1') as never);
		expect(ids(first.items)).not.toContain(id);
		const all = await executeNode(actionBench(shop), getMany('all') as never);
		expect(all.items).toHaveLength(first.items.length + 1);
	});

	test('items may name different shops; what one found is not taken for the other', async () => {
		const { id } = placeInSecond();
		const parameters = {
			resource: 'order',
			operation: 'getLatest',
			customer: { mode: 'email', value: '={{ $json.email }}' },
			options: { shopContext: { mode: 'id', value: '={{ $json.shop }}' } },
		};
		const email = 'second@example.com';
		const input = [
			{ email, shop: '1' },
			{ email, shop: '2' },
			{ email, shop: 'all' },
			{ email, shop: '99' },
			{ email, shop: '2' },
		];
		const { items } = await executeNode(actionBench(shop), parameters, {
			items: input.map((json) => ({ json })),
			onError: 'continueRegularOutput',
		});
		expect(items.map(({ json }) => json.id ?? 'error')).toEqual([
			'error',
			String(id),
			String(id),
			'error',
			String(id),
		]);
		expect(items[0]?.json.error).toContain('no customer with the email');
		expect(items[3]?.json.error).toContain('no shop with the ID 99');
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 1, 2, 3, 4].map((item) => ({ item })),
		);
	});

	test('equal shops share their look-ups', async () => {
		const placed = [placeInSecond(), placeInSecond(), placeInSecond()];
		shop.control.clearRequests();
		const { items } = await executeNode(
			actionBench(shop, LIMITED),
			{
				resource: 'order',
				operation: 'get',
				orderId: { mode: 'id', value: '={{ $json.id }}' },
				options: { shopContext: { mode: 'id', value: '2' } },
			},
			{ items: placed.map(({ id }) => ({ json: { id } })) },
		);
		expect(items).toHaveLength(3);
		expect(requested().filter((request) => request.includes('/orders?'))).toHaveLength(1);
		expect(requested().filter((request) => request.includes('/customers?'))).toHaveLength(1);
	});

	test('without a context an order of another shop is found, its customer too', async () => {
		const { id } = placeInSecond();
		const { items, error } = await executeNode(actionBench(shop, LIMITED), {
			resource: 'order',
			operation: 'get',
			orderId: { mode: 'id', value: String(id) },
		});
		expect(error).toBeUndefined();
		expect(items[0]?.json.customer).toMatchObject({ email: 'second@example.com' });
	});

	test('a change is made in the chosen shop, and the next item may go to another', async () => {
		const { id } = placeInSecond();
		const first = shop.control.placeOrder();
		shop.control.clearRequests();
		const { items, error } = await executeNode(
			actionBench(shop, LIMITED),
			{
				resource: 'orderHistory',
				operation: 'create',
				orderId: { mode: 'id', value: '={{ $json.id }}' },
				stateId: { mode: 'id', value: '4' },
				options: { shopContext: { mode: 'id', value: '={{ $json.shop }}' } },
			},
			{ items: [{ json: { id, shop: '2' } }, { json: { id: first.id, shop: '1' } }] },
		);
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json.changed)).toEqual([true, true]);
		const posts = requested().filter((request) => request.startsWith('POST'));
		expect(posts).toEqual([
			'POST /api/order_histories?id_shop=2',
			'POST /api/order_histories?id_shop=1',
		]);
	});

	test.each(['', 'group:', 'shop 2', '0', '-1', '2;3', 'group:x'])(
		'%j is refused before any request',
		async (value) => {
			shop.control.clearRequests();
			const { error } = await executeNode(
				actionBench(shop),
				getMany({ mode: 'id', value }) as never,
			);
			expect(error?.message).toContain('"Shop Context"');
			expect(error?.message).toContain('Enter the ID of a shop');
			expect(shop.control.requests()).toEqual([]);
		},
	);

	test('an unknown shop is named, with the address the shop sends the request to', async () => {
		const { error } = await executeNode(actionBench(shop), getMany('99') as never);
		expect(error?.message).toContain(
			'The multistore has no shop with the ID 99, or it is switched off',
		);
		expect(error?.message).toContain(`${shop.url}/`);
		expect(error?.message).toContain('Check "Shop Context"');
	});

	test('an unknown group', async () => {
		const { error } = await executeNode(actionBench(shop), getMany('group:99') as never);
		expect(error?.message).toContain('no such group of shops');
	});

	test('a key that is not allowed for the shop', async () => {
		shop.control.addFault({
			kind: 'status',
			status: 403,
			headers: { 'Content-Type': 'text/xml', 'PSWS-Version': '8.2.1' },
			body: '<?xml version="1.0"?><prestashop><errors><error><code><![CDATA[132]]></code><message><![CDATA[No permission for this shop]]></message></error></errors></prestashop>',
			times: 0,
		});
		const { error } = await executeNode(actionBench(shop), getMany('2') as never);
		expect(error?.message).toContain('key is not allowed for this shop of the multistore');
		expect(error?.message).toContain('edit the key and tick the shop');
	});
});

test('the lists of the editor show the chosen shop', async () => {
	await open('8.2.1');
	try {
		const { id } = placeInSecond();
		const bench = actionBench(shop);
		expect(
			(await searchList(bench, 'searchOrders')).results.map(({ value }) => value),
		).not.toContain(String(id));
		const options = { shopContext: { __rl: true, mode: 'id', value: '2' } };
		const { results } = await searchList(bench, 'searchOrders', '', undefined, { options });
		expect(results.map(({ value }) => value)).toEqual([String(id)]);
		const unknown = { shopContext: { __rl: true, mode: 'id', value: '99' } };
		const shops = await searchList(bench, 'searchShops', '', undefined, { options: unknown });
		expect(shops.results.map(({ value }) => value)).toContain('2');
	} finally {
		await shop.close();
	}
});

describe.each(['1.6.1.24', '1.7.8.11', '8.2.1', '9.1.4'] as const)(
	'the trigger on %s',
	(version) => {
		beforeAll(async () => await open(version));
		afterAll(async () => await shop.close());
		beforeEach(() => {
			shop.control.reset();
			addSecondShop();
		});

		const answersForAll = version === '8.2.1' || version === '9.1.4';

		async function started(event: string, shopContext?: string, key = LIMITED) {
			const options =
				shopContext === undefined ? {} : { shopContext: { mode: 'id', value: shopContext } };
			const trigger = triggerBench(shop, { event, options }, key);
			expect(await trigger.poll('activate')).toEqual([]);
			return trigger;
		}

		test('without a context, new orders of all shops come, customers included', async () => {
			const trigger = await started('orderCreated');
			const first = shop.control.placeOrder();
			const second = placeInSecond();
			const items = await trigger.poll();
			expect(ids(items)).toEqual([first.id, second.id]);
			expect(items[1]?.json.customer).toMatchObject({ email: 'second@example.com' });
			expect(await trigger.poll()).toEqual([]);
		});

		test('in a chosen shop, only its orders come', async () => {
			const trigger = await started('orderCreated', '2');
			shop.control.placeOrder();
			const second = placeInSecond();
			expect(ids(await trigger.poll())).toEqual([second.id]);
			expect(await trigger.poll()).toEqual([]);
		});

		test('changes of status: in the chosen shop, or everywhere', async () => {
			const first = shop.control.placeOrder();
			const second = placeInSecond();
			const chosen = await started('orderStatusChanged', '2');
			const everywhere = await started('orderStatusChanged');
			for (const orderId of [first.id, second.id])
				shop.control.changeState({ orderId, stateId: 2 });
			expect(ids(await chosen.poll())).toEqual([second.id]);
			expect(ids(await everywhere.poll())).toEqual([first.id, second.id]);
		});

		test('without the history, all shops are watched where the version can do that', async () => {
			const trigger = await started('orderCreated', undefined, NO_HISTORY);
			const first = shop.control.placeOrder();
			const second = placeInSecond();
			const expected = answersForAll ? [first.id, second.id] : [first.id];
			expect(ids(await trigger.poll())).toEqual(expected);
		});

		test('without the history, a chosen shop is watched on every version', async () => {
			const trigger = await started('orderStatusChanged', '2', NO_HISTORY);
			const { id } = placeInSecond();
			await trigger.poll();
			shop.control.changeState({ orderId: id, stateId: 2 });
			expect(ids(await trigger.poll())).toEqual([id]);
		});

		test('a failure while an order of another shop is read does not lose it', async () => {
			const trigger = await started('orderCreated');
			const { id } = placeInSecond();
			const pathIncludes = answersForAll ? `filter[id]=[${id}]` : `/orders/${id}`;
			shop.control.addFault({ match: { pathIncludes }, kind: 'status', status: 500 });
			expect(await trigger.poll()).toEqual([]);
			expect(ids(await trigger.poll())).toEqual([id]);
		});

		test('another context is another trigger: it starts over', async () => {
			const trigger = await started('orderCreated', '2');
			placeInSecond();
			const other = triggerBench(shop, {
				event: 'orderCreated',
				options: { shopContext: { mode: 'id', value: '1' } },
			});
			other.staticData = structuredClone(trigger.staticData);
			expect(await other.poll()).toEqual([]);
		});

		test('an unknown shop is told', async () => {
			const options = { shopContext: { mode: 'id', value: '99' } };
			const trigger = triggerBench(shop, { event: 'orderCreated', options });
			await expect(trigger.poll('activate')).rejects.toThrow('no shop with the ID 99');
		});

		test('new customers of the chosen shop', async () => {
			const trigger = await started('customerCreated', '2');
			shop.control.placeOrder({ email: 'first@example.com' });
			placeInSecond();
			const items = await trigger.poll();
			expect(items.map(({ json }) => json.email)).toEqual(['second@example.com']);
		});
	},
);

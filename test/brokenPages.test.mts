/** Lists of real nodes behind hosts that cannot give some pages, or some record: actions, pickers and triggers. */
import type { INodeParameters } from 'n8n-workflow';

import { startInSalesSandbox } from '../sandbox/insales/shop.mts';
import { startPrestaShopSandbox } from '../sandbox/prestashop/shop.mts';
import { SHOPER_TOKENS, startShoperSandbox } from '../sandbox/shoper/shop.mts';
import { actionBench as inSalesBench } from './InSales/fixtures.mts';
import { triggerBench as inSalesTrigger } from './InSales/triggerFixtures.mts';
import {
	actionBench as prestaShopBench,
	triggerBench as prestaShopTrigger,
} from './PrestaShop/fixtures.mts';
import { actionBench as shoperBench, tokenCredentials } from './Shoper/fixtures.mts';
import { triggerBench as shoperTrigger } from './Shoper/triggerFixtures.mts';
import { executeNode, searchList } from './support/engine.mts';
import type { Bench, TriggerBench } from './support/engine.mts';
import { HostileFront } from './support/hostileFront.mts';

interface Scene {
	name: string;
	front: HostileFront;
	bench: Bench;
	trigger(parameters: INodeParameters): TriggerBench;
	/** IDs of all orders. */
	orders(): string[];
	/** How an answer counts as one with a whole order, and with the one of an ID. */
	wholeOrder: RegExp;
	orderOf(id: string): RegExp;
	picker: string;
	placeOrder(): string;
	close(): Promise<void>;
}

async function frontOf(url: string): Promise<HostileFront> {
	return await new HostileFront(url).start();
}

const scenes: Array<[string, () => Promise<Scene>]> = [
	[
		'PrestaShop',
		async () => {
			const shop = await startPrestaShopSandbox();
			shop.control.seed({ orders: 60 });
			const front = await frontOf(shop.url);
			return {
				name: 'PrestaShop',
				front,
				bench: prestaShopBench(front),
				trigger: (parameters) => prestaShopTrigger(front, parameters),
				orders: () => shop.control.records({ resource: 'orders' }).map(({ id }) => String(id)),
				wholeOrder: /<order>|<order_history>/g,
				orderOf: (id) => new RegExp(`<order>\\s*<id>(<!\\[CDATA\\[)?${id}\\D[\\s\\S]{0,400}<id_`),
				picker: 'searchOrders',
				placeOrder: () => String(shop.control.placeOrder().id),
				close: async () => {
					await front.stop();
					await shop.close();
				},
			};
		},
	],
	[
		'Shoper',
		async () => {
			const shop = await startShoperSandbox({ bucket: { limit: 1000, perSecond: 1000 } });
			shop.control.seed({ orders: 60 });
			const front = await frontOf(shop.url);
			return {
				name: 'Shoper',
				front,
				bench: shoperBench(tokenCredentials(front, SHOPER_TOKENS.full)),
				trigger: (parameters) => shoperTrigger(front, parameters),
				orders: () =>
					shop.control.records({ resource: 'orders' }).map((each) => String(each.order_id)),
				wholeOrder: /"order_id":"?\d+"?,"user_id"/g,
				orderOf: (id) => new RegExp(`"order_id":"?${id}"?,"user_id"`),
				picker: 'searchOrders',
				placeOrder: () => String(shop.control.placeOrder().id),
				close: async () => {
					await front.stop();
					await shop.close();
				},
			};
		},
	],
	[
		'InSales',
		async () => {
			const shop = await startInSalesSandbox();
			shop.control.seed({ orders: 60 });
			const front = await frontOf(shop.url);
			return {
				name: 'InSales',
				front,
				bench: inSalesBench(front),
				trigger: (parameters) => inSalesTrigger(front, parameters),
				orders: () => shop.control.records({ resource: 'orders' }).map(({ id }) => String(id)),
				wholeOrder: /"order_lines":/g,
				orderOf: (id) => new RegExp(`"id":${id},[^{}]{0,2000}`),
				picker: 'searchOrders',
				placeOrder: () => String(shop.control.placeOrder().id),
				close: async () => {
					await front.stop();
					await shop.close();
				},
			};
		},
	],
];

const all: INodeParameters = {
	resource: 'order',
	operation: 'getAll',
	returnAll: true,
	simplify: false,
};

describe.each(scenes)('%s', (name, open) => {
	let scene: Scene;

	beforeAll(async () => {
		scene = await open();
	});

	afterAll(async () => {
		await scene.close();
	});

	beforeEach(() => {
		scene.front.refuses = () => undefined;
		scene.front.refused = 0;
		scene.front.gives = Number.POSITIVE_INFINITY;
	});

	const idOf = (json: Readonly<Record<string, unknown>>) => String(json.id ?? json.order_id);

	/** More whole orders than this in an answer are too much for the host. */
	const limitTo = (most: number, status = 500) => {
		scene.front.refuses = (answer) =>
			(answer.match(scene.wholeOrder) ?? []).length > most ? status : undefined;
	};

	test.each([500, 503, 504])(
		'a host that answers %s for more than 12 orders gives them all',
		async (status) => {
			limitTo(12, status);
			const { items, hints, error } = await executeNode(scene.bench, all);
			expect(error).toBeUndefined();
			expect(hints).toEqual([]);
			expect(scene.front.refused).toBeGreaterThan(0);
			expect(items.map(({ json }) => idOf(json)).sort()).toEqual(scene.orders().sort());
		},
	);

	test('a host that gives 37 at once, whatever is asked for, gives them all', async () => {
		scene.front.gives = 37;
		const { items } = await executeNode(scene.bench, all);
		expect(items).toHaveLength(scene.orders().length);
	});

	test('the list to pick from fills on such a host', async () => {
		limitTo(12);
		const { results } = await searchList(scene.bench, scene.picker);
		expect(scene.front.refused).toBeGreaterThan(0);
		expect(results.length).toBeGreaterThanOrEqual(Math.min(50, scene.orders().length));
	});

	test('a trigger on such a host delivers what is new', async () => {
		limitTo(12);
		const trigger = scene.trigger({ event: 'orderCreated' });
		expect(await trigger.poll('activate')).toEqual([]);
		const placed = [scene.placeOrder(), scene.placeOrder()];
		const delivered = await trigger.poll();
		expect(delivered.map(({ json }) => String(json.id))).toEqual(placed);
	});

	if (name === 'InSales') return;

	test('one broken order is left out of a list that is shown, and named', async () => {
		scene.front.refuses = (answer) => (scene.orderOf('7').test(answer) ? 500 : undefined);
		const { items, hints, error } = await executeNode(scene.bench, all);
		expect(error).toBeUndefined();
		const others = scene.orders().filter((each) => each !== '7');
		expect(items.map(({ json }) => idOf(json)).sort()).toEqual(others.sort());
		expect(hints).toEqual([expect.stringMatching(/^Orders 7 cannot be read and is left out: /)]);
	});
});

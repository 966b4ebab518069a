/** The trigger when the shop fails for a while. */
import { startPrestaShopSandbox } from '../../sandbox/prestashop/shop.mts';
import { testOutages } from '../support/outages.mts';
import { FULL, activated, ids, triggerBench } from './fixtures.mts';

const held = testOutages({
	start: async () => await startPrestaShopSandbox(),
	trigger: (shop, event) => triggerBench(shop, { event }, FULL),
	events: [
		'orderCreated',
		'orderStatusChanged',
		'orderPaid',
		'orderUpdated',
		'customerCreated',
		'productUpdated',
	],
	happen: ({ control }) => {
		control.changeState({ orderId: control.placeOrder().id, stateId: 2 });
		const record = { id: 1, date_upd: control.now().wall };
		control.putRecord({ resource: 'products', record });
	},
});

test.each([1, 2, 3, 0])(
	'contents that cannot be read for a while are no change (%d)',
	async (times) => {
		const [shop, time] = [held.shop(), held.time()];
		const trigger = await activated(triggerBench(shop, { event: 'productUpdated' }, FULL), time);
		const products = [1, 2, 3];
		for (const id of products) {
			const record = { id, price: '7.000000', date_upd: shop.control.now().wall };
			shop.control.putRecord({ resource: 'products', record });
		}
		expect(ids(await trigger.poll())).toEqual(products);
		time.pass(1);
		const match = { pathIncludes: 'filter[id]=' };
		shop.control.addFault({ kind: 'status', status: 500, times, match });
		expect(await trigger.poll().catch(() => [])).toEqual([]);
		shop.control.clearFaults();
		time.pass(1);
		expect(await trigger.poll()).toEqual([]);
	},
);

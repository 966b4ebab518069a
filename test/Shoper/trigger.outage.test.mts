/** The trigger when the shop fails for a while. */
import { testOutages } from '../support/outages.mts';
import { triggerBench, wideShop } from './triggerFixtures.mts';

testOutages({
	start: async () => await wideShop(),
	trigger: (shop, event) => triggerBench(shop, { event }),
	events: ['orderCreated', 'orderStatusChanged', 'orderPaid', 'customerCreated', 'productUpdated'],
	happen: ({ control }) => {
		const { id: orderId } = control.placeOrder();
		control.advance({ ms: 1_000 });
		control.changeStatus({ orderId, statusId: 4 });
		control.setPaid({ orderId });
		control.addCustomer({ email: 'ewa@example.com' });
	},
});

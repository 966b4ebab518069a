/** The trigger when the shop fails for a while. */
import { startInSalesSandbox } from '../../sandbox/insales/shop.mts';
import { testOutages } from '../support/outages.mts';
import { triggerBench } from './triggerFixtures.mts';

testOutages({
	start: async () => await startInSalesSandbox(),
	trigger: (shop, event) => triggerBench(shop, { event }),
	events: [
		'orderCreated',
		'orderStatusChanged',
		'orderPaid',
		'orderUpdated',
		'customerCreated',
		'productUpdated',
	],
	happen: ({ control }) => {
		const { id: orderId } = control.placeOrder();
		control.changeStatus({ orderId, system: 'approved' });
		control.changePayment({ orderId, status: 'paid' });
		control.addClient({ name: 'Ева', phone: '+79000000001' });
	},
});

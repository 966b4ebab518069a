import { PrestaShopTools } from '../../nodes/PrestaShop/PrestaShopTools.node.ts';
import { assistantBench } from '../support/tools.mts';
import type { AssistantSuite } from '../support/tools.mts';
import { suite } from './conformance.mts';

export const assistant: AssistantSuite = {
	start: async () => {
		const shop = await suite.start('8.2.1');
		return { ...shop, bench: assistantBench(shop.bench('full'), new PrestaShopTools()) };
	},
	names: {
		order: '5',
		email: 'demo.customer2@example.com',
		changeable: '4',
		variants: 'hummingbird sweater',
		products: 'mug',
		product: '19',
		single: '6',
		language: 'en',
		shipped: 'shipped',
		cancelled: 'cancelled',
		mail: { shipped: true, cancelled: false },
		customer: 'demo.customer1@example.com',
		newOrder: {
			items: 'demo_14 x 2',
			email: 'demo.customer2@example.com',
			first_name: 'John',
			last_name: 'Doe',
			delivery: 'My carrier, Delivery next day!',
			payment: 'Bank wire',
			street: '16, Main street',
			postcode: '75002',
			city: 'Paris',
			country: 'FR',
		},
	},
};

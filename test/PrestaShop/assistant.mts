import { PrestaShopTools } from '../../nodes/PrestaShop/PrestaShopTools.node.ts';
import type { AssistantSuite } from '../support/tools.mts';
import { suite } from './conformance.mts';

export const assistant: AssistantSuite = {
	start: async () => {
		const shop = await suite.start('8.2.1');
		return { ...shop, bench: { ...shop.bench('full'), node: new PrestaShopTools() } };
	},
	names: {
		order: '5',
		email: 'demo.customer2@example.com',
		changeable: '4',
		variants: 'hummingbird sweater',
		products: 'mug',
		product: 'demo_14',
		language: 'en',
		shipped: 'shipped',
		cancelled: 'cancelled',
		mail: { shipped: true, cancelled: false },
		customer: 'demo.customer1@example.com',
	},
};

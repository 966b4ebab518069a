import { InSalesTools } from '../../nodes/InSales/InSalesTools.node.ts';
import { assistantBench } from '../support/tools.mts';
import type { AssistantSuite } from '../support/tools.mts';
import { suite } from './conformance.mts';

export const assistant: AssistantSuite = {
	start: async () => {
		const shop = await suite.start('current');
		return { ...shop, bench: assistantBench(shop.bench('full'), new InSalesTools()) };
	},
	names: {
		order: '1001',
		email: 'anna@example.com',
		changeable: '1002',
		variants: 'футболка',
		products: 'кружка',
		product: '501',
		single: '502',
		shipped: 'Отгружен',
		cancelled: 'Отменён',
		mail: {},
		customer: 'ivan@example.com',
		newOrder: {
			items: 'MUG-01 x 2',
			email: 'anna@example.com',
			first_name: 'Анна',
			phone: '+79000000000',
			delivery: 'Самовывоз',
			payment: '79172',
		},
	},
};

import { InSalesTools } from '../../nodes/InSales/InSalesTools.node.ts';
import type { AssistantSuite } from '../support/tools.mts';
import { suite } from './conformance.mts';

export const assistant: AssistantSuite = {
	start: async () => {
		const shop = await suite.start('current');
		return { ...shop, bench: { ...shop.bench('full'), node: new InSalesTools() } };
	},
	names: {
		order: '1001',
		email: 'anna@example.com',
		changeable: '1002',
		variants: 'футболка',
		products: 'кружка',
		product: '501',
		shipped: 'Отгружен',
		cancelled: 'Отменён',
		mail: {},
		customer: 'ivan@example.com',
	},
};

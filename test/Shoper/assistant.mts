import { ShoperTools } from '../../nodes/Shoper/ShoperTools.node.ts';
import { assistantBench } from '../support/tools.mts';
import type { AssistantSuite } from '../support/tools.mts';
import { suite } from './conformance.mts';

export const assistant: AssistantSuite = {
	start: async () => {
		const shop = await suite.start('5.26');
		return { ...shop, bench: assistantBench(shop.bench('full'), new ShoperTools()) };
	},
	names: {
		order: '3',
		email: 'piotr.kowalski@example.com',
		changeable: '4',
		variants: 'koszulka bawełniana',
		products: 'kubek',
		product: 'BAG-1',
		single: 'BAG-1',
		language: 'en_US',
		shipped: 'shipped',
		cancelled: 'cancelled',
		mail: {},
		customer: 'anna.nowak@example.com',
		newOrder: {
			items: 'MUG-1 x 2, BAG-1',
			email: 'piotr.kowalski@example.com',
			first_name: 'Piotr',
			last_name: 'Kowalski',
			phone: '500000000',
			delivery: '8',
			payment: 'Przelew bankowy',
			street: 'Prosta 1',
			postcode: '00-001',
			city: 'Warszawa',
			country: 'PL',
		},
	},
};

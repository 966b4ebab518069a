import { ShoperTools } from '../../nodes/Shoper/ShoperTools.node.ts';
import type { AssistantSuite } from '../support/tools.mts';
import { suite } from './conformance.mts';

export const assistant: AssistantSuite = {
	start: async () => {
		const shop = await suite.start('5.26');
		return { ...shop, bench: { ...shop.bench('full'), node: new ShoperTools() } };
	},
	names: {
		order: '3',
		email: 'piotr.kowalski@example.com',
		changeable: '4',
		variants: 'koszulka bawełniana',
		products: 'kubek',
		product: 'BAG-1',
		language: 'en_US',
		shipped: 'shipped',
		cancelled: 'cancelled',
		mail: {},
		customer: 'anna.nowak@example.com',
	},
};

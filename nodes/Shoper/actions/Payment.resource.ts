import { flag, number, text } from '../../shared/output/recordShape';
import { inLanguage } from '../api/recordShape';
import { localFlag, simpleReads } from './readOnlyResources';

/** Simplified rows leave the notification texts out: they are whole pages of HTML (section 6.9). */
export const payment = simpleReads({
	value: 'payment',
	name: 'Payment',
	one: 'a payment method',
	many: 'payment methods',
	holds: 'name, kind and whether customers see it',
	path: 'payments',
	idName: 'paymentId',
	picker: 'searchPayments',
	multilingual: true,
	filters: [
		localFlag(
			{
				displayName: 'Visible',
				name: 'visible',
				type: 'boolean',
				default: true,
				description: 'Whether customers see it',
			},
			'visible',
		),
	],
	shape: {
		name: inLanguage('title'),
		// What the shop calls the name is the kind: cash, cod, external …
		kind: text('name'),
		description: inLanguage('description'),
		visible: flag('visible'),
		installed: flag('install'),
		position: number('order'),
	},
});

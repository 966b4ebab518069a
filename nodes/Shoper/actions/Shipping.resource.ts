import { flag, id, number, text } from '../../shared/output/recordShape';
import { isRecord } from '../api/codec';
import type { ShoperRecord } from '../api/codec';
import { inLanguage } from '../api/recordShape';
import { localFlag, simpleReads } from './readOnlyResources';

export const shipping = simpleReads({
	value: 'shipping',
	name: 'Shipping',
	one: 'a delivery method',
	many: 'delivery methods',
	holds: 'name, cost, bounds, payment methods and the address for tracking',
	path: 'shippings',
	idName: 'shippingId',
	picker: 'searchShippings',
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
		name: (record, view) => inLanguage('name')(record, view) ?? text('name')(record),
		cost: number('cost'),
		kind: text('engine'),
		visible: flag('visible'),
		default: flag('is_default'),
		freeFrom: number('free_shipping'),
		minWeight: number('min_weight'),
		maxWeight: number('max_weight'),
		taxId: id('tax_id'),
		zoneId: id('zone_id'),
		paymentIds: paymentIdsOf,
		/** With `{tracking_number}` where the number goes. */
		trackingUrl: text('url'),
		position: number('order'),
	},
});

function paymentIdsOf({ payments }: ShoperRecord): string[] | null {
	if (!Array.isArray(payments)) return null;
	return (payments as unknown[]).map((row) => String(isRecord(row) ? row.payment_id : row));
}

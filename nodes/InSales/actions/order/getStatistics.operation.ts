import { statisticsFields, statisticsItems } from '../../../shared/actions/statistics';
import { zoneOf } from '../../api/shopClock';
import { figuresOf } from '../../orders/figures';
import { operation } from '../operation';

/** Orders in numbers, for digests and sheets: few columns, few requests. */
export const getStatistics = operation({
	value: 'getStatistics',
	name: 'Get Statistics',
	action: 'Get order statistics of a period',
	description:
		'Count the orders of a period and add up what they brought, by day, status or product. Cancelled, returned and failed orders count, but bring no revenue.',
	needs: ['orders GET'],
	items: 'together',
	fields: statisticsFields,
	run: async (shop, values) =>
		await statisticsItems(values, {
			zone: async () => await zoneOf(shop),
			read: async (period) => await figuresOf(shop, period),
		}),
});

import { INSALES_KEYS, startInSalesSandbox } from '../../../../../sandbox/insales/shop.mts';
import type { TortureEntry } from '../shops.mts';

/** Permalinks; the first is one of two custom statuses that the history of an order calls "accepted". */
const STATUSES = { processing: 'v-obrabotke', shipped: 'dispatched' };

export const inSales: TortureEntry = {
	name: 'InSales',
	trigger: 'n8n-nodes-storefronts.inSalesTrigger',
	credential: {
		type: 'inSalesApi',
		data: (shopUrl) => ({ shopUrl, ...INSALES_KEYS.chat }),
	},
	statusIds: STATUSES,
	tellsEveryStatus: true,
	isPoll: ({ path }) => path.includes('/orders.json?') && path.includes('updated_since='),
	// Whole orders: those that changed in the last quarter of an hour.
	idleBytes: 20_000,
	plays: { everything: ['memory'], outages: ['durable'] },
	open: async ({ empty }) => {
		const { url, control, close } = await startInSalesSandbox({ empty });
		return {
			url,
			placeOrder: () => String(control.placeOrder().id),
			changeStatus: (orderId, status) => {
				control.changeStatus({ orderId: Number(orderId), permalink: STATUSES[status] });
			},
			breakDown: () => control.addFault({ kind: 'status', status: 500, times: 0 }),
			fallSilent: () =>
				control.addFault({ kind: 'timeout', match: { pathIncludes: '/orders.json?' } }),
			recover: () => control.clearFaults(),
			requests: () => control.requests(),
			close,
		};
	},
};

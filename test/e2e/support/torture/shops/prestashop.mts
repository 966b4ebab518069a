import { startPrestaShopSandbox } from '../../../../../sandbox/prestashop/shop.mts';
import { KEYS } from '../../world.mts';
import type { TortureEntry } from '../shops.mts';

const STATES = { processing: '3', shipped: '4' };

export const prestaShop: TortureEntry = {
	name: 'PrestaShop',
	trigger: 'n8n-nodes-storefronts.prestaShopTrigger',
	credential: {
		type: 'prestaShopApi',
		data: (shopUrl) => ({
			shopUrl,
			apiKey: KEYS.limited,
			// The key may not read it, and "Start From" needs it.
			timezone: 'Europe/Warsaw',
		}),
	},
	statusIds: STATES,
	tellsEveryStatus: true,
	isPoll: ({ path }) => path.includes('/api/order_histories?') && path.includes('filter[id]=>'),
	idleBytes: 2_000,
	plays: { everything: ['memory', 'durable'], outages: ['queue', 'queue_durable'] },
	open: async ({ empty }) => {
		const { url, control, close } = await startPrestaShopSandbox({ empty });
		return {
			url,
			placeOrder: () => String(control.placeOrder().id),
			changeStatus: (orderId, status) => {
				control.changeState({ orderId: Number(orderId), stateId: Number(STATES[status]) });
			},
			breakDown: () => control.addFault({ kind: 'status', status: 500, times: 0 }),
			fallSilent: () =>
				control.addFault({ kind: 'timeout', match: { pathIncludes: '/order_histories' } }),
			recover: () => control.clearFaults(),
			requests: () => control.requests(),
			close,
		};
	},
};

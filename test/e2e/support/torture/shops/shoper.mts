import { SHOPER_ADMINS, startShoperSandbox } from '../../../../../sandbox/shoper/shop.mts';
import type { TortureEntry } from '../shops.mts';

const STATUSES = { processing: '4', shipped: '7' };

/** The shop's clock goes on by this before a change. */
const A_SECOND_LATER = { ms: 1_000 };

export const shoper: TortureEntry = {
	name: 'Shoper',
	trigger: 'n8n-nodes-storefronts.shoperTrigger',
	credential: {
		type: 'shoperApi',
		data: (shopUrl) => {
			const { login: username, password } = SHOPER_ADMINS.helpdesk;
			return { shopUrl, authentication: 'login', username, password };
		},
	},
	statusIds: STATUSES,
	tellsEveryStatus: false,
	isPoll: ({ path }) => /\/orders\?.*"(order_id":\{">"|status_date":\{">=")/.test(path),
	// Whole orders, compressed: those of the last quarter of an hour, or 20 of a new trigger.
	idleBytes: 20_000,
	plays: { everything: ['memory'], outages: ['durable'] },
	open: async ({ empty }) => {
		// With the allowance that is documented: 10 requests at once, then 2 per second.
		const { url, control, close } = await startShoperSandbox({ empty });
		return {
			url,
			placeOrder: () => String(control.placeOrder().id),
			changeStatus: (orderId, status) => {
				// A status of the very second of the order is the one it was placed with.
				control.advance(A_SECOND_LATER);
				control.changeStatus({ orderId: Number(orderId), statusId: Number(STATUSES[status]) });
			},
			breakDown: () => control.addFault({ kind: 'status', status: 500, times: 0 }),
			fallSilent: () => control.addFault({ kind: 'timeout', match: { pathIncludes: '/orders?' } }),
			recover: () => control.clearFaults(),
			requests: () => control.requests(),
			close,
		};
	},
};

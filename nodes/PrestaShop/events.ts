import type { PrestaShopShop } from './join';
import { settled } from '../shared/settled';
import type { Stream, TriggerEvent } from '../shared/stream';
import type { PrestaShopRecord } from './codec';
import { isDenied } from './join';
import {
	historyStream,
	orderStream,
	resolveCreated,
	resolveStatusChanged,
	stalledOrderStream,
	updatedOrderStream,
} from './streams';

type Streams = Array<Stream<PrestaShopRecord>>;

/** Without the right to read the history, the orders themselves are watched. */
const HISTORY = 'history';
const ORDERS = 'orders';

function historyOrOrders(
	history: Streams,
	orders: Streams,
): TriggerEvent<PrestaShopRecord>['open'] {
	return async (shop, variant) => {
		const chosen = variant ?? ((await mayReadHistory(shop)) ? HISTORY : ORDERS);
		return { variant: chosen, streams: chosen === HISTORY ? history : orders };
	};
}

async function mayReadHistory(shop: PrestaShopShop): Promise<boolean> {
	const call = { method: 'GET', path: ['order_histories'], query: { limit: '1' } } as const;
	const result = await settled(async () => await shop.records(call));
	if (!result.ok && !isDenied(result.error)) throw result.error;
	return result.ok;
}

/** The events of the PrestaShop trigger. The first is what a new node shows. */
export const events: ReadonlyArray<TriggerEvent<PrestaShopRecord>> = [
	{
		value: 'orderCreated',
		name: 'Order Created',
		description:
			'A new order was placed. Delivered once it is complete; without the right to read order_histories, orders are watched directly.',
		needs: ['orders GET'],
		uses: ['order_histories GET', 'order_states GET', 'customers GET', 'currencies GET'],
		fields: [],
		open: historyOrOrders([historyStream(resolveCreated), stalledOrderStream], [orderStream]),
	},
	{
		value: 'orderStatusChanged',
		name: 'Order Status Changed',
		description:
			'An order got another state, with the state before it. Without the right to read order_histories, several changes between two polls show as one.',
		needs: ['orders GET'],
		uses: ['order_histories GET', 'order_states GET', 'customers GET', 'currencies GET'],
		fields: [
			{
				displayName: 'New Status Names or IDs',
				name: 'statusIds',
				type: 'multiOptions',
				default: [],
				typeOptions: { loadOptionsMethod: 'getOrderStates' },
				description:
					'Only changes to these states; empty means any. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
			},
		],
		open: historyOrOrders([historyStream(resolveStatusChanged)], [updatedOrderStream]),
	},
];

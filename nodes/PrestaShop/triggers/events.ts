import type { InstantOf, Stream, TriggerEvent } from '../../shared/polling/stream';
import { localToEpoch } from '../../shared/text/time';
import type { PrestaShopRecord } from '../api/records';
import { zoneOf } from '../api/reads';
import type { PrestaShopShop } from '../api/reads';
import { keyRights } from '../api/keyRights';
import {
	changedStateStream,
	paidOrderStream,
	updatedOrderStream,
	updatedProductStream,
} from './changes';
import { customerStream } from './customers';
import { answersForAllShops } from './feeds';
import { likelyPaidStates, likelyStates, wantedStates } from './orderEvents';
import { historyStream, resolveCreated, resolvePaid, resolveStatusChanged } from './histories';
import { orderStream, stalledOrderStream, unloggedOrderStream } from './orders';

type PrestaShopEvent = TriggerEvent<PrestaShopRecord>;

/** Makes the feeds of an event; `everyShop` when lists can be asked for all shops of a multistore. */
type MakeStreams = (shop: PrestaShopShop, everyShop: boolean) => Array<Stream<PrestaShopRecord>>;

/** What a trigger notes about the shop at its first poll, and stays with. */
const HISTORY = 'history';
const ORDERS = 'orders';
const ALL_SHOPS = 'all shops';

/**
 * Opens an event. Without the right to read the history, the records themselves are watched. One
 * request at the first poll of a trigger, none at later ones.
 */
function watching(records: MakeStreams, history?: MakeStreams): PrestaShopEvent['open'] {
	return async (shop, variant) => {
		const chosen = variant ?? (await variantOf(shop, history !== undefined));
		const [feed] = chosen.split(', ');
		const make = feed === HISTORY && history ? history : records;
		return { variant: chosen, streams: make(shop, chosen.includes(ALL_SHOPS)) };
	};
}

async function variantOf(shop: PrestaShopShop, wantsHistory: boolean): Promise<string> {
	const { has, version } = await keyRights(shop);
	const feed = wantsHistory && has('order_histories', 'GET') ? HISTORY : ORDERS;
	return answersForAllShops(version) ? `${feed}, ${ALL_SHOPS}` : feed;
}

const JOINS = ['order_states GET', 'customers GET', 'currencies GET', 'configurations GET'];

/** The shop's wall clock as an instant, by the zone of the credential or of the shop's configuration. */
export const instantOf: InstantOf<PrestaShopRecord> = async (shop, local) => {
	const zone = await zoneOf(shop);
	return zone === undefined ? undefined : localToEpoch(local, zone);
};

/** The events of the PrestaShop trigger. The first is what a new node shows. */
export const events: readonly PrestaShopEvent[] = [
	{
		value: 'orderCreated',
		name: 'Order Created',
		description:
			'A new order was placed. Delivered once it is complete; one that never gets complete comes after about 20 minutes, marked "incomplete". Without the right to read order_histories, the orders themselves are watched.',
		needs: ['orders GET'],
		uses: ['order_histories GET', ...JOINS],
		fields: [],
		open: watching(
			(_shop, everyShop) => [orderStream(everyShop)],
			(_shop, everyShop) => [
				historyStream(resolveCreated, everyShop),
				stalledOrderStream(everyShop),
				unloggedOrderStream(everyShop),
			],
		),
	},
	{
		value: 'orderPaid',
		name: 'Order Paid',
		description:
			'An order got a state that the shop counts as paid for the first time; each order comes once, also one that is paid when it is placed. Told by the status history; without the right to read order_histories, by what the order shows at each poll.',
		needs: ['orders GET', 'order_states GET'],
		uses: ['order_histories GET', 'customers GET', 'currencies GET', 'configurations GET'],
		fields: [],
		open: watching(
			(shop, everyShop) => [paidOrderStream(shop, everyShop)],
			(_shop, everyShop) => [historyStream(resolvePaid, everyShop, likelyPaidStates)],
		),
	},
	{
		value: 'orderStatusChanged',
		name: 'Order Status Changed',
		description:
			'An order got another state, with the state before it. Every change is delivered; without the right to read order_histories, several changes between two polls show as one.',
		needs: ['orders GET'],
		uses: ['order_histories GET', ...JOINS],
		fields: [
			{
				displayName: 'New Status Names or IDs',
				name: 'statusIds',
				type: 'multiOptions',
				default: [],
				typeOptions: { loadOptionsMethod: 'getOrderStates' },
				description:
					'Only changes to these states, by name or ID; none means any. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
			},
		],
		check: wantedStates,
		open: watching(
			(shop, everyShop) => [changedStateStream(shop, everyShop)],
			(_shop, everyShop) => [historyStream(resolveStatusChanged, everyShop, likelyStates)],
		),
	},
	{
		value: 'orderUpdated',
		name: 'Order Updated',
		description:
			'An order was changed: state, totals, payment, addresses, carrier, invoice. New orders are included. Several changes between two polls show as one. Tracking numbers and order lines that programs write on their own do not change the date the shop keeps.',
		needs: ['orders GET'],
		uses: JOINS,
		fields: [],
		open: watching((shop, everyShop) => [updatedOrderStream(shop, everyShop)]),
	},
	{
		value: 'customerCreated',
		name: 'Customer Created',
		description: 'A customer registered, or a guest placed an order and got a customer record',
		needs: ['customers GET'],
		uses: ['configurations GET'],
		fields: [],
		open: watching((_shop, everyShop) => [customerStream(everyShop)]),
	},
	{
		value: 'productUpdated',
		name: 'Product Updated',
		description:
			'A product was created or saved. Best effort: changes of stock, of combinations and of special prices do not change the date the shop keeps, so they do not show. Several changes between two polls show as one.',
		needs: ['products GET'],
		uses: ['stock_availables GET', 'configurations GET'],
		fields: [],
		open: watching((shop) => [updatedProductStream(shop)]),
	},
];

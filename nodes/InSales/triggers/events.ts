import type { InstantOf, Stream, TriggerEvent } from '../../shared/polling/stream';
import type { InSalesRecord } from '../api/codec';
import { wireTime } from '../api/dates';
import { updatedOrderStream, updatedProductStream } from './changes';
import { customerStream } from './customers';
import { statusStream } from './histories';
import { orderStream } from './orders';
import { paidOrderStream } from './payments';
import { wantedStatuses } from './statusNames';

type InSalesEvent = TriggerEvent<InSalesRecord>;

/** Opens an event with one feed, made anew for each poll: it holds the records that were listed. */
function watching(stream: () => Stream<InSalesRecord>): InSalesEvent['open'] {
	return async () => ({ variant: 'changes', streams: [stream()] });
}

/** What a key that may watch an event can list, where orders are not what it is about. */
const LISTS: Readonly<Record<string, string>> = {
	customerCreated: 'clients',
	productUpdated: 'products',
};

/** The shop's wall clock as an instant: records tell its offset. */
export const instantOf: InstantOf<InSalesRecord> = async (shop, local, event) =>
	Date.parse(await wireTime(shop, LISTS[event] ?? 'orders', 'Start Date', local));

const OWN_CHANGES = 'Changes that a workflow makes itself arrive as well.';

/** The events of the InSales trigger. The first is what a new node shows. */
export const events: readonly InSalesEvent[] = [
	{
		value: 'orderCreated',
		name: 'Order Created',
		description:
			'A new order was placed, in the shop, in the back office or through the API. Orders that a workflow creates itself arrive as well.',
		needs: ['orders GET'],
		fields: [],
		open: watching(orderStream),
	},
	{
		value: 'orderPaid',
		name: 'Order Paid',
		description:
			'An order became paid; each order comes once, also one that is paid when it is placed. One that is set back to unpaid before the next poll comes when it is paid again.',
		needs: ['orders GET'],
		fields: [],
		open: watching(paidOrderStream),
	},
	{
		value: 'orderStatusChanged',
		name: 'Order Status Changed',
		description: `An order got another status, with the status before it. Every change between two polls is delivered, custom statuses included; the status an order is placed with is no change. ${OWN_CHANGES}`,
		needs: ['orders GET'],
		uses: ['custom_statuses GET'],
		fields: [
			{
				displayName: 'New Status Names or IDs',
				name: 'statusIds',
				type: 'multiOptions',
				default: [],
				typeOptions: { loadOptionsMethod: 'getOrderStatuses' },
				description:
					'Only changes to these statuses; empty means any. Permalinks of custom statuses, or system statuses such as dispatched. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
			},
		],
		check: wantedStatuses,
		open: watching(statusStream),
	},
	{
		value: 'orderUpdated',
		name: 'Order Updated',
		description: `An order was changed: status, payment, lines, totals, delivery, address, comments, extra fields. New orders are included. Several changes between two polls show as one. ${OWN_CHANGES}`,
		needs: ['orders GET'],
		fields: [],
		open: watching(updatedOrderStream),
	},
	{
		value: 'customerCreated',
		name: 'Customer Created',
		description:
			'A client registered, or placed a first order as a guest: InSales makes a client record of each guest',
		needs: ['clients GET'],
		fields: [],
		open: watching(customerStream),
	},
	{
		value: 'productUpdated',
		name: 'Product Updated',
		description: `A product was created or changed. Whether a change of stock alone moves the date that InSales keeps is not documented, so such changes may not show. Several changes between two polls show as one. ${OWN_CHANGES}`,
		needs: ['products GET'],
		uses: ['price_kinds GET', 'collections GET', 'product_fields GET', 'warehouses GET'],
		fields: [],
		open: watching(updatedProductStream),
	},
];

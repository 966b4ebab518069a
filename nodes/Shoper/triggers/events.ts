import type { InstantOf, TriggerEvent } from '../../shared/polling/stream';
import { localToEpoch } from '../../shared/text/time';
import type { ShoperRecord } from '../api/codec';
import { changedStatusStream, checkProductFilter, updatedProductStream } from './changes';
import { customerStream } from './customers';
import { createdOrderStream } from './orders';
import { paidOrderStream } from './payments';
import { wantedStatuses } from './statusFilter';
import { knownZone } from './shopCache';

/** Names that orders show where they may be read. */
const JOINS = ['statuses GET', 'currencies GET', 'users GET'];

/** The shop's wall clock as an instant. */
export const instantOf: InstantOf<ShoperRecord> = async (shop, local) => {
	const zone = await knownZone(shop);
	return zone === undefined ? undefined : localToEpoch(local, zone);
};

/** The events of the Shoper trigger. The first is what a new node shows. */
export const events: ReadonlyArray<TriggerEvent<ShoperRecord>> = [
	{
		value: 'orderCreated',
		name: 'Order Created',
		description:
			'A new order was placed, whether the customer has confirmed it or not. One that has no lines yet is waited for; after about 3 minutes it comes as it is, marked "incomplete".',
		needs: ['orders GET'],
		uses: JOINS,
		fields: [],
		open: async () => ({ variant: 'orders', streams: [createdOrderStream] }),
	},
	{
		value: 'orderPaid',
		name: 'Order Paid',
		description:
			'An order was paid in full; each order comes once, also one that is paid when it is placed. The shop keeps no time of payment, so unpaid orders (the newest 1,000) are looked at again at every poll, and the event has the time at which that was noticed.',
		needs: ['orders GET'],
		uses: JOINS,
		fields: [],
		open: async () => ({ variant: 'orders', streams: [paidOrderStream] }),
	},
	{
		value: 'orderStatusChanged',
		name: 'Order Status Changed',
		description:
			'An order got another status, with the status before it where that is known. Several changes between two polls show as one; an order that is back at the status it had is not told of. The status a new order begins with is no change.',
		needs: ['orders GET'],
		uses: JOINS,
		fields: [
			{
				displayName: 'New Status Names or IDs',
				name: 'statusIds',
				type: 'multiOptions',
				default: [],
				typeOptions: { loadOptionsMethod: 'getStatuses' },
				description:
					'Only changes to these statuses; empty means any. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
			},
		],
		check: wantedStatuses,
		open: async (shop) => ({ variant: 'status_date', streams: [await changedStatusStream(shop)] }),
	},
	{
		value: 'customerCreated',
		name: 'Customer Created',
		description: 'A customer registered, or a guest placed an order and got a customer record',
		needs: ['users GET'],
		fields: [],
		open: async () => ({ variant: 'users', streams: [customerStream] }),
	},
	{
		value: 'productUpdated',
		name: 'Product Updated',
		description:
			'A product was created or edited. Best effort: works where the shop can list products by their date of change, which is checked at the start; sales, and changes of variants, may leave that date as it is. Several changes between two polls show as one.',
		needs: ['products GET'],
		uses: ['product_stocks GET', 'producers GET'],
		fields: [],
		open: async (shop, variant) => {
			if (variant === undefined) await checkProductFilter(shop);
			return { variant: 'edit_date', streams: [await updatedProductStream(shop)] };
		},
	},
];

import type { Resource } from '../../shared/actions/operation';
import { id, number, text, time } from '../../shared/output/recordShape';
import type { PrestaShopRecord } from '../api/records';
import { simpleReads, textFilter } from './readOnlyResources';
import type { SimpleRead } from './readOnlyResources';
import { updateOne } from './writableResources';
import type { SimpleWrite } from './writableResources';

const read: SimpleRead = {
	value: 'orderPayment',
	name: 'Order Payment',
	one: 'a payment',
	many: 'payments',
	holds: 'what was paid for orders, found by the reference of the order',
	path: 'order_payments',
	idName: 'orderPaymentId',
	picker: 'searchOrderPayments',
	order: 'newest',
	timed: true,
	filters: [
		textFilter(
			{ displayName: 'Order Reference', name: 'orderReference', type: 'string', default: '' },
			'order_reference',
		),
		textFilter(
			{ displayName: 'Transaction ID', name: 'transactionId', type: 'string', default: '' },
			'transaction_id',
		),
	],
	shape: {
		orderReference: text('order_reference'),
		amount: number('amount'),
		currencyId: id('id_currency'),
		method: text('payment_method'),
		transactionId: text('transaction_id'),
		createdAt: time('date_add'),
	},
};

/**
 * Payments are not created: a row of one's own counts for nothing, and a paid status that follows books the
 * whole sum once more (recorded exchanges 855, 1070 to 1072). The status comes first, then the row that
 * the shop made gets the provider's number.
 */
const write: SimpleWrite = {
	read,
	node: 'order_payment',
	required: [],
	optional: [
		{
			displayName: 'Payment Method',
			name: 'payment_method',
			type: 'string',
			default: '',
			description: 'What the payment is called',
		},
		{
			displayName: 'Transaction ID',
			name: 'transaction_id',
			type: 'string',
			default: '',
			description: 'Number of the payment at its provider',
		},
	],
	recognisedBy: [],
	isPlain: true,
};

export const orderPayment: Resource<PrestaShopRecord> = {
	...simpleReads(read),
	operations: [...simpleReads(read).operations, updateOne(write)],
};

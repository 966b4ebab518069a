import type { Condition } from '../api/conditions';
import { anyOf } from '../api/conditions';
import { idOrNull, textOrNull } from '../../shared/output/orderShape';
import { recordId } from '../../shared/text/recordId';
import { flag, id, text, time } from '../../shared/output/recordShape';
import { byId, ifPermitted } from '../api/reads';
import type { PrestaShopShop } from '../api/reads';

import { lookup } from '../api/query';

import { notFound } from '../../shared/reading/records';
import type { Resource } from '../../shared/actions/operation';
import type { PrestaShopRecord } from '../api/records';
import { idFilter, simpleReads } from './readOnlyResources';
import type { SimpleRead } from './readOnlyResources';
import { createOne } from './writableResources';
import type { SimpleWrite } from './writableResources';

const THREAD_FIELDS = ['id', 'id_order', 'id_customer'];
const threadsOfOrder = lookup('customer_threads', 'id_order', THREAD_FIELDS);
const threadsOfCustomer = lookup('customer_threads', 'id_customer', THREAD_FIELDS);

/** Messages know their thread only, and the thread knows order and customer. */
async function inThreads(
	shop: PrestaShopShop,
	threads: typeof threadsOfOrder,
	key: string,
): Promise<Condition[] | undefined> {
	const found = await shop.find(threads, key);
	if (found.length === 0) return undefined;
	return [
		anyOf(
			'id_customer_thread',
			found.map((thread) => thread.id ?? ''),
		),
	];
}

const read: SimpleRead = {
	value: 'customerMessage',
	name: 'Customer Message',
	one: 'a customer message',
	many: 'customer messages',
	holds: 'what customers and employees wrote to each other about orders and products',
	path: 'customer_messages',
	idName: 'customerMessageId',
	picker: 'searchCustomerMessages',
	order: 'newest',
	timed: true,
	filters: [
		{
			property: {
				displayName: 'Customer ID',
				name: 'customerId',
				type: 'string',
				default: '',
				description: 'Messages in conversations with this customer (customer_threads GET)',
			},
			where: async (shop, value) =>
				await inThreads(shop, threadsOfCustomer, recordId(String(value), 'Customer ID')),
		},
		{
			property: {
				displayName: 'Order ID',
				name: 'orderId',
				type: 'string',
				default: '',
				description: 'Messages in conversations about this order (customer_threads GET)',
			},
			where: async (shop, value) =>
				await inThreads(shop, threadsOfOrder, recordId(String(value), 'Order ID')),
		},
		idFilter(
			{ displayName: 'Thread ID', name: 'threadId', type: 'string', default: '' },
			'id_customer_thread',
		),
	],
	shape: {
		threadId: id('id_customer_thread'),
		message: text('message'),
		employeeId: id('id_employee'),
		fromCustomer: ({ id_employee }) => idOrNull(id_employee) === null,
		private: flag('private'),
		read: flag('read'),
		fileName: text('file_name'),
		createdAt: time('date_add'),
		updatedAt: time('date_upd'),
	},
	uses: ['customer_threads GET'],
	join: async (shop, record) => {
		const missing: string[] = [];
		const threadId = idOrNull(record.id_customer_thread);
		const thread =
			threadId === null
				? undefined
				: await ifPermitted(
						shop,
						'order, customer and email',
						'customer_threads',
						missing,
						async () => await byId(shop, 'customer_threads', threadId),
					);
		return {
			orderId: idOrNull(thread?.id_order),
			customerId: idOrNull(thread?.id_customer),
			productId: idOrNull(thread?.id_product),
			email: textOrNull(thread?.email),
			status: textOrNull(thread?.status),
			...(missing.length > 0 && { _missing: missing }),
		};
	},
};

const write: SimpleWrite = {
	read,
	node: 'customer_message',
	required: [
		{
			displayName: 'Thread ID',
			name: 'id_customer_thread',
			type: 'string',
			default: '',
			required: true,
			description: 'The conversation, as Get Many shows it',
		},
		{
			displayName: 'Message',
			name: 'message',
			type: 'string',
			typeOptions: { rows: 3 },
			default: '',
			required: true,
		},
	],
	optional: [
		{
			displayName: 'Employee ID',
			name: 'id_employee',
			type: 'string',
			default: '',
			description: 'Who writes. Empty: the customer.',
		},
		{
			displayName: 'Private',
			name: 'private',
			type: 'boolean',
			default: true,
			description: 'Whether only the staff sees it',
		},
	],
	defaults: { id_employee: '0', private: '0' },
	recognisedBy: ['id_customer_thread', 'message'],
	isPlain: true,
	check: async (shop, values) => {
		const thread = recordId(String(values.id_customer_thread), 'Thread ID');
		const found = await ifPermitted(shop, 'thread', 'customer_threads', [], async () => ({
			record: await byId(shop, 'customer_threads', thread),
		}));
		if (found && !found.record) throw notFound('conversation with the ID', thread);
		return { ...values, id_customer_thread: thread };
	},
	uses: ['customer_threads GET'],
	createName: {
		name: 'Add to Conversation',
		action: 'Add a message to a conversation',
		description:
			'Write a message into a conversation, for the record: PrestaShop sends no email about it. Send the email from n8n.',
	},
};

export const customerMessage: Resource<PrestaShopRecord> = {
	...simpleReads(read),
	operations: [createOne(write), ...simpleReads(read).operations],
};

import { field } from '../../shared/actions/operation';

/** What the shop can tell; clients are spelt in the singular (InSales API reference, section 8). */
export const topic = field({
	displayName: 'Topic',
	name: 'topic',
	type: 'options',
	default: 'orders/create',
	description: 'What the shop is to report. Delivery is not guaranteed: the trigger node polls.',
	options: [
		{ name: 'Client Created', value: 'client/create' },
		{ name: 'Client Updated', value: 'client/update' },
		{ name: 'Order Created', value: 'orders/create' },
		{ name: 'Order Deleted', value: 'orders/destroy' },
		{ name: 'Order Updated', value: 'orders/update' },
		{ name: 'Product Created', value: 'products/create' },
		{ name: 'Product Updated', value: 'products/update' },
	],
});

export const address = field({
	displayName: 'Address',
	name: 'address',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://n8n.example.com/webhook/abc?s=secret',
	description:
		'Where the shop sends its reports. They are not signed: put a secret into the query and check it.',
});

/** Rarer settings of a webhook, by the shop's own names. */
export const batchSize = field({
	displayName: 'Batch Size',
	name: 'batch_size',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: '',
	description: 'Products in one report; topics of products only',
});

export const format = field({
	displayName: 'Format',
	name: 'format_type',
	type: 'options',
	default: 'json',
	options: [
		{ name: 'JSON', value: 'json' },
		{ name: 'XML', value: 'xml' },
	],
});

export const salesChannelId = field({
	displayName: 'Sales Channel ID',
	name: 'sales_channel_id',
	type: 'number',
	default: '',
	description: 'Only for "Product Updated"',
});

export const warehouseId = field({
	displayName: 'Warehouse ID',
	name: 'warehouse_id',
	type: 'number',
	default: '',
	description: 'Only orders of this warehouse; topics of orders only',
});

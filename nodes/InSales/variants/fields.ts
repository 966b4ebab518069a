import { field } from '../../shared/actions/operation';

/** Fields of a variant by the shop's own names (InSales API reference, section 5.7). */
export const variantUpdateFields = field({
	displayName: 'Update Fields',
	name: 'updateFields',
	type: 'collection',
	placeholder: 'Add field',
	default: {},
	options: [
		{ displayName: 'Barcode', name: 'barcode', type: 'string', default: '' },
		{
			displayName: 'Dimensions',
			name: 'dimensions',
			type: 'string',
			default: '',
			placeholder: 'e.g. 10x20x5',
		},
		{
			displayName: 'Old Price',
			name: 'old_price',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: '',
			description: 'Shown crossed out',
		},
		{
			displayName: 'Price',
			name: 'price',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: '',
		},
		{
			displayName: 'Purchase Price',
			name: 'cost_price',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: '',
		},
		{
			displayName: 'Quantity',
			name: 'quantity',
			type: 'number',
			default: '',
			description: 'Stock of all warehouses together',
		},
		{ displayName: 'SKU', name: 'sku', type: 'string', default: '' },
		{
			displayName: 'Weight',
			name: 'weight',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: '',
			description: 'In kilograms, unless the shop counts otherwise',
		},
	],
});

/** Additional prices by the titles of their kinds. */
export const prices = field({
	displayName: 'Additional Prices',
	name: 'prices',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add price',
	default: {},
	description: 'Prices besides the main one. "Price Kind: Get Many" lists their titles.',
	options: [
		{
			displayName: 'Price',
			name: 'row',
			values: [
				{
					displayName: 'Kind',
					name: 'kind',
					type: 'string',
					default: '',
					placeholder: 'e.g. Опт',
					description: 'Title of the price kind, or its field such as price2',
				},
				{ displayName: 'Price', name: 'price', type: 'number', default: '' },
			],
		},
	],
});

/** Stock of single warehouses. */
export const warehouses = field({
	displayName: 'Warehouse Stock',
	name: 'warehouses',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add warehouse',
	default: {},
	description: 'Stock of single warehouses. "Warehouse: Get Many" lists them.',
	options: [
		{
			displayName: 'Warehouse',
			name: 'row',
			values: [
				{
					displayName: 'Warehouse',
					name: 'warehouse',
					type: 'string',
					default: '',
					placeholder: 'e.g. Основной склад',
					description: 'Title of the warehouse, or its index: 0 is the first',
				},
				{ displayName: 'Quantity', name: 'quantity', type: 'number', default: '' },
			],
		},
	],
});

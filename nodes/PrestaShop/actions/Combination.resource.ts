import type { INodeProperties } from 'n8n-workflow';

import { flag, id, number, text } from '../../shared/output/recordShape';
import { ids } from '../api/recordShape';
import { ATTRIBUTE_NAMES, attributesOf } from '../products/combinations';
import { recordId } from '../../shared/text/recordId';
import type { Resource } from '../../shared/actions/operation';
import type { PrestaShopRecord } from '../api/records';
import { idFilter, simpleReads, textFilter } from './readOnlyResources';
import type { SimpleRead } from './readOnlyResources';
import { createOne, deleteOne, updateOne } from './writableResources';
import type { SimpleWrite } from './writableResources';

const read: SimpleRead = {
	value: 'combination',
	name: 'Combination',
	one: 'a combination',
	many: 'combinations',
	holds: 'the variants of products, such as sizes and colors',
	path: 'combinations',
	idName: 'combinationId',
	picker: 'searchCombinations',
	multilingual: true,
	filters: [
		textFilter({ displayName: 'EAN', name: 'ean13', type: 'string', default: '' }, 'ean13'),
		idFilter(
			{ displayName: 'Product ID', name: 'productId', type: 'string', default: '' },
			'id_product',
		),
		textFilter(
			{
				displayName: 'Reference',
				name: 'reference',
				type: 'string',
				default: '',
				description: 'The SKU of the combination',
			},
			'reference',
		),
	],
	shape: {
		productId: id('id_product'),
		reference: text('reference'),
		ean: text('ean13'),
		/** Added to the price of the product; without tax. */
		priceImpact: number('price'),
		weightImpact: number('weight'),
		minimalQuantity: number('minimal_quantity'),
		isDefault: flag('default_on'),
		imageIds: ids('images'),
	},
	uses: [ATTRIBUTE_NAMES],
	join: async (shop, record, { language }) => {
		const missing: string[] = [];
		const attributes = await attributesOf(shop, record, language, missing);
		return { attributes, ...(missing.length > 0 && { _missing: missing }) };
	},
};

const plain = (displayName: string, name: string, description?: string): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: '',
	...(description !== undefined && { description }),
});

const write: SimpleWrite = {
	read,
	node: 'combination',
	required: [
		{ ...plain('Product ID', 'id_product'), required: true },
		{
			...plain(
				'Attribute Value IDs',
				'attributeValueIds',
				'What it is, such as S and White: IDs of product_option_values, separated by commas',
			),
			required: true,
		},
	],
	optional: [
		{
			displayName: 'Default',
			name: 'default_on',
			type: 'boolean',
			default: false,
			description: 'Whether it is the one shown first',
		},
		plain('EAN', 'ean13'),
		plain('Minimal Quantity', 'minimal_quantity'),
		plain('MPN', 'mpn'),
		plain('Price Impact', 'price', 'Added to the price of the product, without tax'),
		plain('Reference', 'reference', 'The SKU'),
		plain('UPC', 'upc'),
		plain('Weight Impact', 'weight'),
		plain('Wholesale Price', 'wholesale_price'),
	],
	defaults: { minimal_quantity: '1' },
	recognisedBy: ['id_product', 'reference'],
	isPlain: true,
	check: async (_shop, values) => {
		const { attributeValueIds, ...rest } = values;
		if (attributeValueIds === undefined) return { ...rest };
		const given = String(attributeValueIds).split(',');
		const rows = given.map((id) => recordId(id.trim(), 'Attribute Value IDs'));
		return { ...rest, associations: { product_option_values: rows } };
	},
	note: 'Its stock begins at 0',
	uses: [ATTRIBUTE_NAMES],
};

export const combination: Resource<PrestaShopRecord> = {
	...simpleReads(read),
	operations: [
		createOne(write),
		deleteOne(write),
		...simpleReads(read).operations,
		// The attributes of a combination are what it is: they are set when it is created.
		updateOne({ ...write, required: [] }),
	],
};

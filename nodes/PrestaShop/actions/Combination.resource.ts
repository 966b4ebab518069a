import { flag, id, number, text } from '../../shared/output/recordShape';
import { ids } from '../api/recordShape';
import { ATTRIBUTE_NAMES, attributesOf } from '../products/combinations';
import { idFilter, simpleReads, textFilter } from './readOnlyResources';

export const combination = simpleReads({
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
});

import { numberOrNull } from '../../shared/output/orderShape';
import { id, number, text, time } from '../../shared/output/recordShape';

import { idFilter, simpleReads } from './readOnlyResources';

/** No such price: the reduction applies to the normal one (section 5.9). */
const KEEP_PRICE = -1;

export const specificPrice = simpleReads({
	value: 'specificPrice',
	name: 'Specific Price',
	one: 'a specific price',
	many: 'specific prices',
	holds: 'discounts and special prices of products; empty customer, group or country means any',
	path: 'specific_prices',
	idName: 'specificPriceId',
	picker: 'searchSpecificPrices',
	timed: true,
	filters: [
		idFilter(
			{ displayName: 'Combination ID', name: 'combinationId', type: 'string', default: '' },
			'id_product_attribute',
		),
		idFilter(
			{ displayName: 'Customer ID', name: 'customerId', type: 'string', default: '' },
			'id_customer',
		),
		idFilter(
			{ displayName: 'Product ID', name: 'productId', type: 'string', default: '' },
			'id_product',
		),
	],
	shape: {
		productId: id('id_product'),
		variantId: id('id_product_attribute'),
		customerId: id('id_customer'),
		groupId: id('id_group'),
		countryId: id('id_country'),
		currencyId: id('id_currency'),
		shopId: id('id_shop'),
		cartId: id('id_cart'),
		price: ({ price }) => {
			const value = numberOrNull(price);
			return value === KEEP_PRICE ? null : value;
		},
		fromQuantity: number('from_quantity'),
		reduction: number('reduction'),
		reductionType: text('reduction_type'),
		validFrom: time('from'),
		validUntil: time('to'),
	},
});

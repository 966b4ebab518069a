import { dryRun, optionsField } from '../../../shared/actions/fields';
import { differences } from '../../writing/recordChanges';
import { operation } from '../operation';

import { givenRows, resolveRow } from '../../variants/rows';
import { writeVariants } from '../../variants/write';

/** Seconds the shop is given to carry changes out. */
const PATIENCE_S = 15;

export const updateManyVariants = operation({
	value: 'updateMany',
	name: 'Update Many',
	action: 'Update many variants',
	description:
		'Change prices and stock of many variants, 100 per request for all input items together. The shop carries the changes out a little later and reports no failure, so the node looks and says for each variant what took effect.',
	needs: ['products GET', 'products PUT'],
	uses: ['price_kinds GET', 'warehouses GET'],
	items: 'together',
	fields: [
		{
			displayName: 'Variants',
			name: 'variants',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: 'Add variant',
			default: {},
			description:
				'One row per variant. With one row per input item, filled by expressions, all items share requests. Empty values stay as they are.',
			options: [
				{
					displayName: 'Variant',
					name: 'row',
					values: [
						{
							displayName: 'Additional Prices',
							name: 'prices',
							type: 'string',
							default: '',
							placeholder: 'e.g. {"Опт": 1400}',
							description: 'JSON object of prices by the titles of their kinds',
						},
						{ displayName: 'Old Price', name: 'old_price', type: 'string', default: '' },
						{ displayName: 'Price', name: 'price', type: 'string', default: '' },
						{
							displayName: 'Product ID',
							name: 'productId',
							type: 'string',
							default: '',
							description:
								'Saves looking for the product: without it, and to find a SKU, the whole catalogue is read the first time, and later only what changed',
						},
						{ displayName: 'Purchase Price', name: 'cost_price', type: 'string', default: '' },
						{ displayName: 'Quantity', name: 'quantity', type: 'string', default: '' },
						{
							displayName: 'SKU',
							name: 'sku',
							type: 'string',
							default: '',
							description: 'Instead of the variant ID',
						},
						{ displayName: 'Variant ID', name: 'variantId', type: 'string', default: '' },
						{
							displayName: 'Warehouse Stock',
							name: 'warehouses',
							type: 'string',
							default: '',
							placeholder: 'e.g. {"Основной склад": 3}',
							description: 'JSON object of quantities by the titles or indexes of warehouses',
						},
					],
				},
			],
		},
		{
			displayName: 'Rows',
			name: 'rows',
			type: 'json',
			default: '[]',
			description:
				'More variants as JSON: [{"variantId": 7001, "productId": 501, "price": 1500, "cost_price": 900, "quantity": 3, "prices": {"Опт": 1400}, "warehouses": {"0": 3}}]. Instead of "variantId" a "sku" will do.',
		},
		optionsField([
			dryRun,
			{
				displayName: 'Read Back',
				name: 'readBack',
				type: 'boolean',
				default: true,
				description:
					'Whether to read the variants before and afterwards and say what took effect. Otherwise variants are sent as they are named, and what the shop drops is not noticed.',
			},
			{
				displayName: 'Wait Seconds',
				name: 'waitSeconds',
				type: 'number',
				typeOptions: { minValue: 0, maxValue: 300 },
				default: 15,
				description:
					'How long to wait for the changes to take effect before saying that they did not',
			},
		]),
	],
	run: async (shop, { variants, rows: json, options }, item) => {
		const { readBack = true, waitSeconds = PATIENCE_S } = options;
		const isDry = options.dryRun === true;
		const given = givenRows(variants, json);
		const rows = await Promise.all(
			given.map(async (row) => await resolveRow(shop, row, readBack || isDry)),
		);
		if (isDry) {
			return rows.map(({ variantId, productId = null, before, values }) => ({
				variantId,
				productId,
				state: 'dryRun',
				changed: differences(before ?? {}, values),
			}));
		}
		const patienceMs = Math.min(waitSeconds, 300) * 1000;
		return await item.together(writeVariants, { rows, readBack, patienceMs });
	},
});

import type { IDataObject } from 'n8n-workflow';

import { optionsField, simplify } from '../../shared/actions/fields';
import type { Resource } from '../../shared/actions/operation';
import { compareSnapshot, parseSnapshot, snapshotText } from '../../shared/reading/snapshot';
import { isDenied } from '../../shared/reading/permissions';
import { settled } from '../../shared/protocol/settled';
import type { PrestaShopRecord } from '../api/records';
import { rightName } from '../api/rights';
import { catalogState } from '../catalog/sync';
import { productsByIds, viewCatalog } from '../catalog/view';
import { language } from '../languages/fields';
import { languageIdOf } from '../languages/shopLanguages';
import { operation } from './operation';

export const catalog: Resource<PrestaShopRecord> = {
	value: 'catalog',
	name: 'Catalog',
	operations: [
		operation({
			value: 'sync',
			name: 'Sync',
			action: 'Sync the catalog',
			description:
				'Retrieve products that changed since the run before, in price, stock or anything else, deleted ones too, each once ("change" is "updated" or "deleted"). The last item carries "nextCursor" for the next run, and "complete". Nothing changed: no item, and the cursor stays good.',
			needs: ['products GET'],
			uses: [
				'categories GET',
				'combinations GET',
				'configurations GET',
				'languages GET',
				'product_option_values GET',
				'specific_prices GET',
				'stock_availables GET',
			],
			items: 'together',
			fields: [
				{
					displayName: 'Cursor',
					name: 'cursor',
					type: 'string',
					default: '',
					description:
						'The "nextCursor" of the last item of the run before. Empty reads the whole catalogue.',
				},
				simplify,
				optionsField([
					{
						displayName: 'Include',
						name: 'include',
						type: 'multiOptions',
						default: ['categories', 'combinations'],
						description:
							'What to bring along with each product. Each entry needs a right of its own.',
						options: [
							{
								name: 'Attributes',
								value: 'attributes',
								description: 'Names of the attributes of combinations, such as S and White',
							},
							{ name: 'Categories', value: 'categories', description: 'With their paths' },
							{ name: 'Combinations', value: 'combinations' },
						],
					},
					language,
					{
						displayName: 'Max Products',
						name: 'maxProducts',
						type: 'number',
						typeOptions: { minValue: 0 },
						default: 0,
						description: 'The rest comes with the next runs ("complete" is false). 0 means all.',
					},
					{
						displayName: 'Watch',
						name: 'watch',
						type: 'multiOptions',
						default: ['stock'],
						description:
							'Lists that are compared besides the products, because they move no date of a product: one request for every 5,000 rows of each',
						options: [
							{
								name: 'Combinations',
								value: 'combinations',
								description: 'Their prices and codes',
							},
							{ name: 'Specific Prices', value: 'specificPrices' },
							{ name: 'Stock', value: 'stock' },
						],
					},
				]),
			],
			run: async (shop, { cursor, simplify: simple, options }) => {
				const { host } = shop.address;
				const { include = ['categories', 'combinations'], maxProducts = 0 } = options;
				const asked = [...new Set(options.watch ?? ['stock'])].sort();
				const most = maxProducts > 0 ? Math.ceil(maxProducts) : Number.POSITIVE_INFINITY;
				let watched = asked;
				let read = await settled(async () => await catalogState(shop, watched));
				if (!read.ok && isDenied(read.error) && options.watch === undefined) {
					// Unless it was asked for, a key that may not read the stock syncs without it, and says so.
					watched = [];
					read = await settled(async () => await catalogState(shop, watched));
				}
				if (!read.ok) throw read.error;
				const snapshot = parseSnapshot(cursor, host, watched.join());
				const { changed, gone, next, complete } = compareSnapshot(
					snapshot,
					read.value.prints,
					most,
				);
				if (watched.length < asked.length) {
					shop.warn(
						`Changes of the stock are not seen: that needs the right "${rightName('stock_availables', 'GET')}".`,
					);
				}
				const languageId = await languageIdOf(shop, options.language ?? '');
				const products = await productsByIds(shop, changed, languageId);
				const view = { simplify: simple, include, language: languageId, stock: read.value.stock };
				const rows: IDataObject[] = [
					...(await viewCatalog(shop, products, view)).map((row) => ({
						...row,
						change: 'updated',
					})),
					...gone.map((id) => ({ id, change: 'deleted' })),
				];
				const last = rows.pop();
				if (!last) return [];
				const nextCursor = snapshotText(next, host, watched.join());
				return [...rows, { ...last, complete, nextCursor }];
			},
		}),
	],
};

import type { IDataObject } from 'n8n-workflow';

import { optionsField, simplify } from '../../shared/actions/fields';
import type { Resource } from '../../shared/actions/operation';
import { compareSnapshot, parseSnapshot, snapshotText } from '../../shared/reading/snapshot';
import type { Snapshot } from '../../shared/reading/snapshot';
import type { ShoperRecord } from '../api/codec';
import { allOf, ifPermitted, localeOf } from '../api/reads';
import type { ShoperShop } from '../api/reads';
import { changedCatalog, wholeCatalog } from '../catalog/sync';
import type { CatalogRead } from '../catalog/sync';
import { categoryTree, pathOf } from '../categories/tree';
import { viewProduct } from '../products/view';
import { operation } from './operation';

const HOUR_MS = 3_600_000;

/** How often everything is looked at, unless the user says otherwise: only that shows what is gone. */
const FULL_PASS_HOURS = 24;

/** What fingerprints are made of. */
const OF = 'products';

export const catalog: Resource<ShoperRecord> = {
	value: 'catalog',
	name: 'Catalog',
	operations: [
		operation({
			value: 'sync',
			name: 'Sync',
			action: 'Sync the catalog',
			description:
				'Retrieve products that changed since the run before, each once ("change" is "updated" or "deleted"). The last item carries "nextCursor" for the next run, and "complete". Nothing changed: no item, and the cursor stays good.',
			needs: ['products GET'],
			uses: ['categories GET', 'producers GET', 'product_stocks GET'],
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
						displayName: 'Full Pass Every (Hours)',
						name: 'fullPassHours',
						type: 'number',
						typeOptions: { minValue: 0 },
						default: FULL_PASS_HOURS,
						description:
							'How often all products are compared, 50 a request: only that shows deleted ones, and stock that changed without the product. 0: with every run.',
					},
					{
						displayName: 'Include Category Paths',
						name: 'includeCategories',
						type: 'boolean',
						default: false,
						description:
							'Whether to bring the paths of the categories along: two more requests (categories GET)',
					},
					{
						displayName: 'Max Products',
						name: 'maxProducts',
						type: 'number',
						typeOptions: { minValue: 0 },
						default: 0,
						description: 'The rest comes with the next runs ("complete" is false). 0 means all.',
					},
				]),
			],
			run: async (shop, { cursor, simplify: simple, options }) => {
				const { host } = shop.address;
				const { fullPassHours = FULL_PASS_HOURS, maxProducts = 0 } = options;
				const most = maxProducts > 0 ? Math.ceil(maxProducts) : Number.POSITIVE_INFINITY;
				const snapshot = parseSnapshot(cursor, host, OF);
				const now = Date.now();
				const read = await readSince(shop, snapshot, fullPassHours * HOUR_MS, now);
				const { changed, gone, next, complete } = compareSnapshot(snapshot, read.prints, most);
				const rows = await viewed(shop, changed, read.products, {
					simplify: simple,
					paths: options.includeCategories === true,
				});
				rows.push(...gone.map((id) => ({ id, change: 'deleted' })));
				const last = rows.pop();
				if (!last) return [];
				const more = {
					// What was not told yet must be met again.
					since: complete ? read.newest : (snapshot.more.since ?? ''),
					full: read.isWhole && complete ? String(now) : (snapshot.more.full ?? ''),
				};
				return [...rows, { ...last, complete, nextCursor: snapshotText(next, host, OF, more) }];
			},
		}),
	],
};

/** The changes since the run before, or everything when that is due or the only way. */
async function readSince(
	shop: ShoperShop,
	{ known, more: { since = '', full = '' } }: Snapshot,
	everyMs: number,
	now: number,
): Promise<CatalogRead> {
	const isDue = full === '' || now - Number(full) >= everyMs;
	if (!known || since === '' || isDue) return await wholeCatalog(shop);
	return (await changedCatalog(shop, known, since)) ?? (await wholeCatalog(shop));
}

async function viewed(
	shop: ShoperShop,
	ids: readonly string[],
	products: ReadonlyMap<string, ShoperRecord>,
	{ simplify: simple, paths }: { simplify: boolean; paths: boolean },
): Promise<IDataObject[]> {
	const missing: string[] = [];
	const hasAny = ids.length > 0 && paths && simple;
	const known = hasAny
		? await ifPermitted(shop, 'paths of categories', 'categories', missing, async () => ({
				tree: await categoryTree(shop),
				records: await allOf(shop, 'categories'),
				locale: await localeOf(shop),
			}))
		: undefined;
	return await Promise.all(
		ids.map(async (id) => {
			const product = products.get(id) ?? {};
			const shown = await viewProduct(shop, product, { simplify: simple, translations: false });
			const categories = Array.isArray(shown.categoryIds) ? shown.categoryIds.map(String) : [];
			return {
				...shown,
				...(known && {
					categories: categories.map((each) => ({
						id: each,
						path: pathOf(known.tree.lineOf(each), known.records, known.locale),
					})),
				}),
				change: 'updated',
			};
		}),
	);
}

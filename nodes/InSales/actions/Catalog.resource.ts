import type { IDataObject } from 'n8n-workflow';

import { simplify } from '../../shared/actions/fields';
import type { Resource } from '../../shared/actions/operation';
import { readCatalog } from '../catalog/sync';
import { START, cursorText, localTimeIn, parseCursor } from '../catalog/cursor';
import type { CatalogCursor } from '../catalog/cursor';
import type { InSalesRecord } from '../api/codec';
import { wireTime } from '../api/dates';
import { operation } from './operation';
import { syncOptions } from '../products/fields';
import { viewProducts } from '../products/view';

const HOUR_MS = 3_600_000;

export const catalog: Resource<InSalesRecord> = {
	value: 'catalog',
	name: 'Catalog',
	operations: [
		operation({
			value: 'sync',
			name: 'Sync',
			action: 'Sync the catalog',
			description:
				'Retrieve products that changed since the run before, deleted ones too, each once ("change" is "updated" or "deleted"). The last item carries "nextCursor" for the next run, and "complete". Nothing changed: no item, and the cursor stays good.',
			needs: ['products GET'],
			uses: ['price_kinds GET', 'collections GET', 'product_fields GET', 'warehouses GET'],
			items: 'together',
			fields: [
				{
					displayName: 'Cursor',
					name: 'cursor',
					type: 'string',
					default: '',
					description:
						'The "nextCursor" of the last item of the run before. Empty reads the whole catalogue; a date reads what changed since, by the local time of the shop unless it has an offset.',
				},
				simplify,
				syncOptions,
			],
			run: async (shop, { cursor: text, simplify: simple, options }) => {
				const { host } = shop.address;
				const { fullPassHours = 0, include = [], maxProducts = 0 } = options;
				const place = localTimeIn(text) ? await wireTime(shop, 'products', 'Cursor', text) : text;
				const cursor = startOf(parseCursor(place, host), fullPassHours * HOUR_MS, Date.now());
				const most = maxProducts > 0 ? Math.ceil(maxProducts) : Number.POSITIVE_INFINITY;
				const { changed, next, complete } = await readCatalog(shop, cursor, most);
				const rows = await viewProducts(shop, changed, { simplify: simple, include });
				return rows.map((row, at): IDataObject => {
					const change = changed[at]?.archived === true ? 'deleted' : 'updated';
					if (at < rows.length - 1) return { ...row, change };
					return { ...row, change, complete, nextCursor: cursorText(next, host) };
				});
			},
		}),
	],
};

/** Where to begin: at the cursor, or at the beginning when the last look at everything is too long ago. */
function startOf(cursor: CatalogCursor, everyMs: number, now: number): CatalogCursor {
	const isDue = everyMs > 0 && now - (cursor.full ?? 0) >= everyMs;
	return cursor === START || isDue ? { ...START, full: now } : cursor;
}

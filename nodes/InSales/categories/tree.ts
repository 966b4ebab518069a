import { idOrNull, numberOrNull, textOrNull } from '../../shared/output/orderShape';
import { idOf } from '../api/codec';
import type { InSalesRecord } from '../api/codec';
import { isoTime } from '../api/dates';
import type { InSalesShop } from '../api/reads';
import { changesByTime, pages } from '../api/query';

/** All records of a tree (collections, categories) with the way to each of them. */
export interface Tree {
	/** By ID, parents before their children, siblings in the shop's order. */
	records: ReadonlyMap<string, InSalesRecord>;
	/** `Catalogue > Shirts > Men`. */
	pathOf(id: string): string;
	/** IDs from the top to the record itself. */
	lineOf(id: string): string[];
}

const SEPARATOR = ' > ';

/** All collections of the storefront, read once per run. */
export async function collectionTree(shop: InSalesShop): Promise<Tree> {
	return await shop.once('collection tree', async () =>
		treeOf(await shop.list(changesByTime({ path: 'collections' }))),
	);
}

/** All categories of the stock, read once per run. They are not said to know changes (section 3.3). */
export async function categoryTree(shop: InSalesShop): Promise<Tree> {
	return await shop.once('category tree', async () =>
		treeOf(await shop.list(pages({ path: 'categories' }))),
	);
}

/** Builds the tree. Records whose parents are gone, or that are their own ancestors, stand alone. */
export function treeOf(rows: readonly InSalesRecord[]): Tree {
	const byId = new Map(rows.map((row) => [idOf(row), row]));
	const lineOf = (id: string): string[] => {
		const line: string[] = [];
		let current = byId.get(id);
		while (current && !line.includes(idOf(current))) {
			line.unshift(idOf(current));
			current = byId.get(idOrNull(current.parent_id) ?? '');
		}
		return line;
	};
	const keyOf = (id: string) =>
		lineOf(id).flatMap((each) => [numberOrNull(byId.get(each)?.position) ?? 0, Number(each)]);
	const sorted = [...byId.entries()]
		.map(([id, record]) => ({ id, record, key: keyOf(id) }))
		.sort((a, b) => compare(a.key, b.key));
	return {
		records: new Map(sorted.map(({ id, record }) => [id, record])),
		lineOf,
		pathOf: (id) =>
			lineOf(id)
				.map((each) => String(byId.get(each)?.title ?? each))
				.join(SEPARATOR),
	};
}

function compare(a: readonly number[], b: readonly number[]): number {
	for (const [at, value] of a.entries()) {
		const other = b[at];
		if (other === undefined) return 1;
		if (value !== other) return value - other;
	}
	return a.length - b.length;
}

/** A collection or category in a few plain fields. */
export function simplifyBranch(record: InSalesRecord, { pathOf, lineOf }: Tree) {
	const id = idOf(record);
	const { is_hidden: hidden } = record;
	return {
		id,
		title: textOrNull(record.title),
		path: pathOf(id),
		pathIds: lineOf(id),
		parentId: idOrNull(record.parent_id),
		level: lineOf(id).length,
		position: numberOrNull(record.position),
		...(hidden !== undefined && { active: hidden !== true }),
		...(record.permalink !== undefined && { permalink: textOrNull(record.permalink) }),
		updatedAt: isoTime(record.updated_at),
	};
}

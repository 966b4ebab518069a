import { idOrNull, numberOrNull } from '../../shared/output/orderShape';
import { flagOf } from '../../shared/output/recordShape';
import { isRecord } from '../api/codec';
import type { ShoperRecord } from '../api/codec';
import { allOf } from '../api/reads';
import type { ShoperShop } from '../api/reads';

import { translated } from '../api/translations';

/** Where each category stands: records do not tell, only `categories-tree` does. */
export interface CategoryTree {
	/** IDs in the order of the tree, parents before their children. */
	ids: readonly string[];
	/** IDs from the top to the category itself; only itself when the tree does not know it. */
	lineOf(id: string): string[];
}

const SEPARATOR = ' > ';

/** Reads the tree once per run: one request, whatever its size (Shoper REST reference 6.1). */
export async function categoryTree(shop: ShoperShop): Promise<CategoryTree> {
	return await shop.once('category tree', async () => {
		const branches = await shop.records({ method: 'GET', path: ['categories-tree'] });
		return treeOf(branches);
	});
}

/** Builds the tree from `[{"id": 21, "children": […]}]`. */
export function treeOf(branches: readonly ShoperRecord[]): CategoryTree {
	const parents = new Map<string, string | undefined>();
	const walk = (list: unknown, parent: string | undefined): void => {
		// Without branches, `children` may be an empty list, or an empty map.
		const children: unknown[] = Array.isArray(list)
			? list
			: isRecord(list)
				? Object.values(list)
				: [];
		for (const branch of children) {
			if (!isRecord(branch)) continue;
			const id = String(branch.id ?? branch.category_id ?? '');
			if (id === '' || parents.has(id)) continue;
			parents.set(id, parent);
			walk(branch.children, id);
		}
	};
	walk(branches, undefined);
	return {
		ids: [...parents.keys()],
		lineOf: (id) => {
			const line = [id];
			for (let at = parents.get(id); at !== undefined; at = parents.get(at)) line.unshift(at);
			return line;
		},
	};
}

/** `Clothes > Men > Shirts`; a category that is not among `records` is shown by its ID. */
export function pathOf(
	line: readonly string[],
	records: ReadonlyMap<string, ShoperRecord>,
	locale: string | undefined,
): string {
	return line
		.map((id) => {
			const record = records.get(id);
			return (record && translated(record, 'name', locale)) ?? `#${id}`;
		})
		.join(SEPARATOR);
}

/** A category in a few plain fields. */
export function simplifyCategory(
	record: ShoperRecord,
	line: readonly string[],
	records: ReadonlyMap<string, ShoperRecord>,
	locale: string | undefined,
) {
	return {
		id: String(record.category_id),
		name: translated(record, 'name', locale),
		path: pathOf(line, records, locale),
		pathIds: [...line],
		parentId: idOrNull(line.at(-2)),
		level: line.length,
		position: numberOrNull(record.order),
		active: isActive(record, locale),
		url: translated(record, 'permalink', locale),
	};
}

/** Whether customers see the category in a language; each one has a switch of its own. */
export function isActive(
	{ translations }: ShoperRecord,
	locale: string | undefined,
): boolean | null {
	if (!isRecord(translations)) return null;
	const own = locale === undefined ? undefined : translations[locale];
	const texts = isRecord(own) ? own : Object.values(translations).find(isRecord);
	return flagOf(texts?.active);
}

/** All categories, in the order of the tree; those the tree does not know come last. */
export async function categoriesInOrder(shop: ShoperShop): Promise<{
	tree: CategoryTree;
	records: ReadonlyMap<string, ShoperRecord>;
}> {
	const [tree, all] = await Promise.all([categoryTree(shop), allOf(shop, 'categories')]);
	const known = tree.ids.flatMap((id) => {
		const record = all.get(id);
		return record ? [[id, record] as const] : [];
	});
	return { tree, records: new Map([...known, ...all]) };
}

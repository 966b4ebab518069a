import { idOrNull, numberOrNull, textOrNull } from '../../shared/output/orderShape';
import { flagOf } from '../../shared/output/recordShape';
import { languageText } from '../api/codec';
import type { FieldValue, PrestaShopRecord } from '../api/records';
import type { PrestaShopShop } from '../api/reads';
import { listing } from '../api/query';

/** All categories of the shop with the way to each of them. */
export interface CategoryTree {
	/** By ID, parents before their children, siblings in the shop's order. */
	records: ReadonlyMap<string, PrestaShopRecord>;
	/** `Home > Clothes > Men`; the invisible root of the tree is left out. */
	pathOf(id: string, language: string | undefined): string;
	/** IDs from the top to the category itself. */
	lineOf(id: string): string[];
}

/** Only what paths and lists need: whole categories bring all IDs of their products along. */
const TREE_FIELDS = [
	'id',
	'id_parent',
	'active',
	'level_depth',
	'is_root_category',
	'position',
	'name',
	'link_rewrite',
];

const SEPARATOR = ' > ';

/** Reads all categories once per run. */
export async function categoryTree(shop: PrestaShopShop): Promise<CategoryTree> {
	return await shop.once('category tree', async () => {
		const rows = await shop.list(
			listing({ resource: 'categories', display: TREE_FIELDS }),
			undefined,
			'leaveOut',
		);
		return treeOf(rows);
	});
}

/** Builds the tree. Categories whose parents are gone, or that are their own ancestors, stand alone. */
export function treeOf(rows: readonly PrestaShopRecord[]): CategoryTree {
	const byId = new Map(rows.map((row) => [row.id ?? '', row]));
	const lineOf = (id: string): string[] => {
		const line: string[] = [];
		let current = byId.get(id);
		while (current?.id !== undefined && !line.includes(current.id)) {
			line.unshift(current.id);
			current = byId.get(String(current.id_parent));
		}
		return line;
	};
	const isHidden = (id: string) => {
		const { id_parent: parent, is_root_category: top } = byId.get(id) ?? {};
		// Above the "Home" of each shop there is a root that nobody sees.
		return (parent === '0' || parent === '') && top !== '1';
	};
	const keyOf = (id: string) =>
		lineOf(id).map((each) => Number(byId.get(each)?.position ?? 0) * 1e7 + Number(each));
	const sorted = [...byId.keys()]
		.map((id) => ({ id, key: keyOf(id) }))
		.sort((a, b) => compare(a.key, b.key));
	return {
		records: new Map(sorted.flatMap(({ id }) => pair(id, byId.get(id)))),
		lineOf,
		pathOf: (id, language) => {
			const line = lineOf(id);
			const shown = line.filter((each) => each === id || !isHidden(each));
			return shown
				.map((each) => languageText(byId.get(each)?.name as FieldValue | undefined, language))
				.join(SEPARATOR);
		},
	};
}

function pair(id: string, record: PrestaShopRecord | undefined): Array<[string, PrestaShopRecord]> {
	return record ? [[id, record]] : [];
}

function compare(a: readonly number[], b: readonly number[]): number {
	for (const [at, value] of a.entries()) {
		const other = b[at];
		if (other === undefined) return 1;
		if (value !== other) return value - other;
	}
	return a.length - b.length;
}

/** A category in a few plain fields. */
export function simplifyCategory(
	record: PrestaShopRecord,
	{ pathOf, lineOf }: CategoryTree,
	language: string | undefined,
) {
	const id = record.id ?? '';
	const textOf = (field: string) =>
		textOrNull(languageText(record[field] as FieldValue | undefined, language));
	return {
		id,
		name: textOf('name'),
		path: textOrNull(pathOf(id, language)),
		pathIds: lineOf(id),
		parentId: idOrNull(record.id_parent),
		level: numberOrNull(record.level_depth),
		position: numberOrNull(record.position),
		active: flagOf(record.active),
		linkRewrite: textOf('link_rewrite'),
	};
}

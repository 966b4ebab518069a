import { collate } from './collation.mts';
import type { WsContext } from './context.mts';
import type { Row } from './definitions.mts';
import { xmlStyle } from './getEntities.mts';
import type { WsOutput } from './output.mts';
import { textOf } from './query.mts';
import { bareXml } from './xmlDocument.mts';

const LIMIT = 10;

function weight(row: Row, word: string, language: string): number {
	const parts = ['name', 'name', 'name', 'description_short', 'description', 'reference'].map(
		(field) => {
			const value = row.values[field];
			return typeof value === 'string' ? value : (value?.[language] ?? '');
		},
	);
	return parts.reduce((sum, text) => sum + (collate(text).split(word).length - 1), 0);
}

/** `search?query=&language=`: products that contain the word, and their categories (recorded exchange 335). */
export function searchProducts(ctx: WsContext): WsOutput | undefined {
	const query = textOf(ctx.params, 'query');
	const language = textOf(ctx.params, 'language');
	if (!query || !language) {
		ctx.errors.add(
			400,
			100,
			"You have to set both the 'language' and 'query' parameters to get a result",
		);
		return { keepsSha1: true };
	}
	const word = collate(query);
	const found = [...ctx.database.table('products').rows()]
		.filter((row) => row.values.active === '1' && row.values.visibility !== 'none')
		.map((row) => ({ row, weight: weight(row, word, language) }))
		.filter((hit) => hit.weight > 0)
		.sort((a, b) => b.weight - a.weight || a.row.id - b.row.id)
		.slice(0, LIMIT)
		.map((hit) => hit.row);
	const categories = new Set<number>();
	for (const row of found) {
		for (const link of row.links.categories ?? []) categories.add(Number(link.id ?? 0));
	}
	const categoryIds = [...categories].sort((a, b) => a - b);
	const style = xmlStyle(ctx);
	const xml = [
		'<products>\n',
		...found.map((row) => bareXml('product', 'products', row.id, style)),
		'</products>\n<categories>\n',
		...categoryIds.map((id) => bareXml('category', 'categories', id, style)),
		'</categories>\n',
	].join('');
	return {
		xml,
		json:
			found.length === 0
				? []
				: {
						products: found.map((row) => ({ id: row.id })),
						categories: categoryIds.map((id) => ({ id })),
					},
	};
}

import type { WsContext } from './context.mts';
import type { Row } from './definitions.mts';
import { textIn } from './orderTransitions.mts';
import type { WsOutput } from './output.mts';
import { phpInt, textOf } from './query.mts';

function wantedIds(ctx: WsContext): number[] {
	const several = textOf(ctx.params, 'id');
	if (several !== undefined) {
		const inner = /^\[(.*)\]$/.exec(several)?.[1];
		return inner === undefined ? [] : inner.split(',').map(phpInt);
	}
	const [, id] = ctx.segments;
	if (id === undefined) {
		ctx.errors.php(
			ctx.traits.noticeCode,
			`${ctx.traits.undefinedEntry} (/var/www/html/classes/webservice/WebserviceRequest.php, line ${ctx.traits.lines.deleteWithoutId})`,
		);
	}
	return [phpInt(id ?? '')];
}

function removeWithProduct(ctx: WsContext, productId: number): void {
	for (const name of ['combinations', 'stock_availables']) {
		const table = ctx.database.table(name);
		for (const row of table.rowsWhere('id_product', String(productId))) table.delete(row.id);
	}
}

function removeStockOf(ctx: WsContext, combination: Row | undefined): void {
	const table = ctx.database.table('stock_availables');
	for (const row of table.rowsWhere('id_product', textIn(combination, 'id_product'))) {
		if (textIn(row, 'id_product_attribute') === String(combination?.id)) table.delete(row.id);
	}
}

/** DELETE of one or several records; a single missing id keeps all of them (recorded exchange 431). */
export function deleteEntities(ctx: WsContext): WsOutput | undefined {
	const table = ctx.database.table(ctx.resource.name);
	const ids = wantedIds(ctx);
	const missing = ids.filter((id) => !table.get(id));
	if (missing.length > 0 || ids.length === 0) {
		ctx.errors.add(404, 87, `Id(s) not exists: ${missing.join(', ')}`);
		return undefined;
	}
	for (const id of ids) {
		if (ctx.resource.name === 'combinations') removeStockOf(ctx, table.get(id));
		table.delete(id);
		if (ctx.resource.name === 'products') removeWithProduct(ctx, id);
	}
	return { status: 200, bodyless: true };
}

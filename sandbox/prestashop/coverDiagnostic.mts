import type { WsContext } from './context.mts';
import type { WsOutput } from './output.mts';

/**
 * 1.7.8.11 on PHP 7.4 complains about every product without a cover picture that it prints; the answer becomes an error
 * although nothing went wrong (recorded exchange 424).
 */
export function withCoverDiagnostic(ctx: WsContext, ids: number[], output: WsOutput): WsOutput {
	const diagnostic = ctx.traits.coverDiagnostic;
	if (!diagnostic || ctx.resource.name !== 'products' || ctx.shop.settings.displayErrors)
		return output;
	let noted = false;
	for (const id of ids) {
		const cover = ctx.database.table('products').get(id)?.values.id_default_image;
		if (typeof cover === 'string' && cover !== '' && cover !== '0') continue;
		ctx.errors.php(diagnostic.code, diagnostic.text);
		noted = true;
	}
	if (!noted) return output;
	const { json } = output;
	const printed = typeof json === 'object' && json !== null && !Array.isArray(json) ? json : {};
	return { ...output, keepsSha1: true, jsonBesideErrors: printed };
}

import type { WsContext } from './context.mts';
import { PhpFatal } from './errors.mts';
import { verbsOf } from './keys.mts';
import type { WsOutput } from './output.mts';

function escapeAttribute(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}

/** `GET /api/`: what the key may do. In JSON a list of names, or a fatal error from 8.x on (recorded exchange 016). */
export function rootDocument(ctx: WsContext): WsOutput {
	if (ctx.json && ctx.traits.rootJson === 'crash') {
		throw new PhpFatal(
			500,
			'',
			'TypeError: array_filter(): Argument #1 ($array) must be of type array, string given',
		);
	}
	const names: string[] = [];
	let xml = `<api shopName="${escapeAttribute(ctx.shop.configuration('PS_SHOP_NAME') ?? 'DemoShop')}">\n`;
	for (const [name, resource] of ctx.shop.data.resources) {
		const verbs = verbsOf(ctx.key, resource, ctx.traits.patch);
		if (verbs.size === 0) continue;
		names.push(name);
		const order = ctx.traits.patch
			? ['GET', 'PUT', 'POST', 'PATCH', 'DELETE', 'HEAD']
			: ['GET', 'PUT', 'POST', 'DELETE', 'HEAD'];
		const rights = order.map((verb) => `${verb.toLowerCase()}="${verbs.has(verb)}"`).join(' ');
		const href = `${ctx.base}/api/${name}`;
		xml += `<${name} xlink:href="${href}" ${rights}>\n`;
		xml += `<description xlink:href="${href}" ${rights}>\n${resource.description}</description>\n`;
		if (!resource.noSchema) {
			xml += `<schema xlink:href="${href}?schema=blank" type="blank"/>\n`;
			xml += `<schema xlink:href="${href}?schema=synopsis" type="synopsis"/>\n`;
		}
		xml += `</${name}>\n`;
	}
	return { xml: `${xml}</api>\n`, json: names };
}

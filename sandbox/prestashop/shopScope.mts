import type { WsContext } from './context.mts';
import { textOf } from './query.mts';

/** Group and shop parameters that passed the redirects: unknown groups are error 999 (recorded exchange 287). */
export function checkShopScope(ctx: WsContext): void {
	const group = textOf(ctx.params, 'id_group_shop') ?? textOf(ctx.params, 'id_shop_group');
	if (group === undefined) return;
	if (!ctx.shop.find('shop_groups', Number(group))) {
		ctx.errors.add(500, 999, ctx.traits.groupWithoutShops);
	}
}

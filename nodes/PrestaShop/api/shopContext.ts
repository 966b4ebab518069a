import { by, locator } from '../../shared/pickers/locators';
import { InputError } from '../../shared/protocol/errors';
import type { Scope } from '../../shared/protocol/scope';

/**
 * Multistore: the shop, group of shops or all shops that a call works in. `id_group_shop` is the
 * one name of the group that all versions know (section 1.4).
 */
export const shopContext: Scope = {
	field: locator({
		displayName: 'Shop Context',
		name: 'shopContext',
		description:
			"The shop of a multistore to work in. Without it, the installation's default shop decides what lists show.",
		required: false,
		list: 'searchShops',
		modes: [by('id', 'By ID', 'e.g. 2, group:1 or all')],
	}),
	query: ({ value }): Record<string, string> => {
		const text = value.replace(/\s/g, '').toLowerCase();
		if (text === 'all') return { id_shop: 'all' };
		if (/^[1-9]\d*$/.test(text)) return { id_shop: text };
		const [, group] = /^group:([1-9]\d*)$/.exec(text) ?? [];
		if (group !== undefined) return { id_group_shop: group };
		throw new InputError(
			`"Shop Context" is "${value}".`,
			'Enter the ID of a shop such as 2, a group of shops such as group:1, or all.',
		);
	},
};

/**
 * Whether a record belongs to the part of the multistore a call is confined to (`Shop.scope`). Lists
 * of a shop also hold what other shops share with it, and single records are not confined at all.
 */
export function belongsTo(
	scope: Readonly<Record<string, string>>,
	record: Readonly<Record<string, unknown>>,
): boolean {
	const { id_shop: shop, id_group_shop: group } = scope;
	const same = (wanted: string | undefined, own: unknown) =>
		wanted === undefined || wanted === 'all' || own === undefined || own === wanted;
	return same(shop, record.id_shop) && same(group, record.id_shop_group);
}

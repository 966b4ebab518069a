import { localeNamed } from '../languages/shopLanguages';
import { textOrNull } from '../../shared/output/orderShape';
import type { FactKind, ToolFact, ToolStatus } from '../../shared/tools/shopTools';
import type { ShoperRecord } from '../api/codec';
import { allOf, localeOf } from '../api/reads';
import type { ShoperShop } from '../api/reads';
import { everyTranslation, translated } from '../api/translations';
import { isActive, isOn, phaseOf } from '../orders/statuses';

/** The locale of names: the one that is set on the node, or the shop's main one. */
export async function localeFor(shop: ShoperShop, language: string): Promise<string | undefined> {
	return language === '' ? await localeOf(shop) : await localeNamed(shop, language, {});
}

/** The statuses that are switched on. */
export async function statuses(shop: ShoperShop): Promise<ToolStatus[]> {
	const locale = await localeOf(shop);
	return [...(await allOf(shop, 'statuses')).values()].filter(isActive).map((status) => ({
		id: String(status.status_id),
		names: [translated(status, 'name', locale) ?? '', ...everyTranslation(status, 'name')],
		phase: phaseOf(status),
	}));
}

/** How the kinds of facts are read: the resource, its ID, and what is shown of a record. */
const KINDS: Readonly<
	Record<FactKind, [string, string, (record: ShoperRecord, locale?: string) => string | null]>
> = {
	delivery: [
		'shippings',
		'shipping_id',
		(each, locale) => {
			const name = translated(each, 'name', locale) ?? textOrNull(each.name);
			const cost = textOrNull(each.cost);
			return cost === null ? name : `${name ?? ''}, ${cost}`;
		},
	],
	payment: [
		'payments',
		'payment_id',
		(each, locale) => translated(each, 'title', locale) ?? textOrNull(each.name),
	],
	languages: ['languages', 'lang_id', ({ locale }) => textOrNull(locale)],
	currencies: ['currencies', 'currency_id', ({ name }) => textOrNull(name)],
};

export async function facts(
	shop: ShoperShop,
	kind: FactKind,
	language: string,
): Promise<ToolFact[]> {
	const [resource, id, show] = KINDS[kind];
	const locale = await localeFor(shop, language);
	return [...(await allOf(shop, resource)).values()]
		.filter(({ visible, active }) => isShown(visible) && isShown(active))
		.map((record) => ({ id: String(record[id]), name: show(record, locale) ?? '' }));
}

function isShown(flag: unknown): boolean {
	return flag === undefined || flag === null || isOn(flag);
}

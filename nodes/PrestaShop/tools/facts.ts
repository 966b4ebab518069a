import { languageIdOf } from '../languages/shopLanguages';
import { namesOf } from '../orders/statuses';
import { textOrNull } from '../../shared/output/orderShape';
import type { FactKind, ToolFact, ToolStatus } from '../../shared/tools/shopTools';
import { languageText } from '../api/codec';
import type { FieldValue, PrestaShopRecord } from '../api/records';
import { listing } from '../api/query';
import { allOf } from '../api/reads';
import type { PrestaShopShop } from '../api/reads';
import { phaseOf } from '../orders/simplify';

/** The states that were not deleted, by ID. */
export async function statuses(shop: PrestaShopShop): Promise<ToolStatus[]> {
	const states = [...(await allOf(shop, 'order_states')).values()];
	return states
		.filter(({ deleted }) => deleted !== '1')
		.map((state) => ({ id: state.id ?? '', names: namesOf(state), phase: phaseOf(state) }));
}

/** What the shop offers; payment methods are known from what was paid with, for the shop lists none. */
export async function facts(
	shop: PrestaShopShop,
	kind: FactKind,
	language: string,
): Promise<ToolFact[]> {
	if (kind === 'payment') return await paymentsUsed(shop);
	const languageId = await languageIdOf(shop, language);
	const text = (value: unknown) => languageText(value as FieldValue | undefined, languageId);
	const read = async (resource: string, show: (record: PrestaShopRecord) => string) =>
		[...(await allOf(shop, resource)).values()]
			.filter(({ deleted, active }) => deleted !== '1' && active !== '0')
			.map((record) => ({ id: record.id ?? '', name: show(record) }));
	if (kind === 'languages') {
		return await read('languages', ({ name, iso_code: code }) => `${text(name)} (${String(code)})`);
	}
	if (kind === 'currencies') return await read('currencies', ({ iso_code: code }) => String(code));
	return await read('carriers', ({ name, delay }) =>
		[textOrNull(name), textOrNull(text(delay))].filter(Boolean).join(', '),
	);
}

/** Orders that are looked through for payment methods. */
const RECENT = 100;

async function paymentsUsed(shop: PrestaShopShop): Promise<ToolFact[]> {
	const display = ['id', 'module', 'payment'];
	const query = { resource: 'orders', display, order: 'newest' as const, limit: RECENT };
	const orders = await shop.list(listing(query), RECENT);
	const methods = new Map(orders.map(({ module, payment }) => [String(module), String(payment)]));
	return [...methods].map(([id, name]) => ({ id, name }));
}

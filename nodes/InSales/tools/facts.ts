import { textOrNull } from '../../shared/output/orderShape';
import type { FactKind, ToolFact, ToolStatus } from '../../shared/tools/shopTools';
import { idOf } from '../api/codec';
import { allOf } from '../api/reads';
import type { InSalesShop } from '../api/reads';
import { nameOf } from '../orders/deliveryMethods';
import { phaseOf, statusChoices } from '../orders/statuses';

/** The custom statuses of the shop, or the system ones where it has none. */
export async function statuses(shop: InSalesShop): Promise<ToolStatus[]> {
	return (await statusChoices(shop)).map(({ permalink, title, system }) => ({
		id: permalink ?? system ?? '',
		names: [title],
		phase: phaseOf(system),
	}));
}

const RESOURCES: Partial<Record<FactKind, string>> = {
	delivery: 'delivery_variants',
	payment: 'payment_gateways',
};

/** InSales keeps one language and one currency, and tells neither. */
export async function facts(shop: InSalesShop, kind: FactKind): Promise<ToolFact[]> {
	const resource = RESOURCES[kind];
	if (resource === undefined) return [];
	return [...(await allOf(shop, resource)).values()].map((record) => {
		const price = textOrNull(record.price);
		return {
			id: idOf(record),
			name: price === null ? nameOf(record) : `${nameOf(record)}, ${price}`,
		};
	});
}

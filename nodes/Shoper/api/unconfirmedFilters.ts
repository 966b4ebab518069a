import type { Unreadable } from '../../shared/reading/pageReader';
import { settled } from '../../shared/protocol/settled';
import type { ShoperRecord } from './codec';
import { isUnknownField } from './reads';
import type { ShoperShop } from './reads';
import { listing } from './query';
import type { Condition } from './conditions';
import type { ListQuery } from './query';

/** A condition of which nobody has seen whether the shop can filter by it (Shoper REST reference 3.2). */
export interface DoubtfulCondition {
	condition: Condition;
	/** The same, checked here. */
	check(record: ShoperRecord): boolean;
}

/**
 * A list with conditions the shop may not know. It says so with a 404 that does not tell which field
 * it means; then all of them are checked here, which reads more pages. One that it ignores is found
 * out by the same check.
 */
export async function listWithDoubt(
	shop: ShoperShop,
	query: ListQuery,
	doubtful: readonly DoubtfulCondition[],
	count: number,
	unreadable?: Unreadable,
): Promise<ShoperRecord[]> {
	const walk = async (told: readonly Condition[], limit: number | undefined) => {
		const where = [...(query.where ?? []), ...told];
		const list = listing({ ...query, where, ...(limit !== undefined && { limit }) });
		const keep = (record: ShoperRecord) =>
			list.keep?.(record) !== false && doubtful.every(({ check }) => check(record));
		return await shop.list({ ...list, keep }, count, unreadable);
	};
	const conditions = doubtful.map(({ condition }) => condition);
	const told = await settled(async () => await walk(conditions, query.limit));
	if (told.ok) return told.value;
	if (doubtful.length === 0 || !isUnknownField(told.error)) throw told.error;
	// A page of the wanted size would be too small for what is picked out here.
	return await walk([], undefined);
}

/** A time of the record's own field that is not before `local` (shop's wall clock). */
export function notBefore(field: string, local: string): DoubtfulCondition {
	return {
		condition: { field, operator: '>=', value: local },
		// Times of one form sort like texts.
		check: (record) => String(record[field] ?? '') >= local,
	};
}

import { isNotFound, loadIfGranted } from '../../shared/reading/permissions';
import type { Lookup } from '../../shared/reading/lookup';
import { settled } from '../../shared/protocol/settled';
import type { Shop } from '../../shared/reading/shop';
import type { InSalesRecord } from './codec';
import { keyOf, lookup, pages } from './query';
import { rightName } from './rights';

export type InSalesShop = Shop<InSalesRecord>;

/**
 * Runs `load`; when the key has no right to it, or the plan of the shop does not include it, answers
 * `undefined` and notes in `missing` which part is left out and which right would bring it. Other failures pass.
 */
export async function ifGranted<T>(
	shop: InSalesShop,
	part: string,
	resource: string,
	missing: string[],
	load: () => Promise<T>,
): Promise<T | undefined> {
	const right = rightName(resource, 'GET');
	return await loadIfGranted(shop, { part, resource, right }, missing, load);
}

const lookups = new Map<string, Lookup<InSalesRecord>>();

/** The one record with this ID, or `undefined`. Items that name the same one share a request. */
export async function byId(
	shop: InSalesShop,
	resource: string,
	id: string,
): Promise<InSalesRecord | undefined> {
	const known = lookups.get(resource) ?? lookup(resource);
	lookups.set(resource, known);
	const result = await settled(async () => await shop.find(known, id));
	if (result.ok) return result.value[0];
	if (isNotFound(result.error)) return undefined;
	throw result.error;
}

/** All records of a small resource without a cursor (settings), read once per run, by ID or what stands for it. */
export async function allOf(
	shop: InSalesShop,
	resource: string,
): Promise<ReadonlyMap<string, InSalesRecord>> {
	return await shop.once(`all ${resource}`, async () => {
		const records = await shop.list(pages({ path: resource }));
		return new Map(records.map((record) => [keyOf(record), record]));
	});
}

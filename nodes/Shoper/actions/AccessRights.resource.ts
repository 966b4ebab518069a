import { ShopError } from '../../shared/protocol/errors';
import type { Resource } from '../../shared/actions/operation';
import { settled } from '../../shared/protocol/settled';
import { isDenied } from '../../shared/reading/permissions';
import type { ShoperRecord } from '../api/codec';

import type { ShoperShop } from '../api/reads';
import { CODES } from '../api/classify';
import { operation } from './operation';
import { nameRight, partsOfNeed, tickRight } from '../api/rights';

/** The resource that explains the token or login; it lists the operations of all others. */
export function accessRights(
	others: ReadonlyArray<Resource<ShoperRecord>>,
): Resource<ShoperRecord> {
	return {
		value: 'accessRights',
		name: 'Access Rights',
		operations: [
			operation({
				value: 'checkPermissions',
				name: 'Check Permissions',
				action: 'Check the permissions of the credential',
				description:
					'List for every operation of this node whether the token or login allows it, and what to grant in the shop if not. Reads one record of each area and writes nothing, so rights to write are only known where reading is denied as well.',
				needs: [],
				items: 'oneByOne',
				fields: [],
				run: async (shop) => {
					// Whoever asks may just have ticked something.
					shop.refusals.clear();
					const rows = others.flatMap((resource) =>
						resource.operations.map((each) => ({ resource, each })),
					);
					const rights = [
						...new Set(rows.flatMap(({ each }) => [...each.needs, ...(each.uses ?? [])])),
					];
					const areas = [...new Set(rights.map((right) => partsOfNeed(right)[0]))];
					const readable = new Map(
						await Promise.all(
							areas.map(async (area) => [area, await canRead(shop, area)] as const),
						),
					);
					const granted = (right: string) => isGranted(right, readable);
					return rows.map(({ resource, each }) => {
						const missing = each.needs.filter((need) => granted(need) === false);
						const unchecked = each.needs.filter((need) => granted(need) === undefined);
						const left = (each.uses ?? []).filter((use) => granted(use) === false);
						return {
							resource: resource.value,
							operation: each.value,
							name: `${resource.name}: ${each.name}`,
							granted: missing.length > 0 ? false : unchecked.length > 0 ? null : true,
							needs: named(each.needs) ?? '',
							missing: named(missing),
							unchecked: named(unchecked),
							toDo: missing.map((need) => tickRight(...partsOfNeed(need))).join(' ') || null,
							leftOutWithout: named(left),
						};
					});
				},
			}),
		],
	};
}

function named(rights: readonly string[]): string | null {
	return rights.map(nameRight).join(', ') || null;
}

/** Whether records of an area may be read; `undefined` where the shop has no such resource. */
async function canRead(shop: ShoperShop, area: string): Promise<boolean | undefined> {
	const path = [area.replace(/_/g, '-')];
	const read = await settled(
		async () => await shop.send({ method: 'GET', path, query: { limit: '1' } }),
	);
	if (read.ok) return true;
	const { error } = read;
	if (isDenied(error)) return false;
	if (error instanceof ShopError && error.failure.code === CODES.noResource) return undefined;
	throw error;
}

/** The levels of a right include those below (section 1.2): who may not read may not write either. */
function isGranted(
	right: string,
	readable: ReadonlyMap<string, boolean | undefined>,
): boolean | undefined {
	const [area, method] = partsOfNeed(right);
	const read = readable.get(area);
	return method === 'GET' || read === false ? read : undefined;
}

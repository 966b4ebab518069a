import { ShopError } from '../../shared/protocol/errors';
import type { Resource } from '../../shared/actions/operation';
import { settled } from '../../shared/protocol/settled';
import { isDenied } from '../../shared/reading/permissions';
import type { InSalesRecord } from '../api/codec';

import type { InSalesShop } from '../api/reads';
import { operation } from './operation';
import { SMALLEST_PAGE } from '../api/query';
import { nameRight, partsOfNeed, tickRight } from '../api/rights';

/** Rights that no reading can tell: `product prices` shows only in the products themselves. */
const NOT_LISTS = ['order contents', 'product prices', 'account'];

/** Whether the key has a right; `null`: InSales does not tell without a change being made. */
type Granted = boolean | null;

/** The resource that explains the access key; it lists the operations of all others. */
export function accessRights(
	others: ReadonlyArray<Resource<InSalesRecord>>,
): Resource<InSalesRecord> {
	return {
		value: 'accessRights',
		name: 'Access Rights',
		operations: [
			operation({
				value: 'checkPermissions',
				name: 'Check Permissions',
				action: 'Check the permissions of the access key',
				description:
					'List for every operation of this node whether the access key allows it, and what to tick in the shop if not. Only reads: whether the key may change something is told as unknown, because InSales does not say it without a change.',
				needs: [],
				items: 'oneByOne',
				fields: [],
				run: async (shop) => {
					// Whoever asks may just have ticked something.
					shop.refusals.clear();
					const operations = others.flatMap((resource) =>
						resource.operations.map((each) => ({ resource, each })),
					);
					const needs = operations.flatMap(({ each }) => [...each.needs, ...(each.uses ?? [])]);
					const granted = await probed(shop, new Set(needs));
					return operations.map(({ resource, each }) => {
						const missing = each.needs.filter((need) => granted.get(need) === false);
						const unknown = each.needs.filter((need) => granted.get(need) === null);
						const left = (each.uses ?? []).filter((need) => granted.get(need) === false);
						const asked = missing.length > 0 ? missing : unknown;
						return {
							resource: resource.value,
							operation: each.value,
							name: `${resource.name}: ${each.name}`,
							granted: missing.length > 0 ? false : unknown.length > 0 ? null : true,
							needs: each.needs.map(nameRight).join(', '),
							missing: missing.map(nameRight).join(', ') || null,
							unknown: unknown.map(nameRight).join(', ') || null,
							toDo: asked.map((need) => tickRight(...partsOfNeed(need))).join(' ') || null,
							leftOutWithout: left.map(nameRight).join(', ') || null,
						};
					});
				},
			}),
		],
	};
}

/** Asks for a first page of every list that is needed, and for nothing else. */
async function probed(
	shop: InSalesShop,
	needs: ReadonlySet<string>,
): Promise<ReadonlyMap<string, Granted>> {
	const answers = [...needs].map(async (need): Promise<[string, Granted]> => {
		const [resource, method] = partsOfNeed(need);
		if (method !== 'GET' || NOT_LISTS.includes(resource)) return [need, null];
		const query = { per_page: `${SMALLEST_PAGE}` };
		const result = await settled(
			async () => await shop.send({ method: 'GET', path: [resource], query }),
		);
		if (result.ok) return [need, true];
		const { error } = result;
		if (isDenied(error)) return [need, false];
		// A shop without a feature has no list of it; that is no matter of rights.
		if (error instanceof ShopError && error.failure.kind === 'notFound') return [need, null];
		throw error;
	});
	return new Map(await Promise.all(answers));
}

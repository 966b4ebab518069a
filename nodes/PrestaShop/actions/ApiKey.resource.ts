import type { Resource } from '../../shared/operation';
import type { Method } from '../../shared/vendor';
import { decode } from '../codec';
import type { ApiRight, PrestaShopRecord } from '../codec';
import { operation } from '../operation';
import { rightName, tickRight } from '../rights';

/** The resource that explains the key; it lists the operations of all others. */
export function apiKey(
	others: ReadonlyArray<Resource<PrestaShopRecord>>,
): Resource<PrestaShopRecord> {
	return {
		value: 'apiKey',
		name: 'API Key',
		operations: [
			operation({
				value: 'checkPermissions',
				name: 'Check Permissions',
				action: 'Check the permissions of the API key',
				description:
					'List for every operation of this node whether the key allows it, and what to tick in the shop if not. One request.',
				needs: [],
				items: 'oneByOne',
				fields: [],
				run: async (shop) => {
					const reply = await shop.send({ method: 'GET', path: [] });
					const decoded = decode(reply.text);
					const rights = decoded.kind === 'root' ? decoded.root.rights : [];
					return others.flatMap((resource) =>
						resource.operations.map((each) => {
							const missing = each.needs.filter((need) => !isGranted(need, rights));
							const left = (each.uses ?? []).filter((use) => !isGranted(use, rights));
							return {
								resource: resource.value,
								operation: each.value,
								name: `${resource.name}: ${each.name}`,
								granted: missing.length === 0,
								needs: each.needs.map(asRight).join(', '),
								missing: missing.map(asRight).join(', ') || null,
								toDo: missing.map(asTick).join(' ') || null,
								leftOutWithout: left.map(asRight).join(', ') || null,
							};
						}),
					);
				},
			}),
		],
	};
}

/** Splits `orders GET`. */
function partsOf(need: string): [string, Method] {
	const [resource = '', method = 'GET'] = need.split(' ');
	return [resource, method as Method];
}

function isGranted(need: string, rights: readonly ApiRight[]): boolean {
	const [resource, method] = partsOf(need);
	return rights.find((right) => right.resource === resource)?.methods[method] === true;
}

function asRight(need: string): string {
	return rightName(...partsOf(need));
}

function asTick(need: string): string {
	return tickRight(...partsOf(need));
}

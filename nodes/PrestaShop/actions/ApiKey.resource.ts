import type { IDataObject } from 'n8n-workflow';

import type { Resource } from '../../shared/actions/operation';
import type { Method } from '../../shared/protocol/call';
import { anew } from '../../shared/reading/records';
import type { PrestaShopRecord } from '../api/records';
import { keyRights } from '../api/keyRights';
import type { KeyRights } from '../api/keyRights';
import type { PrestaShopShop } from '../api/reads';
import { preparationOf } from '../newOrders/settings';
import { operation } from './operation';
import { profileGrants } from '../api/permissionProfiles';
import type { PermissionProfile } from '../api/permissionProfiles';
import { rightName, tickRight } from '../api/rights';
import { mayUpdate } from '../writing/verbs';

/** The resource that explains the key; it lists the operations of all others. */
export function apiKey(
	others: ReadonlyArray<Resource<PrestaShopRecord>>,
): Resource<PrestaShopRecord> {
	return {
		value: 'apiKey',
		name: 'Access Rights',
		operations: [
			operation({
				value: 'checkPermissions',
				name: 'Check Permissions',
				action: 'Check the permissions of the API key',
				description:
					'List for every operation of this node whether the key allows it, and what to tick in the shop if not, and whether the shop is prepared for orders whose total is not known',
				needs: [],
				items: 'oneByOne',
				fields: [
					{
						displayName: 'Profile',
						name: 'profile',
						type: 'options',
						default: 'all',
						description: 'Which operations to list',
						options: [
							{
								name: 'AI Assistant',
								value: 'assistant',
								description: 'What a key for support and product texts has to allow',
							},
							{ name: 'Everything', value: 'all' },
							{
								name: 'Marketplace',
								value: 'marketplace',
								description: 'Everything that reads',
							},
						],
					},
				],
				run: async (shop, { profile }) => {
					const rights = await keyRights(shop, anew);
					const isWanted = ({ needs }: { needs: readonly string[] }) =>
						needs.every((need) => profileGrants(profile as PermissionProfile, ...partsOf(need))) &&
						(profile === 'all' || needs.length > 0);
					const preparation = await preparationNote(shop, rights);
					return others.flatMap((resource) =>
						resource.operations.filter(isWanted).map((each) => {
							const missing = each.needs.filter((need) => !isGranted(need, rights));
							const left = (each.uses ?? []).filter((use) => !isGranted(use, rights));
							return {
								resource: resource.value,
								operation: each.value,
								name: `${resource.name}: ${each.name}`,
								granted: missing.length === 0,
								needs: each.needs.map((need) => asRight(need, rights)).join(', '),
								missing: missing.map((need) => asRight(need, rights)).join(', ') || null,
								toDo: missing.map((need) => asTick(need, rights)).join(' ') || null,
								leftOutWithout: left.map((use) => asRight(use, rights)).join(', ') || null,
								...(resource.value === 'order' && each.value === 'create' && preparation),
							};
						}),
					);
				},
			}),
		],
	};
}

/** Whether the shop is prepared for orders of the mode "Prepared Shop"; `null` when the key may not look. */
async function preparationNote(shop: PrestaShopShop, rights: KeyRights): Promise<IDataObject> {
	if (!rights.has('configurations', 'GET')) {
		return { shopPrepared: null, note: `Needs ${rightName('configurations', 'GET')}.` };
	}
	const found = await preparationOf(shop);
	if (found.prepared === undefined) return { shopPrepared: null, note: found.missing };
	return found.prepared
		? { shopPrepared: true, note: `Orders get the status ${found.stateId}.` }
		: { shopPrepared: false, note: `The mode Total Known works; ${found.why}.` };
}

/** Splits `orders GET`; of `products PUT|PATCH`, one right is enough. */
function partsOf(need: string): [string, Method[]] {
	const [resource = '', methods = 'GET'] = need.split(' ');
	return [resource, methods.split('|') as Method[]];
}

/** The rights of which one is enough on this shop. */
function choiceOf(need: string, { knowsPatch }: KeyRights): [string, Method[]] {
	const [resource, methods] = partsOf(need);
	const known = methods.filter((method) => method !== 'PATCH' || knowsPatch);
	return [resource, known.length > 0 ? known : methods];
}

function isGranted(need: string, rights: KeyRights): boolean {
	const [resource, methods] = partsOf(need);
	if (methods.includes('PATCH')) return mayUpdate(rights, resource);
	return methods.some((method) => rights.has(resource, method));
}

function asRight(need: string, rights: KeyRights): string {
	const [resource, methods] = choiceOf(need, rights);
	return methods.map((method) => rightName(resource, method)).join(' or ');
}

/** Where the shop offers PATCH, that is the one to tick: it touches nothing but what changes. */
function asTick(need: string, rights: KeyRights): string {
	const [resource, methods] = choiceOf(need, rights);
	return tickRight(resource, methods.includes('PATCH') ? 'PATCH' : (methods[0] ?? 'GET'));
}

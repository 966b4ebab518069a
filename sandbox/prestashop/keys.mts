import type { ResourceDefinition } from './definitions.mts';

export const METHODS = ['GET', 'PUT', 'POST', 'PATCH', 'DELETE', 'HEAD'] as const;

/** A webservice key with its permissions: resource to verbs. `'*'` stands for everything a resource does not forbid. */
export interface WebserviceKey {
	key: string;
	name: string;
	active: boolean;
	description: string;
	permissions: '*' | Record<string, string[]>;
}

/** The keys of the recorded installations, with the same strings and rights. */
export function recordedKeys(): WebserviceKey[] {
	return [
		{
			key: 'FULLACCESSKEY0000000000000000001',
			name: 'full',
			active: true,
			description: 'every resource, every method that the resource does not forbid',
			permissions: '*',
		},
		{
			key: 'LIMITEDN8NKEY0000000000000000002',
			name: 'limited',
			active: true,
			description: 'orders, their statuses, products and customers',
			permissions: {
				products: ['GET', 'PUT'],
				orders: ['GET'],
				order_details: ['GET'],
				order_states: ['GET'],
				order_histories: ['GET', 'POST'],
				customers: ['GET', 'PUT'],
				languages: ['GET'],
			},
		},
		{
			key: 'DISABLEDKEY000000000000000000003',
			name: 'disabled',
			active: false,
			description: 'as full, but switched off',
			permissions: '*',
		},
		{
			key: 'PRODUCTSREADKEY00000000000000004',
			name: 'readonly',
			active: true,
			description: 'reads products and images',
			permissions: { products: ['GET'], images: ['GET'] },
		},
		{
			key: 'NOPERMISSIONSKEY0000000000000005',
			name: 'noperm',
			active: true,
			description: 'active, without a single permission',
			permissions: {},
		},
		{
			key: 'ORDERMAKERKEY0000000000000000006',
			name: 'ordermaker',
			active: true,
			description: 'makes orders: exactly what recorded exchanges 962 to 973 needed',
			permissions: {
				customers: ['GET', 'POST'],
				addresses: ['POST'],
				carts: ['GET', 'POST'],
				orders: ['GET', 'POST'],
				products: ['GET'],
				combinations: ['GET'],
				specific_prices: ['POST'],
				order_histories: ['POST'],
			},
		},
	];
}

/** Verbs the key may use on a resource. A key can name verbs that the resource forbids; those stay forbidden. */
export function verbsOf(
	key: WebserviceKey,
	resource: ResourceDefinition,
	patch: boolean,
): Set<string> {
	const verbs =
		key.permissions === '*'
			? METHODS.filter((method) => !resource.forbidden.includes(method.toLowerCase()))
			: (key.permissions[resource.name] ?? []);
	return new Set(verbs.filter((verb) => patch || verb !== 'PATCH'));
}

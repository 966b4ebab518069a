import type { Method } from '../../shared/protocol/call';

/** What a kind of user grants its key; operations beyond it are of no interest to it. */
export type PermissionProfile = 'all' | 'assistant' | 'marketplace';

/** The rights an AI assistant for support and product texts asks shop owners for, and no others. */
const ASSISTANT: Readonly<Record<string, readonly Method[]>> = {
	products: ['GET', 'PUT'],
	orders: ['GET'],
	order_details: ['GET'],
	order_states: ['GET'],
	order_histories: ['GET', 'POST'],
	customers: ['GET', 'PUT'],
	languages: ['GET'],
};

/** Whether a profile grants one of these methods on a resource. A marketplace reads everything. */
export function profileGrants(
	profile: PermissionProfile,
	resource: string,
	methods: readonly Method[],
): boolean {
	switch (profile) {
		case 'assistant':
			return methods.some((method) => ASSISTANT[resource]?.includes(method));
		case 'marketplace':
			return methods.includes('GET');
		default:
			return true;
	}
}

import type { N8nRest } from '../../../sandbox/n8n/rest.mts';
import type { CredentialReference } from '../../../sandbox/n8n/workflow.mts';
import { startShoperSandbox } from '../../../sandbox/shoper/shop.mts';
import type { ShoperSandbox } from '../../../sandbox/shoper/shop.mts';
import { shopNodes } from './shopNodes.mts';

export { SHOPER_ADMINS, SHOPER_TOKENS } from '../../../sandbox/shoper/shop.mts';
export type { ShoperSandbox } from '../../../sandbox/shoper/shop.mts';

export const SHOPER_TOOL = 'n8n-nodes-storefronts.shoperTool';

/** The allowance that a trial shop was seen to grant (Shoper REST reference 2). */
const BUCKET = { limit: 10, perSecond: 10 };

type Parameters = Record<string, unknown>;

export const {
	save: saveShoper,
	action: shoperAction,
	trigger: shoperTrigger,
} = shopNodes({
	action: 'n8n-nodes-storefronts.shoper',
	trigger: 'n8n-nodes-storefronts.shoperTrigger',
	credential: 'shoperApi',
});

/** A sandbox shop inside the test's process, on a port of its own. */
export async function openShoper(): Promise<ShoperSandbox> {
	return await startShoperSandbox({ bucket: BUCKET });
}

/** What a user types into the credential to log in. */
export function loginOf(
	shop: ShoperSandbox,
	{ login, password }: { login: string; password: string },
): Parameters {
	return { shopUrl: shop.url, authentication: 'login', username: login, password };
}

/** What a user types into the credential to use the token of an integration. */
export function tokenFor(shop: ShoperSandbox, apiToken: string): Parameters {
	return { shopUrl: shop.url, authentication: 'apiToken', apiToken };
}

/**
 * Changes a field of a credential as the dialog does: it sends everything back that it was given,
 * with placeholders for what is secret, and so the token of the old login stays stored.
 */
export async function editCredential(
	rest: N8nRest,
	{ id, name }: CredentialReference,
	change: Parameters,
): Promise<void> {
	const send = async (query: string, options: RequestInit = {}): Promise<unknown> => {
		const response = await fetch(`${rest.url}/rest/credentials/${String(id)}${query}`, {
			...options,
			headers: { 'content-type': 'application/json', cookie: rest.session },
		});
		if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
		return await response.json();
	};
	const answer = (await send('?includeData=true')) as { data: { data: Parameters } };
	const data = { ...answer.data.data, ...change };
	await send('', { method: 'PATCH', body: JSON.stringify({ name, type: 'shoperApi', data }) });
}

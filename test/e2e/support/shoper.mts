import { randomUUID } from 'node:crypto';
import type { N8nRest } from '../../../sandbox/n8n/rest.mts';
import type { RunData } from '../../../sandbox/n8n/executionData.mts';
import { errorOf, outputOf } from '../../../sandbox/n8n/executionData.mts';
import { pollEverySeconds } from '../../../sandbox/n8n/workflow.mts';
import type { CredentialReference, WorkflowNode } from '../../../sandbox/n8n/workflow.mts';
import { startShoperSandbox } from '../../../sandbox/shoper/shop.mts';
import type { ShoperSandbox } from '../../../sandbox/shoper/shop.mts';

export { SHOPER_ADMINS, SHOPER_TOKENS } from '../../../sandbox/shoper/shop.mts';
export type { ShoperSandbox } from '../../../sandbox/shoper/shop.mts';

export const SHOPER_ACTION = 'n8n-nodes-storefronts.shoper';
export const SHOPER_TOOL = 'n8n-nodes-storefronts.shoperTool';
const SHOPER_TRIGGER = 'n8n-nodes-storefronts.shoperTrigger';

/** The allowance that a trial shop was seen to grant (Shoper REST reference 2). */
const BUCKET = { limit: 10, perSecond: 10 };

type Parameters = Record<string, unknown>;

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

/** Saves a credential of a Shoper shop, or gives the one of this name new data. */
export async function saveShoper(
	rest: N8nRest,
	name: string,
	data: Parameters,
): Promise<CredentialReference> {
	return { id: await rest.saveCredential(name, 'shoperApi', data), name };
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

function shoperNode(
	name: string,
	type: string,
	credential: CredentialReference,
	parameters: Parameters,
): WorkflowNode {
	return {
		id: randomUUID(),
		name,
		type,
		typeVersion: 1,
		position: [0, 0],
		parameters,
		credentials: { shoperApi: credential },
	};
}

/** A Shoper node, or with the type of the tool, one for an agent. */
export function shoperAction(
	name: string,
	credential: CredentialReference,
	parameters: Parameters,
	type = SHOPER_ACTION,
): WorkflowNode {
	return shoperNode(name, type, credential, parameters);
}

/** A Shoper Trigger that polls every two seconds, much more often than a user may choose. */
export function shoperTrigger(
	name: string,
	credential: CredentialReference,
	parameters: Parameters,
): WorkflowNode {
	const pollTimes = pollEverySeconds(2);
	return shoperNode(name, SHOPER_TRIGGER, credential, { pollTimes, ...parameters });
}

/** The records a node gave; throws the failure of the run as the user sees it. */
export function recordsOf(run: RunData, node: string): Array<Record<string, unknown>> {
	const error = errorOf(run);
	if (error) throw new Error(`${error.message} / ${error.description}`);
	return outputOf(run, node).map(({ json }) => json);
}

import { randomUUID } from 'node:crypto';
import { INSALES_KEYS, startInSalesSandbox } from '../../../sandbox/insales/shop.mts';
import type { InSalesSandbox } from '../../../sandbox/insales/shop.mts';
import { outputOf } from '../../../sandbox/n8n/executionData.mts';
import type { N8nRest } from '../../../sandbox/n8n/rest.mts';
import { pollEverySeconds } from '../../../sandbox/n8n/workflow.mts';
import type { CredentialReference, WorkflowNode } from '../../../sandbox/n8n/workflow.mts';

export { INSALES_KEYS } from '../../../sandbox/insales/shop.mts';
export type { InSalesSandbox } from '../../../sandbox/insales/shop.mts';

const INSALES_ACTION = 'n8n-nodes-storefronts.inSales';
const INSALES_TRIGGER = 'n8n-nodes-storefronts.inSalesTrigger';

type Parameters = Record<string, unknown>;
type Key = (typeof INSALES_KEYS)[keyof typeof INSALES_KEYS];

/** A sandbox shop inside the test's process, on a port of its own. */
export async function openInSales(): Promise<InSalesSandbox> {
	return await startInSalesSandbox();
}

/** What a user types into the credential; the key of the chat service has the rights it asks for. */
export function accessTo(shop: InSalesSandbox, key: Key = INSALES_KEYS.chat): Parameters {
	return { shopUrl: shop.url, ...key };
}

/** Saves a credential of an InSales shop, or gives the one of this name new data. */
export async function saveInSales(
	rest: N8nRest,
	name: string,
	data: Parameters,
): Promise<CredentialReference> {
	return { id: await rest.saveCredential(name, 'inSalesApi', data), name };
}

function inSalesNode(
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
		credentials: { inSalesApi: credential },
	};
}

/** An InSales node. */
export function inSalesAction(
	name: string,
	credential: CredentialReference,
	parameters: Parameters,
): WorkflowNode {
	return inSalesNode(name, INSALES_ACTION, credential, parameters);
}

/** An InSales Trigger that polls every two seconds, much more often than a user may choose. */
export function inSalesTrigger(
	name: string,
	credential: CredentialReference,
	parameters: Parameters,
): WorkflowNode {
	const pollTimes = pollEverySeconds(2);
	return inSalesNode(name, INSALES_TRIGGER, credential, { pollTimes, ...parameters });
}

/** Everything a node of a workflow has given out so far, oldest first. */
export async function givenBy(
	rest: N8nRest,
	workflow: { id: string },
	node: string,
): Promise<Parameters[]> {
	const items = [];
	for (const { id } of (await rest.executions(workflow.id)).reverse()) {
		items.push(...outputOf((await rest.execution(id)).run, node).map(({ json }) => json));
	}
	return items;
}

/** The rows of a data table of n8n, by its name, as its own page reads them; `[]` without the table. */
export async function tableRows(rest: N8nRest, name: string): Promise<Parameters[]> {
	const read = async <T,>(path: string): Promise<T> => {
		const response = await fetch(`${rest.url}/rest${path}`, { headers: { cookie: rest.session } });
		if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
		return ((await response.json()) as { data: T }).data;
	};
	const { id: project } = await read<{ id: string }>('/projects/personal');
	const tables = `/projects/${project}/data-tables`;
	const known = await read<{ data: Array<{ id: string; name: string }> }>(tables);
	const table = known.data.find((entry) => entry.name === name);
	if (!table) return [];
	return (await read<{ data: Parameters[] }>(`${tables}/${table.id}/rows?take=250`)).data;
}

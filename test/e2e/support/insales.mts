import { INSALES_KEYS, startInSalesSandbox } from '../../../sandbox/insales/shop.mts';
import type { InSalesSandbox } from '../../../sandbox/insales/shop.mts';
import type { N8nRest } from '../../../sandbox/n8n/rest.mts';
import { shopNodes } from './shopNodes.mts';

export { INSALES_KEYS } from '../../../sandbox/insales/shop.mts';
export type { InSalesSandbox } from '../../../sandbox/insales/shop.mts';

type Parameters = Record<string, unknown>;
type Key = (typeof INSALES_KEYS)[keyof typeof INSALES_KEYS];

export const {
	save: saveInSales,
	action: inSalesAction,
	trigger: inSalesTrigger,
} = shopNodes({
	action: 'n8n-nodes-storefronts.inSales',
	trigger: 'n8n-nodes-storefronts.inSalesTrigger',
	credential: 'inSalesApi',
});

/** A sandbox shop inside the test's process, on a port of its own. */
export async function openInSales(): Promise<InSalesSandbox> {
	return await startInSalesSandbox();
}

/** What a user types into the credential; the key of the chat service has the rights it asks for. */
export function accessTo(shop: InSalesSandbox, key: Key = INSALES_KEYS.chat): Parameters {
	return { shopUrl: shop.url, ...key };
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

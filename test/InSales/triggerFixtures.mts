/** The InSales trigger against a sandbox shop. */
import type { INodeExecutionData, INodeParameters, INodePropertyOptions } from 'n8n-workflow';
import { InSalesTrigger } from '../../nodes/InSales/InSalesTrigger.node.ts';
import type { INSALES_KEYS } from '../../sandbox/insales/shop.mts';
import { TriggerBench, loadOptions } from '../support/engine.mts';
import type { Bench } from '../support/engine.mts';
import { actionBench } from './fixtures.mts';

export { activated, eventOf, heldShop, holdTime, ids } from '../support/triggers.mts';
export type { HeldTime } from '../support/triggers.mts';

type Key = keyof typeof INSALES_KEYS;

function triggerNode(shop: { url: string }, key: Key, own: object = {}): Bench {
	return { ...actionBench(shop, key, own), node: new InSalesTrigger() };
}

export function triggerBench(
	shop: { url: string },
	parameters: INodeParameters,
	key: Key = 'chat',
	own: object = {},
): TriggerBench {
	return new TriggerBench(triggerNode(shop, key, own), parameters);
}

/** The statuses that the filter offers in the editor. */
export async function loadStatuses(shop: { url: string }): Promise<INodePropertyOptions[]> {
	return await loadOptions(triggerNode(shop, 'chat'), 'getOrderStatuses');
}

interface Change {
	id: string;
	status: { id: string; name: string };
	previousStatus: { id: string; name: string } | null;
}

/** Status events as `id: before → after`. */
export function moves(items: INodeExecutionData[]): string[] {
	return items.map(({ json }) => {
		const { id, status, previousStatus } = json as unknown as Change;
		return `${id}: ${previousStatus?.id ?? '?'} → ${status.id}`;
	});
}

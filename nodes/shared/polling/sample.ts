import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { InputError } from '../http/errors';
import { toItem } from './eventItem';
import { readSetup } from './setup';
import { scopedShop } from '../reading/shopContext';
import { openShop } from '../reading/shop';
import type { TriggerEvent } from './stream';
import type { Vendor } from '../protocol/vendor';

/** Rows looked at for a test event before giving up. */
const SAMPLE_ROWS = 20;

/** "Fetch test event": the newest real event, without touching the trigger's memory. */
export async function sample<R>(
	context: IPollFunctions,
	vendor: Vendor<R>,
	events: ReadonlyArray<TriggerEvent<R>>,
): Promise<INodeExecutionData[][]> {
	const { event, choice } = readSetup(context, vendor, events);
	const shop = scopedShop(await openShop(context, vendor), vendor.scope, choice.values);
	const { streams } = await event.open(shop, undefined);
	for (const stream of streams) {
		for (const row of await stream.newest(shop, SAMPLE_ROWS)) {
			const about = { choice, overdue: new Set([row.key]), known: {}, since: 0 };
			const [outcome] = await stream.resolve(shop, [row], about);
			if (outcome && typeof outcome !== 'string') return [[toItem(shop, event, outcome)]];
		}
	}
	throw new InputError(
		'The shop has nothing that matches yet.',
		'Place a test order (or change one) in the shop and fetch again.',
	);
}

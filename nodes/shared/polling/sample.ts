import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { InputError } from '../protocol/errors';
import { toItem } from './eventItem';
import { readSetup } from './setup';
import { scopedShop } from '../reading/shopContext';
import { openShop } from '../reading/shop';
import type { FeedRow, Stream, StreamEvent, TriggerEvent } from './stream';
import type { Vendor } from '../protocol/vendor';

/** Rows looked at first for a test event, and further rows turned into events together. */
const SAMPLE_ROWS = 20;

/** "Fetch test event": the newest real event, without touching the trigger's memory. */
export async function sample<R>(
	context: IPollFunctions,
	vendor: Vendor<R>,
	events: ReadonlyArray<TriggerEvent<R>>,
): Promise<INodeExecutionData[][]> {
	const { event, choice } = readSetup(context, vendor, events);
	const shop = scopedShop(await openShop(context, vendor), vendor.scope, choice.values);
	await event.check?.(shop, choice);
	const { streams } = await event.open(shop, undefined);
	const firstOf = async (stream: Stream<R>, rows: readonly FeedRow[]) => {
		const about = {
			choice,
			overdue: new Set(rows.map(({ key }) => key)),
			trackedValues: {},
			since: 0,
		};
		const outcomes = await stream.resolve(shop, rows, about);
		return outcomes.find((outcome): outcome is StreamEvent => typeof outcome === 'object');
	};
	for (const stream of streams) {
		const rows = await stream.newest(shop, SAMPLE_ROWS);
		// The newest alone, which is the one as a rule; the others share requests.
		for (const part of [rows.slice(0, 1), rows.slice(1)]) {
			const found = part.length > 0 && (await firstOf(stream, part));
			if (found) return [[toItem(shop, event, found)]];
		}
	}
	for (const stream of streams) {
		const rows = (await stream.likely?.(shop, choice)) ?? [];
		for (let at = 0; at < rows.length; at += SAMPLE_ROWS) {
			const found = await firstOf(stream, rows.slice(at, at + SAMPLE_ROWS));
			if (found) return [[toItem(shop, event, found)]];
		}
	}
	throw new InputError(
		'The shop has nothing that matches yet.',
		'Place a test order (or change one) in the shop and fetch again.',
	);
}

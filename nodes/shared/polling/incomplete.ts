import { isElsewhere } from './isolation';
import type { Outcome } from './isolation';
import { MINUTE } from './wallClock';
import { settled } from '../protocol/settled';
import type { Shop } from '../reading/shop';
import type { FeedRow, ResolveContext, Stream, StreamEvent } from './stream';

/** How long a record that cannot be read is asked for again before it is told of as it is, in milliseconds. */
export const UNREAD_GRACE_MS = 15 * MINUTE;

/** A failure in words. */
export function why(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}

/**
 * What is told of a record that cannot be read, by what its row says: an event that is marked as
 * incomplete, with the record's ID and the reason. While the shop has trouble with anything else, the
 * record is left for a later poll, which can tell more of it.
 */
export async function eventOfRow<R>(
	stream: Stream<R>,
	shop: Shop<R>,
	row: FeedRow,
	about: ResolveContext,
	error: unknown,
): Promise<Outcome> {
	const { recordId } = row;
	const result = await settled(
		async () => await stream.resolve(shop, [row], { ...about, rowOnly: true }),
	);
	if (!result.ok && isElsewhere(result.error)) return { unread: error };
	const event = result.ok ? (result.value[0] ?? 'wait') : bareEvent(row);
	if (typeof event === 'string') return event;
	const _missing = [`everything else: the record could not be read (${why(error)})`];
	return { ...event, json: { id: recordId, ...event.json, incomplete: true, _missing } };
}

function bareEvent({ key, recordId }: FeedRow): StreamEvent {
	const changeId = key.replace(/[^\w-]+/g, '-');
	return { key: `unread ${key}`, recordId, changeId, occurredAt: null, json: {} };
}

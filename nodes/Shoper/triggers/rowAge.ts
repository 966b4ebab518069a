import { MINUTE, instantOfHeader } from '../../shared/polling/wallClock';
import type { FeedRow } from '../../shared/polling/stream';
import { settled } from '../../shared/protocol/settled';
import { epochToLocal } from '../../shared/text/time';
import type { ShoperShop } from '../api/reads';
import { knownZone } from './shopCache';

/** How long a row with a lower ID may take to become visible (section 7.4). */
export const OVERLAP_MS = 5 * MINUTE;

/**
 * Rows with whether each is final: written before the overlap by the shop's clock, as the head of its
 * answer has it. Without a clock or a zone to read it in, rows do not tell.
 */
export async function withAge(
	shop: ShoperShop,
	rows: readonly FeedRow[],
	date: string | undefined,
	overlap: (zone: string) => number,
): Promise<FeedRow[]> {
	const sentAt = instantOfHeader(date);
	if (sentAt === undefined || rows.length === 0) return [...rows];
	const zone = await settled(async () => await knownZone(shop));
	if (!zone.ok || zone.value === undefined) return [...rows];
	const final = epochToLocal(sentAt - overlap(zone.value), zone.value);
	return rows.map((row) => ({ ...row, isFinal: row.stamp !== '' && row.stamp <= final }));
}

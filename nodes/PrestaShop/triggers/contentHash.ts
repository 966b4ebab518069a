import { anyOf } from '../api/conditions';
import { inHalves } from '../../shared/polling/isolation';
import { fingerprint } from '../../shared/text/hash';
import type { PrestaShopRecord } from '../api/records';
import type { PrestaShopShop } from '../api/reads';
import { listing } from '../api/query';

/** Records asked for at once. */
const CHUNK = 200;

/** A record seen unchanged for this long after its date will not change within its second any more. */
const CLOSED_AFTER_MS = 10_000;

/** How long a content that is not asked for any more is kept. */
const KEPT_MS = 2 * 3_600_000;

interface Known {
	contentHash: string;
	/** When the record was first seen with this date, and when it was last asked for (epoch ms). */
	since: number;
	asked: number;
	/** Whether the second of its date was surely over when the content was read. */
	closed: boolean;
}

/**
 * Contents by shop, resource, record and date. Only saves requests: they are read again after a
 * restart and come out the same.
 */
const known = new Map<string, Known>();

/** What tells one content of a record from another: the values of `fields`. */
export function contentHash(record: PrestaShopRecord, fields: readonly string[]): string {
	return fingerprint(JSON.stringify(fields.map((name) => record[name] ?? '')));
}

/**
 * Contents of records that were just listed, by ID. A record whose second may not be over when it
 * was read last is read again. Records that changed since they were listed are left out: they have
 * another date now and are listed behind it.
 */
export async function contentHashes(
	shop: PrestaShopShop,
	resource: string,
	fields: readonly string[],
	listed: readonly PrestaShopRecord[],
): Promise<ReadonlyMap<string, string>> {
	const now = Date.now();
	const shopKey = `${shop.address.url} ${JSON.stringify(shop.scope)} ${resource}`;
	const keyOf = ({ id, date_upd }: PrestaShopRecord) =>
		`${shopKey} ${id ?? ''}@${String(date_upd)}`;
	const hashes = new Map<string, string>();
	const open: PrestaShopRecord[] = [];
	for (const record of listed) {
		const entry = known.get(keyOf(record));
		if (entry) entry.asked = now;
		if (entry?.closed) hashes.set(record.id ?? '', entry.contentHash);
		else open.push(record);
	}
	const keys = new Set(open.map(keyOf));
	for (let at = 0; at < open.length; at += CHUNK) {
		const ids = open.slice(at, at + CHUNK).map(({ id }) => id ?? '');
		const part = async (display: readonly string[], from: number, size: number) => {
			const where = [anyOf('id', ids.slice(from, from + size))];
			const { first } = listing({ resource, display, where, limit: size });
			return await shop.records({ ...first, query: { ...first.query, date: '1' } });
		};
		const read = async (from: number, size: number) => await part(fields, from, size);
		// One that cannot be read counts as one content, whatever it holds, if the shop knows it at least.
		const readAlone = async (from: number) => {
			const [{ id } = {}] = await part(['id'], from, 1);
			return open.filter((each) => each.id === id).map(({ date_upd }) => ({ id, date_upd }));
		};
		const some = { offset: 0, count: ids.length };
		for (const record of await inHalves(some, read, readAlone)) {
			const key = keyOf(record);
			if (!keys.has(key)) continue;
			const hash = contentHash(record, fields);
			const since = known.get(key)?.since ?? now;
			known.set(key, {
				contentHash: hash,
				since,
				asked: now,
				closed: now - since >= CLOSED_AFTER_MS,
			});
			hashes.set(record.id ?? '', hash);
		}
	}
	for (const [key, { asked }] of known) if (now - asked > KEPT_MS) known.delete(key);
	return hashes;
}

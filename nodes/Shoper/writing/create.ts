import type { Call } from '../../shared/protocol/call';
import { createOnce } from '../../shared/writing/create';
import { createdId, jsonBody } from '../api/codec';
import type { ShoperRecord } from '../api/codec';
import type { ShoperShop } from '../api/reads';
import { listing } from '../api/query';
import type { Condition } from '../api/conditions';
import { idOf } from '../api/resources';

/** How a new record is told from others that came into being at the same time. */
export interface Recognition {
	/** Conditions the shop can filter by. */
	where?: readonly Condition[];
	isIt(candidate: ShoperRecord): boolean;
}

/**
 * Creates one record and gives its ID: the API has no idempotency keys (Shoper REST reference 5.1), so
 * after an unclear answer the node looks among the records that are newer than the newest one before.
 */
export async function createRecord(
	shop: ShoperShop,
	resource: string,
	record: ShoperRecord,
	{ where = [], isIt }: Recognition,
): Promise<{ id: string; warning?: string }> {
	const afterId = await newestId(shop, resource, where);
	const call: Call = { method: 'POST', path: [resource], body: jsonBody(record) };
	const { record: id, ...created } = await createOnce({
		call,
		send: async () => createdId(await shop.send(call), resource),
		find: async () => {
			const newer = await shop.list(listing({ resource, where, afterId }));
			return newer.filter(isIt).map((each) => idOf(resource, each));
		},
	});
	return { id, ...created };
}

/** ID of the newest record that meets the conditions; 0 when there is none. */
async function newestId(
	shop: ShoperShop,
	resource: string,
	where: readonly Condition[],
): Promise<number> {
	const [newest] = await shop.list(listing({ resource, where, order: 'newest', limit: 1 }), 1);
	return newest ? Number(idOf(resource, newest)) : 0;
}

import { settled } from '../../shared/protocol/settled';
import type { Call } from '../../shared/protocol/call';
import { createOnce } from '../../shared/writing/create';
import type { Created } from '../../shared/writing/create';
import { encodeRecord } from '../api/codec';
import type { PrestaShopRecord } from '../api/records';
import type { PrestaShopShop } from '../api/reads';
import { listing } from '../api/query';

/** How a new record is told from others that came into being at the same time. */
export interface Recognition {
	/** Fields to read for it: a whole record may be what the shop cannot show. */
	fields: readonly string[];
	isIt(candidate: PrestaShopRecord): boolean;
}

/**
 * Creates one record, once: after an unclear answer the node looks for it among the records that
 * are newer than the newest one before. PrestaShop 1.7 on PHP 7.4 answers the creation of every
 * product without a picture with 500, although the product exists (recorded exchange 424).
 *
 * @param node singular of the resource, for the body
 */
export async function createRecord(
	shop: PrestaShopShop,
	resource: string,
	node: string,
	record: PrestaShopRecord,
	{ fields, isIt }: Recognition,
): Promise<Created<PrestaShopRecord>> {
	const newestBefore = await newestId(shop, resource);
	const call: Call = {
		method: 'POST',
		path: [resource],
		body: { contentType: 'text/xml; charset=utf-8', text: encodeRecord(node, record) },
	};
	const created = await createOnce<PrestaShopRecord>({
		call,
		send: async () => {
			const [answer] = await shop.records(call);
			return answer?.id === undefined ? undefined : { id: answer.id };
		},
		find: async () => {
			const display = ['id', ...fields];
			const newer = await shop.list(listing({ resource, afterId: newestBefore, display }));
			return newer.filter(isIt);
		},
	});
	const read = await readAgain(shop, resource, created.record);
	const notes = [created.warning, read.warning].filter((note) => note !== undefined);
	return { record: read.record, ...(notes.length > 0 && { warning: notes.join(' ') }) };
}

async function newestId(shop: PrestaShopShop, resource: string): Promise<number> {
	const { first } = listing({ resource, display: ['id'], order: 'newest', limit: 1 });
	return Number((await shop.records(first))[0]?.id ?? 0);
}

/** The whole record; what is known of it where the shop cannot show it. */
async function readAgain(
	shop: PrestaShopShop,
	resource: string,
	known: PrestaShopRecord,
): Promise<Created<PrestaShopRecord>> {
	const id = known.id ?? '';
	const read = await settled(
		async () => await shop.records({ method: 'GET', path: [resource, id] }),
	);
	const record = read.ok ? read.value[0] : undefined;
	if (record) return { record };
	const warning = `The record was created with the ID ${id}, but the shop does not show it whole. Do not repeat this.`;
	return { record: known, warning };
}

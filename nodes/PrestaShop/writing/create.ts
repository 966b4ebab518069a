import { ShopError } from '../../shared/http/errors';
import { settled } from '../../shared/protocol/settled';
import type { Call } from '../../shared/protocol/vendor';
import { decode, encodeRecord } from '../api/codec';
import type { PrestaShopRecord } from '../api/codec';
import type { PrestaShopShop } from '../api/reads';
import { listing } from '../api/query';
import { didNotAnswerClearly } from './update';

/** What was created. */
export interface Created {
	/** The record as the shop has it, read after writing. */
	record: PrestaShopRecord;
	warning?: string;
}

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
): Promise<Created> {
	const newestBefore = await newestId(shop, resource);
	const call: Call = {
		method: 'POST',
		path: [resource],
		body: { contentType: 'text/xml; charset=utf-8', text: encodeRecord(node, record) },
	};
	const sent = await settled(async () => await shop.send(call));
	if (!sent.ok && !didNotAnswerClearly(sent.error)) throw sent.error;
	if (sent.ok) {
		const decoded = decode(sent.value.text);
		const id = decoded.kind === 'records' ? decoded.records[0]?.id : undefined;
		if (id !== undefined) return await readAgain(shop, resource, { id });
	}
	const looked = await settled(
		async () =>
			await shop.list(listing({ resource, afterId: newestBefore, display: ['id', ...fields] })),
	);
	const found = looked.ok ? looked.value.filter(isIt) : [];
	const [first] = found;
	const reason =
		sent.ok || !didNotAnswerClearly(sent.error)
			? 'The answer named no ID.'
			: sent.error.explanation.reason;
	if (first && found.length === 1) {
		const warning = `The shop answered with an error (${reason}) but did create the record. Do not repeat this.`;
		const read = await readAgain(shop, resource, first);
		return { ...read, warning: [warning, read.warning].filter(Boolean).join(' ') };
	}
	const failure =
		!sent.ok && didNotAnswerClearly(sent.error)
			? sent.error.failure
			: { kind: 'malformed' as const, sent: true };
	throw new ShopError(failure, call, {
		reason,
		fix:
			looked.ok && found.length === 0
				? 'No new record was found; it is safe to repeat this.'
				: 'It is not known whether the record was created. Look for it before you repeat this.',
	});
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
): Promise<Created> {
	const id = known.id ?? '';
	const read = await settled(
		async () => await shop.records({ method: 'GET', path: [resource, id] }),
	);
	const record = read.ok ? read.value[0] : undefined;
	if (record) return { record };
	const warning = `The record was created with the ID ${id}, but the shop does not show it whole. Do not repeat this.`;
	return { record: known, warning };
}

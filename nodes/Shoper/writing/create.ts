import type { IDataObject } from 'n8n-workflow';

import { ShopError } from '../../shared/http/errors';
import { settled } from '../../shared/protocol/settled';
import type { Call } from '../../shared/protocol/vendor';
import { createdId, jsonBody } from '../api/codec';
import type { ShoperRecord } from '../api/codec';
import type { ShoperShop } from '../api/reads';
import { listing } from '../api/query';
import type { Condition } from '../api/query';
import { idOf } from '../api/resources';
import { didNotAnswerClearly, unclear } from './update';

/** What was created. */
export interface Created {
	id: string;
	warning?: string;
}

/** How a new record is told from others that came into being at the same time. */
export interface Recognition {
	/** Conditions the shop can filter by. */
	where?: readonly Condition[];
	isIt(candidate: ShoperRecord): boolean;
}

/**
 * Creates one record, once: the API has no idempotency keys (Shoper REST reference 5.1), so after an
 * unclear answer the node looks for it among the records that are newer than the newest one before.
 */
export async function createRecord(
	shop: ShoperShop,
	resource: string,
	record: ShoperRecord,
	{ where = [], isIt }: Recognition,
): Promise<Created> {
	const afterId = await newestId(shop, resource, where);
	const call: Call = { method: 'POST', path: [resource], body: jsonBody(record) };
	const sent = await settled(async () => await shop.send(call));
	if (sent.ok) {
		const id = createdId(sent.value, resource);
		if (id !== undefined) return { id };
	} else if (!didNotAnswerClearly(sent.error)) throw sent.error;
	const error =
		!sent.ok && didNotAnswerClearly(sent.error)
			? sent.error
			: new ShopError({ kind: 'malformed', sent: true }, call, {
					reason: 'The answer named no ID.',
					fix: '',
				});
	const looked = await settled(async () => await shop.list(listing({ resource, where, afterId })));
	const found = looked.ok ? looked.value.filter(isIt) : [];
	const [first] = found;
	if (first && found.length === 1) {
		const warning = `The shop answered with an error (${error.explanation.reason}) but did create the record. Do not repeat this.`;
		return { id: idOf(resource, first), warning };
	}
	const surelyNot =
		looked.ok && found.length === 0 && !['timeout', 'network'].includes(error.failure.kind);
	throw unclear(
		error,
		surelyNot
			? 'No new record was found; it is safe to repeat this.'
			: 'It is not known whether the record was created. Look for it before you repeat this.',
	);
}

/**
 * What is told of a new record. That it cannot be shown must not look as if there were none: whoever
 * repeats the run would make another.
 */
export async function showCreated(
	{ id, warning }: Created,
	show: () => Promise<IDataObject | undefined>,
): Promise<IDataObject> {
	const shown = await settled(show);
	const notRead = shown.ok
		? undefined
		: `The record was created, but could not be read back: ${(shown.error as Error).message} Do not repeat this.`;
	const notes = [warning, notRead].filter((note) => note !== undefined);
	return {
		...((shown.ok && shown.value) || { id }),
		created: true,
		...(notes.length > 0 && { warning: notes.join(' ') }),
	};
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

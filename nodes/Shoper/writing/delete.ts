import type { IDataObject } from 'n8n-workflow';

import { settled } from '../../shared/protocol/settled';
import { notFound, single } from '../../shared/reading/records';
import type { ShoperRecord } from '../api/codec';
import type { ShoperShop } from '../api/reads';
import { didNotAnswerClearly, unclear } from './update';

/**
 * Deletes one record and returns what it was; after an unclear answer the node looks.
 *
 * @param show how the record may be shown
 * @throws InputError when there is no such record
 */
export async function deleteRecord(
	shop: ShoperShop,
	resource: string | readonly string[],
	id: string,
	{ dryRun = false, show = (record) => record }: DeleteOptions = {},
): Promise<IDataObject> {
	const path = typeof resource === 'string' ? [resource] : resource;
	const before = await single(shop, path, id);
	if (!before) throw notFound(`record in ${path.join('/')} with the ID`, id);
	const result = { id, resource: path.join('/'), record: show(before) };
	if (dryRun) return { ...result, deleted: false, reason: 'dry run' };
	const sent = await settled(
		async () => await shop.send({ method: 'DELETE', path: [...path, id] }),
	);
	if (sent.ok) return { ...result, deleted: true };
	const { error } = sent;
	if (!didNotAnswerClearly(error)) throw error;
	const looked = await settled(async () => await single(shop, path, id));
	if (looked.ok && looked.value === undefined) {
		const warning = `The shop answered with an error (${error.explanation.reason}) but did delete the record.`;
		return { ...result, deleted: true, warning };
	}
	throw unclear(
		error,
		looked.ok
			? 'The record still exists.'
			: 'It is not known whether the record was deleted: looking at it failed as well.',
	);
}

interface DeleteOptions {
	dryRun?: boolean;
	show?(record: ShoperRecord): IDataObject;
}

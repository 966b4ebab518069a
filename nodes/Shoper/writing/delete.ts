import type { IDataObject } from 'n8n-workflow';

import { idOf } from '../api/resources';
import { notFound, single } from '../../shared/reading/records';
import { deleteOnce } from '../../shared/writing/delete';
import { refuseAnother } from '../../shared/writing/outcome';
import type { ShoperRecord } from '../api/codec';
import type { ShoperShop } from '../api/reads';

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
	// Records below another one may show the ID of that one.
	if (path.length === 1) refuseAnother(idOf(path[0] ?? '', before), id);
	const result = { id, resource: path.join('/'), record: show(before) };
	if (dryRun) return { ...result, deleted: false, reason: 'dry run' };
	const deletion = {
		noun: 'record',
		send: async () => await shop.send({ method: 'DELETE', path: [...path, id] }),
		isGone: async () => (await single(shop, path, id)) === undefined,
	};
	return { ...result, ...(await deleteOnce(deletion)) };
}

interface DeleteOptions {
	dryRun?: boolean;
	show?(record: ShoperRecord): IDataObject;
}

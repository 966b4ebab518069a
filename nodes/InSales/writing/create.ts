import type { Call } from '../../shared/protocol/call';
import { createOnce } from '../../shared/writing/create';
import type { Created } from '../../shared/writing/create';
import { encode, idOf } from '../api/codec';
import type { InSalesRecord } from '../api/codec';
import type { InSalesShop } from '../api/reads';
import { pathOf } from '../api/query';
import type { NamedValues } from './recordChanges';

/**
 * Creates a record, once: there is no key against repeats (InSales API reference, 5.9). 200 and 201 are
 * alike, and some answers name no record. After an unclear answer it looks, where there is a way to.
 *
 * @param find finds the record if it was created after all; only what nothing but this request can have made
 */
export async function createRecord(
	shop: InSalesShop,
	resource: string | readonly string[],
	root: string | undefined,
	fields: NamedValues,
	find?: () => Promise<InSalesRecord | undefined>,
): Promise<Created<InSalesRecord>> {
	const call: Call = { method: 'POST', path: pathOf(resource), body: encode(root, fields) };
	return await createOnce<InSalesRecord>({
		call,
		send: async () => (await shop.records(call))[0],
		...(find && {
			find: async () => {
				const found = await find();
				return idOf(found) === '' || !found ? [] : [found];
			},
		}),
		unnamed: {},
	});
}

import { settled } from '../../shared/protocol/settled';
import { encode, idOf } from '../api/codec';
import type { InSalesRecord } from '../api/codec';
import type { InSalesShop } from '../api/reads';
import { pathOf } from '../api/query';
import type { NamedValues } from './recordChanges';
import { didNotAnswerClearly, known } from './update';

/** What creating a record gave. */
export interface Created {
	record: InSalesRecord;
	warning?: string;
}

/**
 * Creates a record, once: there is no key against repeats (InSales API reference, 5.9). 200 and 201 are
 * alike. After an unclear answer it looks, where there is a way to.
 *
 * @param find finds the record if it was created after all; only what nothing but this request can have made
 * @throws ShopError when nothing was created or nothing can be said; its fix says which
 */
export async function createRecord(
	shop: InSalesShop,
	resource: string | readonly string[],
	root: string | undefined,
	fields: NamedValues,
	find?: () => Promise<InSalesRecord | undefined>,
): Promise<Created> {
	const path = pathOf(resource);
	const sent = await settled(
		async () => await shop.records({ method: 'POST', path, body: encode(root, fields) }),
	);
	if (sent.ok) {
		const [record] = sent.value;
		if (record) return { record };
		const warning = 'The shop accepted it, but did not say what it created.';
		const looked = find && (await settled(find));
		const found = looked?.ok ? looked.value : undefined;
		return found ? { record: found } : { record: {}, warning };
	}
	const { error } = sent;
	if (!didNotAnswerClearly(error)) throw error;
	if (!find) throw error;
	const looked = await settled(find);
	if (looked.ok && looked.value && idOf(looked.value) !== '') {
		const warning = `The shop answered with an error (${error.explanation.reason}) but did create the record. Do not repeat it.`;
		return { record: looked.value, warning };
	}
	throw known(
		error,
		looked.ok
			? 'So far nothing was created, but the shop may still be working on it. Wait a minute and look before you repeat this.'
			: 'It is not known whether it was created: looking for it failed as well. Look in the back office before you repeat this.',
	);
}

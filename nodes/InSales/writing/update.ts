import { settled } from '../../shared/protocol/settled';
import type { Call } from '../../shared/protocol/call';
import { notFound, single } from '../../shared/reading/records';
import { doneAnyway, refuseAnother, sendOnce, withAdvice } from '../../shared/writing/outcome';
import { notReadBack, notSaved } from '../../shared/writing/update';
import type { UpdateOptions, Updated } from '../../shared/writing/update';
import { encode, idOf } from '../api/codec';
import type { InSalesRecord } from '../api/codec';
import type { InSalesShop } from '../api/reads';
import { pathOf } from '../api/query';
import { differences } from './recordChanges';
import type { NamedValues } from './recordChanges';

/** One record to change. */
export interface Target {
	/** Path below /admin, such as `orders`. */
	resource: string | readonly string[];
	id: string;
	/** Singular name around the fields, such as `order`; without one the fields stand by themselves. */
	root: string | undefined;
	/** What the record is called in messages. */
	noun: string;
	/** The record as it was read just before, to save reading it again. */
	before?: InSalesRecord;
	/** For records that are written in another form than they are read. */
	form?: Form;
}

/** How a record is compared with named values, and how these are sent. */
export interface Form {
	read(record: InSalesRecord): InSalesRecord;
	write(named: NamedValues): NamedValues;
}

const AS_IT_IS: Form = { read: (record) => record, write: (named) => named };

/**
 * Changes the named fields of one record and nothing else: PUT is partial in InSales (InSales API
 * reference, 5). The answer of an order is the order after the change; some resources answer `ok` only, so
 * those are read again. Never sent twice: after an unclear answer the node looks.
 *
 * @throws InputError when there is no such record
 */
export async function updateRecord(
	shop: InSalesShop,
	target: Target,
	named: NamedValues,
	{ dryRun = false, onlyIfChanged = true }: UpdateOptions = {},
): Promise<Updated<InSalesRecord>> {
	const { resource, id, root, noun, form = AS_IT_IS } = target;
	const before = target.before ?? (await single(shop, resource, id));
	if (!before) throw notFound(`${noun} with the ID`, id);
	refuseAnother(idOf(before), id);
	const changed = differences(form.read(before), named);
	const unwritten = { record: before, changed, written: false, warnings: [] };
	if (onlyIfChanged && Object.keys(changed).length === 0) {
		return { ...unwritten, reason: 'nothing to change' };
	}
	if (dryRun) return { ...unwritten, reason: 'dry run' };
	const call: Call = {
		method: 'PUT',
		path: [...pathOf(resource), id],
		body: encode(root, form.write(named)),
	};
	const { answer, unclear } = await sendOnce(async () => await shop.records(call));
	if (!unclear) {
		const [first] = answer;
		const record =
			idOf(first) === '' ? ((await single(shop, resource, id)) ?? before) : (first ?? before);
		return { record, changed, written: true, warnings: ignored(form.read(record), named) };
	}
	const looked = await settled(async () => await single(shop, resource, id));
	if (!looked.ok || !looked.value) throw notReadBack(unclear, call);
	const open = Object.keys(differences(form.read(looked.value), named));
	if (open.length === 0) {
		const warnings = [doneAnyway(unclear, 'did save the change')];
		return { record: looked.value, changed, written: true, warnings };
	}
	if (open.length === Object.keys(changed).length) throw notSaved(unclear);
	throw withAdvice(unclear, `Only a part was saved; still open: ${open.join(', ')}.`);
}

/** Fields that were sent and taken without a word, but have another value now. */
function ignored(record: InSalesRecord, named: NamedValues): string[] {
	const open = Object.keys(differences(record, named)).filter((name) => {
		const [field = ''] = name.split('.');
		// Some fields are never shown (passwords); nothing can be said about those.
		return field === 'custom_status_permalink' || record[field] !== undefined;
	});
	if (open.length === 0) return [];
	return [`The shop took the request, but these fields have another value: ${open.join(', ')}.`];
}

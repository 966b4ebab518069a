import { ShopError, isUnclear } from '../../shared/http/errors';
import { settled } from '../../shared/protocol/settled';
import type { Call } from '../../shared/protocol/vendor';
import { notFound, single } from '../../shared/reading/records';
import { encode, idOf } from '../api/codec';
import type { InSalesRecord } from '../api/codec';
import type { InSalesShop } from '../api/reads';
import { pathOf } from '../api/query';
import { differences } from './recordChanges';
import type { Difference, NamedValues } from './recordChanges';

/** How careful an update is. */
export interface UpdateOptions {
	/** Only tells what would change. */
	dryRun?: boolean;
	/** Sends nothing when every named field already has its value. */
	onlyIfChanged?: boolean;
}

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

/** What an update did. */
export interface Updated {
	/** The record as the shop has it now. */
	record: InSalesRecord;
	/** The named fields whose value differs now (in a dry run: would differ). */
	changed: Record<string, Difference>;
	/** Whether a write was sent and carried out. */
	written: boolean;
	/** Why nothing was written. */
	reason?: string;
	warnings: string[];
}

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
): Promise<Updated> {
	const { resource, id, root, noun, form = AS_IT_IS } = target;
	const before = target.before ?? (await single(shop, resource, id));
	if (!before) throw notFound(`${noun} with the ID`, id);
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
	const sent = await settled(async () => await shop.records(call));
	if (sent.ok) {
		const [answer] = sent.value;
		const record =
			idOf(answer) === '' ? ((await single(shop, resource, id)) ?? before) : (answer ?? before);
		return { record, changed, written: true, warnings: ignored(form.read(record), named) };
	}
	const { error } = sent;
	if (!didNotAnswerClearly(error)) throw error;
	const looked = await settled(async () => await single(shop, resource, id));
	if (!looked.ok || !looked.value) {
		throw known(
			error,
			'It is not known whether it was saved: reading the record again failed as well. Look at it before you repeat this.',
		);
	}
	const open = Object.keys(differences(form.read(looked.value), named));
	if (open.length > 0) {
		throw known(
			error,
			open.length === Object.keys(changed).length
				? 'So far nothing was saved, but the shop may still be working on it. Look at the record before you repeat this.'
				: `Only a part was saved; still open: ${open.join(', ')}.`,
		);
	}
	const warning = `The shop answered with an error (${error.explanation.reason}) but did save the change. Do not repeat it.`;
	return { record: looked.value, changed, written: true, warnings: [warning] };
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

/** Whether a failed write may have been carried out all the same. */
export function didNotAnswerClearly(error: unknown): error is ShopError {
	return error instanceof ShopError && isUnclear(error.failure);
}

/** The same failure with what is known about the record. */
export function known({ failure, call, explanation }: ShopError, fix: string): ShopError {
	return new ShopError(failure, call, { ...explanation, fix });
}

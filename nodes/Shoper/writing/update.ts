import { settled } from '../../shared/protocol/settled';
import type { Call } from '../../shared/protocol/call';
import { idOf } from '../api/resources';
import { notFound, single } from '../../shared/reading/records';
import { doneAnyway, refuseAnother, sendOnce } from '../../shared/writing/outcome';
import { notReadBack, notSaved } from '../../shared/writing/update';
import type { UpdateOptions, Updated } from '../../shared/writing/update';
import { jsonBody } from '../api/codec';
import type { ShoperRecord } from '../api/codec';
import type { ShoperShop } from '../api/reads';
import { differences } from './recordChanges';

/** How a record is changed. */
export interface RecordUpdate extends UpdateOptions {
	/** Throws `InputError` for what cannot be written to the record. */
	check?(before: ShoperRecord): void;
	/** Fields that are never shown, so that their absence means nothing. */
	unshown?: readonly string[];
	/**
	 * What is sent, where that is more or other than the named fields: the whole of a nested object,
	 * above all, because whether the shop leaves its other parts alone is not known.
	 */
	bodyOf?(before: ShoperRecord, named: ShoperRecord): ShoperRecord;
}

/**
 * Changes the named fields of one record: reads, sends only what is named (a PUT is partial, Shoper
 * REST reference 5.1), reads again and reports what changed. After an unclear answer the node looks
 * instead of sending again.
 *
 * @throws InputError when there is no such record
 */
export async function updateRecord(
	shop: ShoperShop,
	resource: string | readonly string[],
	id: string,
	named: ShoperRecord,
	options: RecordUpdate = {},
): Promise<Updated<ShoperRecord>> {
	const { dryRun = false, onlyIfChanged = true, unshown = [] } = options;
	const { bodyOf = (_: ShoperRecord, fields: ShoperRecord) => fields } = options;
	const path = typeof resource === 'string' ? [resource] : resource;
	const before = await single(shop, path, id);
	if (!before) throw notFound(`record in ${path.join('/')} with the ID`, id);
	// Records below another one may show the ID of that one.
	if (path.length === 1) refuseAnother(idOf(path[0] ?? '', before), id);
	options.check?.(before);
	const planned = differences(before, named);
	const outcome = { record: before, changed: planned, alsoChanged: {}, warnings: [] };
	if (Object.keys(planned).length === 0 && onlyIfChanged) {
		return { ...outcome, written: false, reason: 'nothing to change' };
	}
	if (dryRun) return { ...outcome, written: false, reason: 'dry run' };
	const body = jsonBody(bodyOf(before, named));
	const call: Call = { method: 'PUT', path: [...path, id], body };
	const { unclear } = await sendOnce(async () => await shop.send(call));
	const looked = await settled(async () => await single(shop, path, id));
	const after = looked.ok ? looked.value : undefined;
	if (!after) throw notReadBack(unclear, call);
	const real = differences(before, after);
	const unlike = Object.keys(differences(after, named, { numerals: true }));
	const missing = unlike.filter((name) => isShown(after, name));
	const ignored = Object.keys(named).filter(
		(name) => after[name] === undefined && !unshown.includes(name),
	);
	const isNamed = (name: string) => Object.hasOwn(named, name.split('.')[0] ?? '');
	const entries = Object.entries(real);
	if (unclear && !entries.some(([name]) => isNamed(name)) && missing.length > 0) {
		throw notSaved(unclear);
	}
	return {
		record: after,
		changed: Object.fromEntries(entries.filter(([name]) => isNamed(name))),
		alsoChanged: Object.fromEntries(entries.filter(([name]) => !isNamed(name))),
		written: true,
		warnings: [
			...(unclear ? [doneAnyway(unclear, 'did save the record')] : []),
			...missing.map((field) => `The shop stored something else in ${field} than it was given.`),
			...ignored.map((field) => `The record shows no ${field}; the shop may have ignored it.`),
		],
	};
}

/** Fields that can be written but not read back (such as `stock_relative`) prove nothing. */
function isShown(record: ShoperRecord, name: string): boolean {
	let value: unknown = record;
	for (const part of name.split('.')) {
		value = (value as Record<string, unknown> | null | undefined)?.[part];
	}
	return value !== undefined && typeof value !== 'object';
}

import type { IDataObject } from 'n8n-workflow';

import { ShopError, isUnclear } from '../../shared/http/errors';
import { settled } from '../../shared/protocol/settled';
import type { Call } from '../../shared/protocol/vendor';
import { notFound, single } from '../../shared/reading/records';
import { jsonBody } from '../api/codec';
import type { ShoperRecord } from '../api/codec';
import type { ShoperShop } from '../api/reads';
import { differences } from './recordChanges';
import type { Difference } from './recordChanges';

/** How a record is changed. */
export interface UpdateOptions {
	dryRun?: boolean;
	/** Send nothing when every field already has its new value. True unless told. */
	onlyIfChanged?: boolean;
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

/** What an update did. */
export interface Updated {
	/** The record as the shop has it afterwards. */
	record: ShoperRecord;
	/** The named fields that changed (or would change), by name. */
	changed: Record<string, Difference>;
	/** What the shop changed beyond them. */
	alsoChanged: Record<string, Difference>;
	written: boolean;
	/** Why nothing was written. */
	reason?: string;
	warnings: string[];
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
	options: UpdateOptions = {},
): Promise<Updated> {
	const { dryRun = false, onlyIfChanged = true, unshown = [] } = options;
	const { bodyOf = (_: ShoperRecord, fields: ShoperRecord) => fields } = options;
	const path = typeof resource === 'string' ? [resource] : resource;
	const before = await single(shop, path, id);
	if (!before) throw notFound(`record in ${path.join('/')} with the ID`, id);
	options.check?.(before);
	const planned = differences(before, named);
	const outcome = { record: before, changed: planned, alsoChanged: {}, warnings: [] };
	if (Object.keys(planned).length === 0 && onlyIfChanged) {
		return { ...outcome, written: false, reason: 'nothing to change' };
	}
	if (dryRun) return { ...outcome, written: false, reason: 'dry run' };
	const body = jsonBody(bodyOf(before, named));
	const call: Call = { method: 'PUT', path: [...path, id], body };
	const sent = await settled(async () => await shop.send(call));
	const error = sent.ok || !didNotAnswerClearly(sent.error) ? undefined : sent.error;
	if (!sent.ok && !error) throw sent.error;
	const looked = await settled(async () => await single(shop, path, id));
	const after = looked.ok ? looked.value : undefined;
	if (!after) throw notRead(error, call);
	const real = differences(before, after);
	const unlike = Object.keys(differences(after, named, { numerals: true }));
	const missing = unlike.filter((name) => isShown(after, name));
	const ignored = Object.keys(named).filter(
		(name) => after[name] === undefined && !unshown.includes(name),
	);
	const isNamed = (name: string) => Object.hasOwn(named, name.split('.')[0] ?? '');
	const entries = Object.entries(real);
	if (error && !entries.some(([name]) => isNamed(name)) && missing.length > 0) {
		throw notSaved(error);
	}
	return {
		record: after,
		changed: Object.fromEntries(entries.filter(([name]) => isNamed(name))),
		alsoChanged: Object.fromEntries(entries.filter(([name]) => !isNamed(name))),
		written: true,
		warnings: [
			...(error
				? [
						`The shop answered with an error (${error.explanation.reason}) but did save the record. Do not repeat this.`,
					]
				: []),
			...missing.map((field) => `The shop stored something else in ${field} than it was given.`),
			...ignored.map((field) => `The record shows no ${field}; the shop may have ignored it.`),
		],
	};
}

/** What an update adds to the record it returns. */
export function updateReport({
	changed,
	alsoChanged,
	written,
	reason,
	warnings,
}: Updated): IDataObject {
	return {
		changed,
		written,
		...(reason !== undefined && { reason }),
		...(Object.keys(alsoChanged).length > 0 && { alsoChanged }),
		...(warnings.length > 0 && { warning: warnings.join(' ') }),
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

/** Whether the shop may have acted although it failed: a refusal is certain. */
export function didNotAnswerClearly(error: unknown): error is ShopError {
	return error instanceof ShopError && isUnclear(error.failure);
}

/** The same failure, with what is known about the record. */
export function unclear({ failure, call, explanation }: ShopError, known: string): ShopError {
	return new ShopError(failure, call, { ...explanation, fix: known });
}

/** The write went out, but its effect could not be seen. */
function notRead(error: ShopError | undefined, call: Call): ShopError {
	if (error) {
		return unclear(
			error,
			'It is not known whether the record was changed: looking at it failed as well. Check it before you repeat this.',
		);
	}
	return new ShopError({ kind: 'malformed', sent: true }, call, {
		reason: 'The shop accepted the change, but the record could not be read afterwards.',
		fix: 'Check it before you repeat this.',
	});
}

/** It is as it was. */
function notSaved(error: ShopError): ShopError {
	return unclear(
		error,
		['timeout', 'network'].includes(error.failure.kind)
			? 'The record was not changed so far, but the shop may still be at work. Repeating the same update does no harm.'
			: 'The record was not changed; it is safe to repeat this.',
	);
}

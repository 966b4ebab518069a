import type { IDataObject } from 'n8n-workflow';

import type { Call, Method } from '../protocol/call';

import { ShopError } from '../protocol/errors';
import { notDone, notKnown } from './outcome';

/** How careful an update is. */
export interface UpdateOptions {
	/** Only tells what would change. */
	dryRun?: boolean;
	/** Sends nothing when every named field already has its value. True unless told. */
	onlyIfChanged?: boolean;
}

/** A field's value before and after a change. */
export interface Difference extends IDataObject {
	before: IDataObject[string];
	after: IDataObject[string];
}

/** What an update did. */
export interface Updated<R> {
	/** The record as the shop has it afterwards. */
	record: R;
	/** The named fields whose value differs now (in a dry run: would differ). */
	changed: Record<string, Difference>;
	/** Fields that changed although nobody named them: the shop's own rules, or somebody else. */
	alsoChanged?: Record<string, Difference>;
	/** Whether a write was sent and carried out. */
	written: boolean;
	/** Why nothing was written. */
	reason?: string;
	/** The verb the change is sent with, where the shop has more than one. */
	method?: Method;
	warnings: string[];
}

/** What an update adds to the record it returns. */
export function updateReport({
	changed,
	alsoChanged = {},
	written,
	reason,
	method,
	warnings,
}: Omit<Updated<unknown>, 'record'>): IDataObject {
	return {
		changed,
		written,
		...(reason !== undefined && { reason }),
		...(written && method !== undefined && { method }),
		...(Object.keys(alsoChanged).length > 0 && { alsoChanged }),
		...(warnings.length > 0 && { warning: warnings.join(' ') }),
	};
}

/** The write went out, but its effect could not be seen. */
export function notReadBack(unclear: ShopError | undefined, call: Call): ShopError {
	if (unclear) return notKnown(unclear, 'the record was changed');
	return new ShopError({ kind: 'malformed', sent: true }, call, {
		reason: 'The shop accepted the change, but the record could not be read afterwards.',
		fix: 'Check it before you repeat this.',
	});
}

/** The record is as it was when the node looked. */
export function notSaved(error: ShopError): ShopError {
	return notDone(error, 'The record was not changed', 'Repeating the same update does no harm.');
}

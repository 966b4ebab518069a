import { isUnclear } from '../http/errors';
import { ShopError } from '../protocol/errors';
import type { Written } from './batchWrite';
import { mayStillAct, withAdvice } from './outcome';

/** How one item wants a stock changed. */
export interface QuantityChange {
	mode: 'set' | 'changeBy';
	quantity: number;
}

/** What the items of a run make of one stock. */
export interface QuantityPlan {
	before: number;
	after: number;
	/** In item order. */
	changes: readonly QuantityChange[];
}

/** What became of a stock. */
export interface StockResult {
	previousQuantity: number;
	/** What the shop holds now, read after writing. */
	quantity: number;
	/** What is worth knowing besides. */
	note?: string;
}

/**
 * What is told of a change that was made.
 *
 * @param wasSent whether anything had to be written for it
 * @param now what the shop held afterwards; `undefined` when it was not read
 * @param more further things worth knowing
 */
export function stockResult(
	change: QuantityChange,
	{ before, after, changes }: QuantityPlan,
	wasSent: boolean,
	now: number | undefined,
	more: readonly string[] = [],
): StockResult {
	const notes: string[] = [];
	const later = changes.slice(changes.indexOf(change) + 1);
	if (later.some(({ mode }) => mode === 'set')) {
		notes.push('A later item of this run sets the same stock; the last one counts.');
	} else if (changes.length > 1) {
		notes.push(
			`${changes.length} items of this run change the same stock; the quantity holds all of them.`,
		);
	}
	if (wasSent && now === undefined) notes.push('It could not be read back.');
	if (now !== undefined && now !== after) {
		notes.push(`It was ${wasSent ? 'saved as ' : ''}${after} and has changed since.`);
	}
	notes.push(...more);
	return {
		previousQuantity: before,
		quantity: now ?? after,
		...(notes.length > 0 && { note: notes.join(' ') }),
	};
}

/**
 * The failure of a change with what is known about the stock.
 *
 * @param mayGoOn whether the shop may still work on another request that held this change
 */
export function stockFailure(
	{ state, error }: Exclude<Written, { state: 'saved' }>,
	before: number,
	now: number | undefined,
	mayGoOn = false,
): unknown {
	if (!(error instanceof ShopError)) return error;
	const holds = now === undefined ? '' : ` The shop holds ${now}.`;
	const untouched = state === 'refused' && (now === undefined || now === before);
	const known = !untouched
		? `It is not known whether this change was carried out; it was ${before} before.${holds} Check it before you repeat this.`
		: mayGoOn || mayStillAct(error)
			? 'This stock had not changed when the node looked, but the shop may still be at work. Check it before you repeat this.'
			: 'This stock was not changed.';
	// After an unclear answer the general advice is to look, which has been done.
	const advice = isUnclear(error.failure) ? '' : error.explanation.fix;
	return withAdvice(error, `${known} ${advice}`.trim());
}

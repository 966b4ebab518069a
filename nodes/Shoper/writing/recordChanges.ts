import type { Difference } from '../../shared/writing/update';
import { isRecord } from '../api/codec';
import type { ShoperRecord } from '../api/codec';

/**
 * Whether the shop would store a value as what it has: `4`, `"4"` and `"4.00"` are one number. Two
 * texts are compared as texts unless told: the codes `1.1` and `1.10` are two products.
 */
export function sameValue(stored: unknown, sent: unknown, numerals = false): boolean {
	const [a, b] = [scalar(stored), scalar(sent)];
	if (a === undefined || b === undefined) return JSON.stringify(stored) === JSON.stringify(sent);
	if (a === b) return true;
	if (!numerals && typeof stored === 'string' && typeof sent === 'string') return false;
	return a !== '' && b !== '' && isNumber(a) && isNumber(b) && Number(a) === Number(b);
}

/** Flags come as `"0"` and `"1"`, numbers or booleans; nothing and an empty text are the same. */
function scalar(value: unknown): string | undefined {
	if (value === undefined || value === null) return '';
	if (typeof value === 'boolean') return value ? '1' : '0';
	return typeof value === 'object' ? undefined : String(value);
}

/** Texts such as codes and phone numbers must not be taken for numbers when a leading zero counts. */
function isNumber(text: string): boolean {
	return /^-?(0|[1-9]\d*)(\.\d+)?$/.test(text);
}

/**
 * The fields of `after` whose value differs from `before`; fields `after` does not have are left alone.
 * Parts of a field are named with dots: `translations.pl_PL.name`.
 *
 * @param numerals whether texts that are the same number count as equal
 */
export function differences(
	before: ShoperRecord,
	after: ShoperRecord,
	{ prefix = '', numerals = false }: { prefix?: string; numerals?: boolean } = {},
): Record<string, Difference> {
	const found: Record<string, Difference> = {};
	for (const [field, now] of Object.entries(after)) {
		const was = before[field];
		const name = `${prefix}${field}`;
		if (isRecord(now) && isRecord(was)) {
			Object.assign(found, differences(was, now, { prefix: `${name}.`, numerals }));
		} else if (!sameValue(was, now, numerals))
			found[name] = { before: was ?? null, after: now ?? null };
	}
	return found;
}

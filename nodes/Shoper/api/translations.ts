import { textOrNull } from '../../shared/output/orderShape';
import { isRecord } from './codec';
import type { ShoperRecord } from './codec';

/**
 * A text of `translations` in a language (`pl_PL`), or in the first one that has it: shops leave
 * languages empty. `null` when there is none.
 */
export function translated(
	{ translations }: ShoperRecord,
	field: string,
	locale?: string,
): string | null {
	if (!isRecord(translations)) return null;
	const textIn = (texts: unknown) => (isRecord(texts) ? textOrNull(texts[field]) : null);
	const own = locale === undefined ? null : textIn(translations[locale]);
	if (own !== null) return own;
	for (const texts of Object.values(translations)) {
		const text = textIn(texts);
		if (text !== null) return text;
	}
	return null;
}

/** A text of `translations` in every language that has it. */
export function everyTranslation({ translations }: ShoperRecord, field: string): string[] {
	if (!isRecord(translations)) return [];
	return Object.values(translations).flatMap((texts) =>
		isRecord(texts) ? (textOrNull(texts[field]) ?? []) : [],
	);
}

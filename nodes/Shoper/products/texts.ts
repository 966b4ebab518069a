import type { IDataObject } from 'n8n-workflow';

import { localeNamed } from '../languages/shopLanguages';
import { InputError } from '../../shared/protocol/errors';
import { refuseBlank, rowsOf } from '../../shared/text/userInput';
import { isRecord } from '../api/codec';
import type { ShoperRecord } from '../api/codec';
import type { ShoperShop } from '../api/reads';
import { TEXT_FIELDS } from './simplify';

/** Texts by locale and by the shop's field: what `translations` takes. */
export type Texts = Record<string, ShoperRecord>;

/**
 * Texts from rows that name a language and texts; what a row leaves empty is left out.
 *
 * @param product the record they are for
 * @throws InputError for rows without a language, unknown names, and texts given twice
 */
export async function textsOfRows(
	shop: ShoperShop,
	translations: IDataObject,
	product: ShoperRecord,
): Promise<Texts> {
	const texts: Texts = {};
	for (const { language, ...named } of rowsOf(translations, 'Translations')) {
		const code = String(language ?? '').trim();
		if (code === '') {
			throw new InputError('A translation names no language.', 'Enter a language such as pl_PL.');
		}
		const locale = await localeNamed(shop, code, product);
		for (const [name, value] of Object.entries(named)) {
			const field = (TEXT_FIELDS as Readonly<Record<string, string>>)[name];
			if (field === undefined) {
				throw new InputError(
					`A translation has no text "${name}".`,
					`Its texts are ${Object.keys(TEXT_FIELDS).join(', ')}.`,
				);
			}
			if (value === undefined || value === null || value === '') continue;
			if (typeof value === 'object') {
				throw new InputError(`"${name}" of a translation is not a text.`, 'Enter a text.');
			}
			const own = (texts[locale] ??= {});
			if (own[field] !== undefined) {
				throw new InputError(
					`"${name}" is given twice for the language "${code}".`,
					'Keep one of them.',
				);
			}
			refuseBlank(name, String(value));
			own[field] = String(value);
		}
	}
	return texts;
}

/** Texts that a person has written, as against what the shop computes or numbers. */
const WRITABLE = [...Object.values(TEXT_FIELDS), 'active', 'order', 'main_page', 'main_page_order'];

/**
 * Texts that `before` has and `after` has not, although nobody named them: that a PUT leaves the
 * other texts and languages of `translations` alone is seen for whole fields only.
 */
export function lostTexts(before: ShoperRecord, after: ShoperRecord, named: Texts): Texts {
	const lost: Texts = {};
	const now = isRecord(after.translations) ? after.translations : {};
	for (const [locale, texts] of Object.entries(
		isRecord(before.translations) ? before.translations : {},
	)) {
		const left = now[locale];
		for (const field of isRecord(texts) ? WRITABLE : []) {
			const was = (texts as ShoperRecord)[field];
			const isKept = isRecord(left) && !isBlank(left[field]);
			if (isBlank(was) || isKept || named[locale]?.[field] !== undefined) continue;
			(lost[locale] ??= {})[field] = was;
		}
	}
	return lost;
}

/** Every text of a product as it should be: those it had, and the named ones. */
export function wholeTexts(before: ShoperRecord, named: Texts): Texts {
	const whole: Texts = {};
	const had = isRecord(before.translations) ? before.translations : {};
	for (const [locale, texts] of Object.entries(had)) {
		if (!isRecord(texts)) continue;
		const written = Object.entries(texts).filter(
			([field, text]) => WRITABLE.includes(field) && !isBlank(text),
		);
		whole[locale] = Object.fromEntries(written) as ShoperRecord;
	}
	for (const [locale, texts] of Object.entries(named)) {
		whole[locale] = { ...whole[locale], ...texts };
	}
	return whole;
}

function isBlank(value: unknown): boolean {
	return value === undefined || value === null || value === '';
}

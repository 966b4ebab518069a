import type { IDataObject } from 'n8n-workflow';

import { InputError } from '../../shared/protocol/errors';
import { refuseBlank, rowsOf } from '../../shared/text/userInput';
import type { PrestaShopShop } from '../api/reads';
import type { FieldValue, LanguageValue } from '../api/records';
import { languageIdOf } from './shopLanguages';

/** Texts by language ID. */
export type Texts = ReadonlyMap<string, string>;

/**
 * Texts by the shop's field and by language ID, from rows that name a language and texts.
 *
 * @param fields the shop's field for each name in a row
 * @throws InputError for rows without a language or without texts, and for unknown names
 */
export async function textsOfRows(
	shop: PrestaShopShop,
	translations: IDataObject,
	fields: Readonly<Record<string, string>>,
): Promise<Record<string, Record<string, string>>> {
	const texts: Record<string, Record<string, string>> = {};
	for (const row of rowsOf(translations, 'Translations')) {
		const { language, ...named } = row;
		const code = String(language ?? '').trim();
		const id = await languageIdOf(shop, code);
		if (id === undefined) {
			throw new InputError('A translation names no language.', 'Enter a language such as pl.');
		}
		for (const [name, value] of Object.entries(named)) {
			const field = fields[name];
			if (field === undefined) {
				throw new InputError(
					`A translation has no text "${name}".`,
					`Its texts are ${Object.keys(fields).join(', ')}.`,
				);
			}
			if (value === undefined || value === null || value === '') continue;
			if (typeof value === 'object') {
				throw new InputError(`"${name}" of a translation is not a text.`, 'Enter a text.');
			}
			texts[field] ??= {};
			if (texts[field][id] !== undefined) {
				throw new InputError(
					`"${name}" is given twice for the language "${code}".`,
					'Keep one of them.',
				);
			}
			refuseBlank(name, String(value));
			texts[field][id] = String(value);
		}
	}
	return texts;
}

/**
 * Reads what a user gives for a multilingual field: texts by language, such as
 * `{"pl": "Kubek", "2": "Tasse"}`, or rows as the shop writes them, `[{"id": "1", "value": "Mug"}]`.
 *
 * @throws InputError for a bare text, which the shop would store in every language.
 */
export async function textsByLanguage(
	shop: PrestaShopShop,
	field: string,
	value: unknown,
): Promise<Map<string, string>> {
	const wrong = new InputError(
		`"${field}" exists once per language, but one text was given.`,
		`Name the languages: {"${field}": {"pl": "…"}}.`,
	);
	if (typeof value !== 'object' || value === null) throw wrong;
	const entries: Array<[string, unknown]> = Array.isArray(value)
		? value.map((row: unknown) => {
				const { id, value: text } = (row ?? {}) as { id?: unknown; value?: unknown };
				if (id === undefined || text === undefined) throw wrong;
				return [String(id), text];
			})
		: Object.entries(value);
	const texts = new Map<string, string>();
	for (const [language, text] of entries) {
		if (text === undefined || text === null || typeof text === 'object') throw wrong;
		const id = await languageIdOf(shop, language.trim());
		if (id === undefined) throw wrong;
		if (texts.has(id)) {
			throw new InputError(
				`"${field}" is given twice for the language "${language}".`,
				'Keep one.',
			);
		}
		texts.set(id, String(text));
	}
	return texts;
}

/** All translations of a field after the change: every language the record has, and the named ones. */
export function withTexts(before: FieldValue | undefined, changed: Texts): LanguageValue[] {
	const merged = textsOf(before);
	for (const [id, text] of changed) merged.set(id, text);
	return [...merged].map(([id, value]) => ({ id, value }));
}

/** The translations of a field by language ID. */
export function textsOf(value: FieldValue | undefined): Map<string, string> {
	if (!Array.isArray(value)) return new Map();
	return new Map(value.map(({ id, value: text }) => [id, text]));
}

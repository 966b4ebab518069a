import { InputError } from '../../shared/protocol/errors';
import { settled } from '../../shared/protocol/settled';
import { isDenied } from '../../shared/reading/permissions';
import { languageText } from './codec';
import type { FieldValue, LanguageValue, PrestaShopRecord } from './records';
import { allOf } from './reads';
import type { PrestaShopShop } from './reads';
import { languageIdOf } from './languages';

/** A language of the shop, switched off or not. */
export interface ShopLanguage {
	id: string;
	isoCode: string;
	active: boolean;
}

/** All languages by ID, inactive ones included; `undefined` when the key may not read them. */
export async function shopLanguages(shop: PrestaShopShop): Promise<ShopLanguage[] | undefined> {
	const result = await settled(async () => await allOf(shop, 'languages'));
	if (!result.ok && !isDenied(result.error)) throw result.error;
	if (!result.ok) return undefined;
	return [...result.value.values()].map(toLanguage).sort((a, b) => Number(a.id) - Number(b.id));
}

function toLanguage({ id, iso_code, active }: PrestaShopRecord): ShopLanguage {
	return {
		id: id ?? '',
		isoCode: languageText(iso_code as FieldValue | undefined),
		active: active === '1',
	};
}

/**
 * The `language` parameter for these languages. One ID stands alone: of several digits in brackets
 * the shop reads only the last (PrestaShop webservice reference, section 1.5).
 */
export function languageParameter(languages: readonly ShopLanguage[]): string {
	const ids = languages.map(({ id }) => id);
	return ids.length === 1 ? String(ids[0]) : `[${ids.join('|')}]`;
}

/** Texts by language ID. */
export type Texts = ReadonlyMap<string, string>;

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

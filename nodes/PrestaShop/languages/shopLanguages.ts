import { InputError } from '../../shared/protocol/errors';
import { settled } from '../../shared/protocol/settled';
import { isDenied } from '../../shared/reading/permissions';
import { sameText } from '../../shared/text/sameText';
import { anew } from '../../shared/reading/records';
import { languageText } from '../api/codec';
import { allOf } from '../api/reads';
import type { PrestaShopShop } from '../api/reads';
import type { FieldValue, PrestaShopRecord } from '../api/records';

/**
 * The ID of a language given as ID, ISO code (`pl`), locale (`pl-PL`) or name (`Polski`).
 * `undefined` for an empty text. Throws `InputError` with the shop's languages when there is none.
 */
export async function languageIdOf(
	shop: PrestaShopShop,
	text: string,
): Promise<string | undefined> {
	if (text === '' || /^\d+$/.test(text)) return text === '' ? undefined : text;
	const isNamed = (language: PrestaShopRecord) =>
		['iso_code', 'locale', 'language_code', 'name'].some((field) =>
			sameText(languageText(language[field] as FieldValue | undefined), text),
		);
	const known = await allOf(shop, 'languages', (all) => [...all.values()].some(isNamed));
	const languages = [...known.values()];
	const found = languages.find(isNamed);
	if (found) return found.id;
	const names = languages.map(({ id, iso_code }) => `${String(iso_code)} (ID ${id ?? ''})`);
	throw new InputError(
		`The shop has no language "${text}".`,
		`Its languages are ${names.join(', ')}.`,
	);
}

/** A language of the shop, switched off or not. */
export interface ShopLanguage {
	id: string;
	isoCode: string;
	active: boolean;
}

/** All languages by ID as they are now, inactive ones included; `undefined` when the key may not read them. */
export async function shopLanguages(shop: PrestaShopShop): Promise<ShopLanguage[] | undefined> {
	const result = await settled(async () => await allOf(shop, 'languages', anew));
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

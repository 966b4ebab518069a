import { InputError } from '../../shared/protocol/errors';
import { sameText } from '../../shared/text/sameText';
import { languageText } from './codec';
import type { FieldValue } from './records';
import { allOf } from './reads';
import type { PrestaShopShop } from './reads';

/**
 * The ID of a language given as ID, ISO code (`pl`), locale (`pl-PL`) or name (`Polski`).
 * `undefined` for an empty text. Throws `InputError` with the shop's languages when there is none.
 */
export async function languageIdOf(
	shop: PrestaShopShop,
	text: string,
): Promise<string | undefined> {
	if (text === '' || /^\d+$/.test(text)) return text === '' ? undefined : text;
	const languages = [...(await allOf(shop, 'languages')).values()];
	const found = languages.find((language) =>
		['iso_code', 'locale', 'language_code', 'name'].some((field) =>
			sameText(languageText(language[field] as FieldValue | undefined), text),
		),
	);
	if (found) return found.id;
	const names = languages.map(({ id, iso_code }) => `${String(iso_code)} (ID ${id ?? ''})`);
	throw new InputError(
		`The shop has no language "${text}".`,
		`Its languages are ${names.join(', ')}.`,
	);
}

import type { IDataObject } from 'n8n-workflow';

import { InputError } from '../../shared/protocol/errors';
import { refuseBlank, rowsOf } from '../../shared/text/userInput';
import type { PrestaShopShop } from '../api/reads';
import { languageIdOf } from '../api/languages';

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

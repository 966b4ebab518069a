import type { IDataObject } from 'n8n-workflow';

import { InputError } from '../../shared/http/errors';
import type { PrestaShopShop } from '../api/reads';
import { languageIdOf } from '../api/languages';
import type { NamedValues } from './recordChanges';

/**
 * Puts together what the fields of an update name: single fields, texts per language, and JSON.
 * A field that came out empty is refused rather than emptied, because an expression that found
 * nothing must not wipe a record; JSON says what it means.
 *
 * @throws InputError for empty fields, JSON that is no object, and a field that is named twice
 */
export function namedValues(
	updateFields: Readonly<Record<string, unknown>>,
	otherFields: string,
	texts: NamedValues = {},
): NamedValues {
	for (const [name, value] of Object.entries(updateFields)) {
		if (value !== '') continue;
		throw new InputError(
			`"${name}" in "Update Fields" is empty.`,
			`Enter a value or remove the field. To empty it on purpose, use "Other Fields": {"${name}": ""}.`,
		);
	}
	const others = parseObject(otherFields);
	const named: Record<string, unknown> = { ...texts };
	for (const [name, value] of [...Object.entries(updateFields), ...Object.entries(others)]) {
		if (value === null) {
			throw new InputError(
				`"${name}" is null.`,
				'Leave it out to keep it, or give an empty text to empty it.',
			);
		}
		if (!Object.hasOwn(named, name)) {
			named[name] = value;
			continue;
		}
		throw new InputError(`"${name}" is named in two places.`, 'Keep one of them.');
	}
	if (Object.keys(named).length === 0) {
		throw new InputError('Nothing was named to change.', 'Add at least one field.');
	}
	return named;
}

function parseObject(text: string): Record<string, unknown> {
	if (text.trim() === '') return {};
	const value = tryParse(text);
	if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
		return value as Record<string, unknown>;
	}
	throw new InputError(
		'"Other Fields" is not a JSON object.',
		'Enter something like {"weight": "0.3"}.',
	);
}

function tryParse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

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
	for (const row of rowsOf(translations.row)) {
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
			texts[field][id] = String(value);
		}
	}
	return texts;
}

/** Rows as n8n keeps them; a single row may come as an object. */
function rowsOf(rows: unknown): IDataObject[] {
	if (rows === undefined || rows === null || rows === '') return [];
	const list = Array.isArray(rows) ? rows : [rows];
	return list.map((row: unknown) => {
		if (typeof row === 'object' && row !== null) return row as IDataObject;
		throw new InputError(
			'"Translations" is not a list of rows.',
			'Each row is an object with a language and texts.',
		);
	});
}

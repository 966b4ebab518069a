import { isFields, textOf } from './definitions.mts';
import type { Fields, Json } from './definitions.mts';

/** A written value as the shop stores it: numbers and booleans become the strings that reads show. */
function stored(template: Json | undefined, value: Json): Json {
	if (typeof template === 'object' && template !== null) return value;
	if (typeof value === 'object') return value;
	if (typeof template === 'number') return Number(value) || 0;
	if (typeof template === 'boolean') return value === true || value === 1 || value === '1';
	const text = textOf(value);
	const decimals = typeof template === 'string' ? /^\d+\.(\d+)$/.exec(template)?.[1] : undefined;
	if (decimals !== undefined && text !== '' && Number.isFinite(Number(text)))
		return Number(text).toFixed(decimals.length);
	return text;
}

/** `held` with what `given` names; fields the resource does not know, and those in `except`, are ignored. */
export function mergeFields(
	blank: Fields,
	held: Readonly<Fields>,
	given: Fields,
	except: readonly string[],
): Fields {
	const merged: Fields = { ...held };
	for (const [name, value] of Object.entries(given)) {
		if (!Object.hasOwn(blank, name) || except.includes(name)) continue;
		merged[name] = stored(blank[name], value);
	}
	return merged;
}

/** Translations after a write: languages and texts that were not sent stay. */
export function mergeTranslations(
	template: Fields,
	held: Json | undefined,
	given: Json,
	locales: Map<string, number>,
): Json {
	if (!isFields(given)) return held ?? [];
	const result: Fields = isFields(held) ? { ...held } : {};
	for (const [locale, texts] of Object.entries(given)) {
		if (!isFields(texts)) continue;
		const before = result[locale];
		const lang: Fields = 'lang_id' in template ? { lang_id: String(locales.get(locale) ?? 1) } : {};
		const start = isFields(before) ? before : { ...template, ...lang };
		result[locale] = mergeFields(template, start, texts, ['lang_id']);
	}
	return result;
}

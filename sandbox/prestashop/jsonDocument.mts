import type { FieldDefinition } from './definitions.mts';
import type { WsError } from './errors.mts';
import type { RecordView } from './recordView.mts';
import type { Selection } from './selection.mts';
import type { VersionTraits } from './versions.mts';

export type Json = string | number | null | Json[] | { [name: string]: Json };

/** PHP's json_encode with unescaped Unicode: slashes are escaped. */
export function phpJson(value: Json): string {
	return JSON.stringify(value).replaceAll('/', '\\/');
}

/** What JSON of a record depends on besides the record. */
export interface JsonStyle {
	languages: string[];
	/** The parameter `language` named them. */
	languagesAsked: boolean;
	traits: VersionTraits;
	/** One record without `display`: falsy fields disappear from 8.x on (reference, section 3.9). */
	dropFalsy: boolean;
}

const DECIMAL = /^-?\d+$/;

function scalar(name: string, field: FieldDefinition, view: RecordView, style: JsonStyle): Json {
	const value = view.values[name] ?? null;
	if (value === null) return null;
	if (typeof value !== 'string') return '';
	if (!DECIMAL.test(value)) return value;
	if (view.integers?.has(name)) return Number(value);
	const fromDatabase = !view.inMemory || field.dynamic || !view.inMemory.sent.has(name);
	if (style.traits.jsonNativeIntegers && fromDatabase && field.type === 'int') return Number(value);
	return value;
}

function texts(name: string, view: RecordView, style: JsonStyle): Json {
	const value = view.values[name] ?? '';
	const held = typeof value === 'object' ? value : {};
	const [first] = style.languages;
	if (style.languages.length === 1 && first !== undefined) return held[first] ?? '';
	// Ids that were asked for are texts, those the shop looked up itself are integers (recorded exchanges 042 and 276).
	const numbers = style.traits.jsonNativeIntegers && !style.languagesAsked;
	return style.languages.map((id) => ({ id: numbers ? Number(id) : id, value: held[id] ?? '' }));
}

function falsy(value: Json): boolean {
	return (
		value === null ||
		value === '' ||
		value === '0' ||
		value === 0 ||
		(Array.isArray(value) && value.length === 0)
	);
}

/** The JSON object of one record. */
export function recordJson(view: RecordView, selection: Selection, style: JsonStyle): Json {
	const out: { [name: string]: Json } = {};
	const put = (name: string, value: Json): void => {
		if (!(style.dropFalsy && falsy(value))) out[name] = value;
	};
	if (selection.fields === 'all' || selection.fields.has('id')) {
		if (view.printedId !== undefined) put('id', view.printedId);
		else put('id', view.inMemory ? String(view.id) : view.id);
	}
	for (const [name, field] of view.resource.fields) {
		if (selection.fields !== 'all' && !selection.fields.has(name)) continue;
		put(name, field.i18n ? texts(name, view, style) : scalar(name, field, view, style));
	}
	for (const [alias, value] of Object.entries(view.computed ?? {})) {
		if (selection.fields === 'all' || selection.fields.has(alias)) put(alias, value);
	}
	const associations: { [name: string]: Json } = {};
	for (const [name, association] of view.resource.associations) {
		const only = selection.associations === 'all' ? undefined : selection.associations.get(name);
		if (selection.associations !== 'all' && !only) continue;
		const items = view.links[name] ?? [];
		if (items.length === 0) continue;
		associations[name] = items.map((item) => {
			const entry: { [field: string]: Json } = {};
			for (const { name: field } of association.fields) {
				if (only && !only.has(field)) continue;
				const value = item[field] ?? '';
				const integer = /^id$|^id_|^product_id$|_attribute_id$|quantity$/.test(field);
				entry[field] =
					style.traits.jsonNativeIntegers && integer && DECIMAL.test(value) ? Number(value) : value;
			}
			return entry;
		});
	}
	if (Object.keys(associations).length > 0) out.associations = associations;
	return Object.keys(out).length === 0 ? [] : out;
}

/** The `errors` member of an error document. */
export function errorsJson(errors: WsError[]): Json {
	return errors.map((error) => ({ code: error.code, message: error.message }));
}

import type {
	AssociationDefinition,
	FieldDefinition,
	FieldValue,
	LinkedItem,
} from './definitions.mts';
import type { WsError } from './errors.mts';
import type { RecordView } from './recordView.mts';
import type { Selection } from './selection.mts';

const HEAD =
	'<?xml version="1.0" encoding="UTF-8"?>\n<prestashop xmlns:xlink="http://www.w3.org/1999/xlink">\n';
const TAIL = '</prestashop>\n';

/** What the XML of a record depends on besides the record. */
export interface XmlStyle {
	/** `http://host` of the answer's links. */
	base: string;
	/** Languages to print, ascending. */
	languages: string[];
	/** Empty elements carry an empty CDATA section. */
	emptyCdata: boolean;
}

/** Wraps a body into the envelope that all documents share. */
export function xmlEnvelope(body: string): string {
	return HEAD + body + TAIL;
}

/** Values are not escaped in any way: `]]>` in data breaks the document (recorded exchange 496). */
function content(value: string, style: XmlStyle): string {
	return value === '' && !style.emptyCdata ? '' : `<![CDATA[${value}]]>`;
}

function link(field: FieldDefinition, value: string, view: RecordView, style: XmlStyle): string {
	if (!field.href) return '';
	if (!field.hrefZero && (value === '' || value === '0')) return '';
	const path = field.href === 'images/products' ? `images/products/${view.id}` : field.href;
	return ` xlink:href="${style.base}/api/${path}/${value}"`;
}

function languages(value: FieldValue, style: XmlStyle): string {
	if (value === null || typeof value === 'string') {
		// An object in memory that has no texts yet prints its languages without links (recorded exchange 395).
		// PHP indexes a plain text by language id, which gives single letters (recorded exchange 393).
		return style.languages
			.map(
				(id) =>
					`<language id="${id}">${content(value?.charAt(Number(id)) ?? '', style)}</language>`,
			)
			.join('');
	}
	const texts = value;
	let out = '';
	for (const id of style.languages) {
		const text = texts[id];
		const inner = text === undefined ? content('', style) : `<![CDATA[${text}]]>`;
		out += `<language id="${id}" xlink:href="${style.base}/api/languages/${id}">${inner}</language>`;
	}
	return out;
}

function fieldXml(name: string, field: FieldDefinition, view: RecordView, style: XmlStyle): string {
	const value = view.values[name] ?? '';
	const dynamic = field.dynamic ? ' notFilterable="true"' : '';
	if (field.i18n) {
		return `\t<${name}${dynamic}>${languages(value, style)}</${name}>\n`;
	}
	const text = typeof value === 'string' ? value : '';
	return `\t<${name}${link(field, text, view, style)}${dynamic}>${content(text, style)}</${name}>\n`;
}

function associationXml(
	name: string,
	association: AssociationDefinition,
	items: LinkedItem[],
	only: Set<string> | undefined,
	view: RecordView,
	style: XmlStyle,
): string {
	const kind = association.virtualEntity
		? 'virtualEntity="true"'
		: `api="${association.api ?? name}"`;
	const open = `<${name} nodeType="${association.nodeType}" ${kind}`;
	if (items.length === 0) return `${open}/>\n`;
	const home = association.virtualEntity ? undefined : (association.itemHref ?? association.api);
	const path = home?.startsWith('images/products')
		? `images/products/${view.productId ?? view.id}`
		: home;
	let out = `${open}>\n`;
	for (const item of items) {
		const href = path ? ` xlink:href="${style.base}/api/${path}/${item.id ?? ''}"` : '';
		out += `\t<${association.nodeType}${href}>\n`;
		for (const field of association.fields) {
			if (only && !only.has(field.name)) continue;
			const value = item[field.name] ?? '';
			const target = field.href ? ` xlink:href="${style.base}/api/${field.href}/${value}"` : '';
			out += `\t<${field.name}${target}>${content(value, style)}</${field.name}>\n`;
		}
		out += `\t</${association.nodeType}>\n`;
	}
	return `${out}</${name}>\n`;
}

/** One record with the fields and associations of `selection`. */
export function recordXml(view: RecordView, selection: Selection, style: XmlStyle): string {
	const { resource } = view;
	let out = `<${resource.item}>\n`;
	if (selection.fields === 'all' || selection.fields.has('id')) {
		out += `\t<id>${content(view.printedId ?? String(view.id), style)}</id>\n`;
	}
	for (const [name, field] of resource.fields) {
		if (selection.fields !== 'all' && !selection.fields.has(name)) continue;
		out += fieldXml(name, field, view, style);
	}
	for (const alias of Object.keys(view.computed ?? {})) {
		if (selection.fields !== 'all' && !selection.fields.has(alias)) continue;
		out += `\t<${alias}>${content(view.computed?.[alias] ?? '', style)}</${alias}>\n`;
	}
	let associations = '';
	for (const [name, association] of resource.associations) {
		const only = selection.associations === 'all' ? undefined : selection.associations.get(name);
		if (selection.associations !== 'all' && !only) continue;
		associations += associationXml(name, association, view.links[name] ?? [], only, view, style);
	}
	if (associations !== '') out += `<associations>\n${associations}</associations>\n`;
	return `${out}</${resource.item}>\n`;
}

/** A record in a list without `display`: id and link only. */
export function bareXml(item: string, resource: string, id: number, style: XmlStyle): string {
	return `<${item} id="${id}" xlink:href="${style.base}/api/${resource}/${id}"/>\n`;
}

/** The error document. */
export function errorsXml(errors: WsError[]): string {
	let out = '<errors>\n';
	for (const error of errors) {
		out += `<error>\n<code><![CDATA[${error.code}]]></code>\n<message><![CDATA[${error.message}]]></message>\n</error>\n`;
	}
	return xmlEnvelope(`${out}</errors>\n`);
}

import type { WsContext } from './context.mts';
import type { FieldDefinition } from './definitions.mts';
import type { Json } from './jsonDocument.mts';
import type { WsOutput } from './output.mts';

function attributes(field: FieldDefinition): string {
	let out = '';
	if (field.required) out += ' required="true"';
	if (field.dynamic) out += ' notFilterable="true"';
	if (field.readOnly) out += ' read_only="true"';
	if (field.maxSize) out += ` maxSize="${field.maxSize}"`;
	if (field.format) out += ` format="${field.format}"`;
	if (field.readOnly || field.markedReadOnly) out += ' readOnly="true"';
	return out;
}

function fieldXml(ctx: WsContext, name: string, field: FieldDefinition, synopsis: boolean): string {
	const empty = ctx.traits.emptyCdata ? '<![CDATA[]]>' : '';
	const marks = synopsis ? attributes(field) : '';
	if (!field.i18n) return `\t<${name}${marks}>${empty}</${name}>\n`;
	const languages = ctx.languages.map((id) => {
		const link = synopsis
			? ` xlink:href="${ctx.base}/api/languages/${id}" format="isUnsignedId" `
			: '';
		return `<language id="${id}"${link}>${empty}</language>`;
	});
	return `\t<${name}${marks}>${languages.join('')}</${name}>\n`;
}

function associationsXml(ctx: WsContext, synopsis: boolean): string {
	const empty = ctx.traits.emptyCdata ? '<![CDATA[]]>' : '';
	let out = '';
	for (const [name, association] of ctx.resource.associations) {
		const kind = association.virtualEntity
			? 'virtualEntity="true"'
			: `api="${association.api ?? name}"`;
		out += synopsis ? `<${name} nodeType="${association.nodeType}" ${kind}>\n` : `<${name}>\n`;
		out += `\t<${association.nodeType}>\n`;
		for (const field of association.fields) {
			const link = field.href ? ` xlink:href="${ctx.base}/api/${field.href}/"` : '';
			const required = field.required ? ' required="true"' : '';
			const readOnly = field.readOnly ? ' read_only="true" readOnly="true"' : '';
			const marks = synopsis ? link + required + readOnly : '';
			out += `\t<${field.name}${marks}>${empty}</${field.name}>\n`;
		}
		out += `\t</${association.nodeType}>\n</${name}>\n`;
	}
	return out === '' ? '' : `<associations>\n${out}</associations>\n`;
}

function schemaXml(ctx: WsContext, synopsis: boolean): string {
	const { item, fields } = ctx.resource;
	const empty = ctx.traits.emptyCdata ? '<![CDATA[]]>' : '';
	let out = `<${item}>\n`;
	if (!synopsis) out += `\t<id>${empty}</id>\n`;
	for (const [name, field] of fields) {
		if (!synopsis && field.readOnly) continue;
		out += fieldXml(ctx, name, field, synopsis);
	}
	return `${out}${associationsXml(ctx, synopsis)}</${item}>\n`;
}

/** JSON schemas are useless: from 8.x on only the associations are left of them (recorded exchange 045). */
function schemaJson(ctx: WsContext, synopsis: boolean): Json {
	const { item, fields, associations } = ctx.resource;
	const out: { [name: string]: Json } = {};
	if (!ctx.traits.jsonDropsFalsy) {
		if (!synopsis) out.id = '';
		for (const [name, field] of fields) {
			if (synopsis || !field.readOnly) out[name] = '';
		}
	}
	const linked: { [name: string]: Json } = {};
	for (const [name, association] of associations) {
		linked[name] = [Object.fromEntries(association.fields.map((field) => [field.name, null]))];
	}
	if (associations.size > 0) out.associations = linked;
	return { [item]: Object.keys(out).length === 0 ? [] : out };
}

/** `?schema=blank` and `?schema=synopsis`. */
export function answerSchema(ctx: WsContext, kind: 'blank' | 'synopsis'): WsOutput {
	const synopsis = kind === 'synopsis';
	const notices = ctx.shop.data.schemaNotices[ctx.resource.name]?.[kind];
	const json = schemaJson(ctx, synopsis);
	if (notices && !ctx.shop.settings.displayErrors) {
		// 1.7.8.11 on PHP 7.4: one notice for each thing the builder looks up in nothing (recorded exchange 043).
		for (const line of notices) {
			ctx.errors.php(
				5,
				`[PHP Notice #8] Trying to access array offset on value of type null (/var/www/html/classes/webservice/WebserviceOutputBuilder.php, line ${line})`,
			);
		}
		return { keepsSha1: true, jsonBesideErrors: json as { [name: string]: Json } };
	}
	return { xml: schemaXml(ctx, synopsis), json };
}

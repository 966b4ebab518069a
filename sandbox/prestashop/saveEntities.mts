import { applyAssociation } from './associations.mts';
import type { WsContext } from './context.mts';
import type { FieldDefinition } from './definitions.mts';
import { draftOf, rowOf } from './draft.mts';
import type { Draft } from './draft.mts';
import { printRecord } from './getEntities.mts';
import { withCoverDiagnostic } from './coverDiagnostic.mts';
import type { Json } from './jsonDocument.mts';
import type { WsOutput } from './output.mts';
import { phpInt } from './query.mts';
import { viewRecord } from './recordView.mts';
import { applySetter, beforeSave, modifyNew, save } from './resourceRules.mts';
import { EVERYTHING } from './selection.mts';
import type { Selection } from './selection.mts';
import { validateDraft } from './validateDraft.mts';
import { childOf, parseXml, XmlSyntaxError } from './xmlParser.mts';
import type { XmlElement } from './xmlParser.mts';

/** The body as the webservice takes it: raw XML, or a form whose text begins with `xml=` (recorded exchange 370). */
function bodyText(ctx: WsContext): string {
	const text = ctx.body.toString('utf8');
	return text.startsWith('xml=') ? text.slice(4) : text;
}

function parseBody(ctx: WsContext): XmlElement | undefined {
	const text = bodyText(ctx);
	try {
		if (text !== '') return parseXml(text);
	} catch (error) {
		if (!(error instanceof XmlSyntaxError)) throw error;
		// With messages displayed, warnings do not become entries (recorded exchange 517).
		if (!ctx.shop.settings.displayErrors) {
			const place = `(/var/www/html/classes/webservice/WebserviceRequest.php, line ${ctx.traits.lines.xml})`;
			for (const line of error.report) {
				const text = ctx.traits.oldLibxml
					? line.replace(/Premature end of data in tag .*$/, "EndTag: '</' not found")
					: line;
				ctx.errors.php(3, `[PHP Warning #2] SimpleXMLElement::__construct(): ${text} ${place}`);
			}
		}
	}
	ctx.errors.add(
		500,
		127,
		`XML error : String could not be parsed as XML\nXML length : ${Buffer.byteLength(text)}\nOriginal XML : ${text}`,
	);
	return undefined;
}

function checkIds(ctx: WsContext, entities: XmlElement[]): boolean {
	const ids = entities
		.map((entity) => childOf(entity, 'id')?.text ?? '')
		.filter((id) => id !== '')
		.map(phpInt);
	if (ctx.method === 'POST') {
		if (ids.length === 0) return true;
		ctx.errors.add(400, 91, 'id is forbidden when adding a new resource');
		return false;
	}
	if (new Set(ids).size !== ids.length) {
		ctx.errors.add(400, 89, 'id is duplicate in request');
		return false;
	}
	if (ids.length !== entities.length) {
		ctx.errors.add(400, 90, 'id is required when modifying a resource');
		return false;
	}
	return true;
}

function setTranslated(
	ctx: WsContext,
	draft: Draft,
	name: string,
	field: FieldDefinition,
	sent: XmlElement | undefined,
): void {
	if (ctx.method === 'PATCH' && !sent) return;
	const texts = sent?.children.filter((child) => child.name === 'language') ?? [];
	if (texts.length === 0) {
		draft.values[name] = sent?.text ?? '';
		return;
	}
	// Only required fields keep the languages that were not sent (reference, section 4.3).
	const before = draft.values[name];
	const kept = field.required && typeof before === 'object' && before !== null ? before : {};
	const next = { ...kept };
	for (const text of texts) next[String(phpInt(text.attributes.id ?? ''))] = text.text;
	draft.values[name] = next;
}

/** Copies the sent fields into the draft, in the order of the definition. false after an error. */
function assignFields(ctx: WsContext, draft: Draft, entity: XmlElement): boolean {
	const patch = ctx.method === 'PATCH';
	for (const [name, field] of draft.resource.fields) {
		const sent = childOf(entity, name);
		if (field.i18n) {
			setTranslated(ctx, draft, name, field, sent);
			continue;
		}
		if (sent) {
			draft.sent.add(name);
			if (field.readOnly) {
				ctx.errors.add(
					400,
					93,
					`parameter "${name}" not writable. Please remove this attribute of this XML`,
				);
				return false;
			}
			if (!applySetter(ctx, draft, name, sent.text)) draft.values[name] = sent.text;
		} else if (field.required && !patch) {
			ctx.errors.add(400, 41, `parameter "${name}" required`);
			return false;
		} else if (!patch && !field.required && !field.dynamic) {
			draft.values[name] = null;
		}
	}
	return true;
}

function setAssociations(ctx: WsContext, draft: Draft, entity: XmlElement): boolean {
	for (const element of childOf(entity, 'associations')?.children ?? []) {
		if (!draft.resource.associations.has(element.name)) {
			if (element.name === 'i18n') continue;
			ctx.errors.add(400, 86, `The association "${element.name}" does not exists`);
			return false;
		}
		const items = element.children.map((item) =>
			Object.fromEntries(item.children.map((field) => [field.name, field.text])),
		);
		applyAssociation(ctx, draft, element.name, items);
	}
	return true;
}

function saveEntity(ctx: WsContext, entity: XmlElement): Draft | undefined {
	const id = phpInt(childOf(entity, 'id')?.text ?? '');
	const row = ctx.method === 'POST' ? undefined : ctx.database.table(ctx.resource.name).get(id);
	if (ctx.method !== 'POST' && !row) {
		ctx.errors.add(404, 92, 'Invalid ID');
		return undefined;
	}
	const draft = draftOf(ctx.resource, row);
	if (!assignFields(ctx, draft, entity)) return undefined;
	if (draft.isNew) modifyNew(ctx, draft);
	// A PHP diagnostic on the way is enough to keep the record from being saved.
	if (ctx.errors.any) return undefined;
	const problem = validateDraft(ctx, draft);
	if (problem) {
		ctx.errors.add(400, problem.code, `Validation error: "${problem.message}"`);
		return undefined;
	}
	beforeSave(ctx, draft);
	if (!save(ctx, draft)) {
		ctx.errors.add(500, 46, 'Unable to save resource');
		return undefined;
	}
	if (!setAssociations(ctx, draft, entity)) return undefined;
	return draft;
}

/** An object that got no id prints nothing but its lists (recorded exchange 1075). */
const ONLY_LISTS: Selection = { fields: new Set(), associations: 'all' };

function print(ctx: WsContext, drafts: Draft[]): WsOutput {
	let xml = '';
	const json: { [name: string]: Json } = {};
	for (const draft of drafts) {
		const row = rowOf(draft, ctx.shop.allLanguages());
		const shown = viewRecord(ctx.resource, row, ctx.database, ctx.traits);
		shown.inMemory = { sent: draft.sent };
		shown.integers = new Set([...(shown.integers ?? []), ...draft.integers]);
		shown.values = { ...draft.values };
		for (const [name, field] of ctx.resource.fields) {
			if (field.dynamic) shown.values[name] = viewDynamic(ctx, draft, name);
		}
		const out = printRecord(ctx, shown, draft.id === 0 ? ONLY_LISTS : EVERYTHING);
		xml += out.xml ?? '';
		json[ctx.resource.item] = out.json ?? null;
	}
	return withCoverDiagnostic(
		ctx,
		drafts.map((draft) => draft.id),
		{
			xml,
			json: drafts.length === 0 ? [] : json,
		},
	);
}

function viewDynamic(ctx: WsContext, draft: Draft, name: string): string | null {
	const row = ctx.database.table(ctx.resource.name).get(draft.id);
	if (!row) return null;
	// Nothing ever fills the quantity of the object in memory (recorded exchange 384).
	if (ctx.resource.name === 'products' && name === 'quantity' && ctx.method !== 'PATCH')
		return null;
	const value = viewRecord(ctx.resource, row, ctx.database, ctx.traits).values[name];
	return typeof value === 'string' ? value : null;
}

/** POST, PUT and PATCH: every child of the root is one record, saved one after the other (reference, section 4.2). */
export function saveEntities(ctx: WsContext): WsOutput | undefined {
	const root = parseBody(ctx);
	if (!root) return undefined;
	const entities = root.children;
	if (!checkIds(ctx, entities)) return undefined;
	const drafts: Draft[] = [];
	for (const entity of entities) {
		const draft = saveEntity(ctx, entity);
		if (!draft) return undefined;
		drafts.push(draft);
	}
	return { ...print(ctx, drafts), status: ctx.method === 'POST' ? 201 : 200 };
}

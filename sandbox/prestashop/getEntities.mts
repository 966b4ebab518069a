import type { WsContext } from './context.mts';
import { withCoverDiagnostic } from './coverDiagnostic.mts';
import type { Json, JsonStyle } from './jsonDocument.mts';
import { recordJson } from './jsonDocument.mts';
import { runList } from './listing.mts';
import { planList, priceAliases } from './listParameters.mts';
import type { ListPlan } from './listParameters.mts';
import type { WsOutput } from './output.mts';
import { computePrice } from './prices.mts';
import { phpInt } from './query.mts';
import { viewRecord } from './recordView.mts';
import type { RecordView } from './recordView.mts';
import type { Row } from './definitions.mts';
import { answerSchema } from './schema.mts';
import { EVERYTHING } from './selection.mts';
import type { Selection } from './selection.mts';
import { bareXml, recordXml } from './xmlDocument.mts';
import type { XmlStyle } from './xmlDocument.mts';

/** How XML is written in this request. */
export function xmlStyle(ctx: WsContext): XmlStyle {
	return { base: ctx.base, languages: ctx.languages, emptyCdata: ctx.traits.emptyCdata };
}

/** How JSON is written in this request. */
function jsonStyle(ctx: WsContext): JsonStyle {
	return {
		languages: ctx.languages,
		languagesAsked: ctx.params.has('language'),
		traits: ctx.traits,
		dropFalsy: false,
	};
}

/** Prints one record in the format of the request. */
export function printRecord(ctx: WsContext, view: RecordView, selection: Selection): WsOutput {
	return ctx.json
		? {
				json: recordJson(view, selection, {
					...jsonStyle(ctx),
					dropFalsy: ctx.traits.jsonDropsFalsy && selection === EVERYTHING,
				}),
			}
		: { xml: recordXml(view, selection, xmlStyle(ctx)) };
}

function view(ctx: WsContext, row: Row): RecordView {
	const shown = viewRecord(ctx.resource, row, ctx.database, ctx.traits);
	const aliases = priceAliases(ctx.params);
	if (aliases.length > 0 && ['products', 'combinations'].includes(ctx.resource.name)) {
		shown.computed = Object.fromEntries(
			aliases.map((alias) => [alias, computePrice(ctx, row, alias)]),
		);
	}
	return shown;
}

function single(ctx: WsContext, id: number): WsOutput {
	const row = ctx.database.table(ctx.resource.name).get(id);
	if (!row) return { status: 404, bodyless: true };
	if (ctx.shop.isBroken(ctx.resource.name, id, true)) return { status: 500, bodyless: true };
	const { item, list, name } = ctx.resource;
	if (!ctx.params.has('display')) {
		const out = printRecord(ctx, view(ctx, row), EVERYTHING);
		return withCoverDiagnostic(ctx, [id], ctx.json ? { json: { [item]: out.json ?? null } } : out);
	}
	if (!ctx.traits.displayOnSingle) {
		// Recorded exchange 182 of 1.6: whatever is asked for, the record shrinks to its link.
		return { xml: bareXml(item, name, id, xmlStyle(ctx)), json: { [list]: [{ id }] } };
	}
	const plan = planSingle(ctx);
	if (!plan) return {};
	const selection = plan.selection ?? { fields: new Set(['id']), associations: new Map() };
	if (ctx.json) {
		const json = recordJson(view(ctx, row), selection, jsonStyle(ctx));
		return { json: { [list]: [json] } };
	}
	if (!plan.selection) return { xml: bareXml(item, name, id, xmlStyle(ctx)) };
	return { xml: recordXml(view(ctx, row), selection, xmlStyle(ctx)) };
}

/** One record takes `display` only; filters, sort and limit do nothing (recorded exchange 268). */
function planSingle(ctx: WsContext): ListPlan | undefined {
	const params = new Map(ctx.params);
	for (const name of ['filter', 'sort', 'limit', 'schema']) params.delete(name);
	return planList({ ...ctx, params });
}

function listXml(ctx: WsContext, rows: Row[], plan: ListPlan): string {
	const { item, list, name } = ctx.resource;
	const style = xmlStyle(ctx);
	const parts = [`<${list}>\n`];
	for (const row of rows) {
		parts.push(
			plan.selection
				? recordXml(view(ctx, row), plan.selection, style)
				: bareXml(item, name, row.id, style),
		);
	}
	parts.push(`</${list}>\n`);
	return parts.join('');
}

function listJson(ctx: WsContext, rows: Row[], plan: ListPlan): Json {
	// An empty list is a bare array, not an object (recorded exchange 048).
	if (rows.length === 0) return [];
	const style = jsonStyle(ctx);
	const { selection } = plan;
	return {
		[ctx.resource.list]: rows.map((row) =>
			selection ? recordJson(view(ctx, row), selection, style) : { id: row.id },
		),
	};
}

/** GET and HEAD of a list or of one record. */
export function getEntities(ctx: WsContext): WsOutput {
	const [, id = ''] = ctx.segments;
	if (id !== '') return single(ctx, phpInt(id));
	const plan = planList(ctx);
	if (!plan) {
		// PHP goes on with what it does not have and complains, unless messages are displayed (developer mode).
		const noise = ctx.shop.settings.displayErrors ? undefined : ctx.traits.listDiagnostics;
		for (const line of noise?.lines ?? []) {
			ctx.errors.php(
				noise?.code ?? 3,
				`${noise?.text} (/var/www/html/classes/webservice/WebserviceRequest.php, line ${line})`,
			);
		}
		return {};
	}
	if (plan.schema) return answerSchema(ctx, plan.schema);
	const rows = runList(ctx, plan);
	const { fields } = plan.selection ?? { fields: new Set(['id']) };
	const isBare = fields !== 'all' && [...fields].every((name) => name === 'id');
	if (
		rows.some(({ id }) => !isBare && ctx.shop.isBroken(ctx.resource.name, id, fields === 'all'))
	) {
		return { status: 500, bodyless: true };
	}
	const output = ctx.json ? { json: listJson(ctx, rows, plan) } : { xml: listXml(ctx, rows, plan) };
	const covers =
		plan.selection &&
		(plan.selection.fields === 'all' || plan.selection.fields.has('id_default_image'));
	return covers
		? withCoverDiagnostic(
				ctx,
				rows.map((row) => row.id),
				output,
			)
		: output;
}

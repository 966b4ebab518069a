import type { WsContext } from './context.mts';
import type { FieldDefinition } from './definitions.mts';
import { didYouMean, PhpFatal, SqlError } from './errors.mts';
import { compileFilter } from './filters.mts';
import type { Filter } from './filters.mts';
import { phpInt, textOf } from './query.mts';
import type { PhpArray, PhpValue } from './query.mts';
import { EVERYTHING } from './selection.mts';
import type { Selection } from './selection.mts';
import type { PhpDiagnostic } from './versions.mts';

/** Tables that are kept per shop: their sort columns are qualified, so a translated filter does not clash with them. */
const PER_SHOP = new Set(
	(
		'products combinations categories carriers content_management_system contacts countries currencies employees ' +
		'languages stores product_options product_option_values product_features groups tax_rule_groups zones ' +
		'manufacturers suppliers warehouses'
	).split(' '),
);

/** What a list request asks for, once its parameters were found to be right. */
export interface ListPlan {
	filters: Filter[];
	sort: Array<{ field: string; descending: boolean }>;
	limit?: { offset: number; count: number };
	/** undefined: ids only. */
	selection?: Selection;
	schema?: 'blank' | 'synopsis';
}

const SCHEMA_HELP =
	"Please select a schema of type 'synopsis' to get the whole schema informations (which fields are required, which kind of content...) or 'blank' to get an empty schema to fill before using POST request";
const SORT_HELP =
	'The "sort" value has to be formed as this example: "field_ASC" or \'[field_1_DESC,field_2_ASC,field_3_ASC,...]\' ("field" has to be an available field)';

interface Columns {
	plain: string[];
	translated: string[];
}

function columns(ctx: WsContext): Columns {
	const plain = ['id'];
	const translated: string[] = [];
	for (const [name, field] of ctx.resource.fields) (field.i18n ? translated : plain).push(name);
	const date = ctx.params.get('date');
	const dates = date !== undefined && date !== '' && date !== '0';
	if (!dates) {
		return {
			plain: plain.filter((name) => name !== 'date_add' && name !== 'date_upd'),
			translated,
		};
	}
	for (const name of ['date_add', 'date_upd']) if (!plain.includes(name)) plain.push(name);
	return { plain, translated };
}

/** `filter[id][]=1`, `limit[]=1`: PHP complains, or dies (recorded exchanges 487 and 488). */
function reportArray(ctx: WsContext, diagnostics: PhpDiagnostic[] | undefined): void {
	if (!diagnostics) throw new PhpFatal(500, '', 'array given');
	for (const { code, text } of diagnostics) ctx.errors.php(code, text);
}

/** A multilang table that is joined: the join of a second field or an unqualified sort makes the SQL invalid. */
interface Joins {
	translated: number;
}

function readFilters(ctx: WsContext, available: Columns, joins: Joins): Filter[] | undefined {
	const filters: Filter[] = [];
	const param = ctx.params.get('filter');
	if (param === undefined) return filters;
	if (typeof param === 'string') {
		const { lines, foreachText } = ctx.traits;
		ctx.errors.php(
			3,
			`[PHP Warning #2] ${foreachText.replace('%s', 'string')} (/var/www/html/classes/webservice/WebserviceRequest.php, line ${lines.filterScalar})`,
		);
		return filters;
	}
	for (const [name, value] of param) {
		const field: FieldDefinition | undefined = ctx.resource.fields.get(name);
		if (!available.plain.includes(name)) {
			if (value !== '' && available.translated.includes(name)) {
				joins.translated++;
				const texts = typeof value === 'string' ? [value] : [...value.values()];
				for (const text of texts) {
					if (typeof text !== 'string') continue;
					const filter = compileFilter(name, field, text, ctx.traits.likeUsesIndex);
					if (filter) filters.push(filter);
				}
				continue;
			}
			if (typeof value !== 'string') {
				ctx.errors.add(400, 31, 'There is no existing linked table for this resource');
				return undefined;
			}
			ctx.errors.add(400, 32, `This filter does not exist. ${didYouMean(name, available.plain)}`);
			return undefined;
		}
		if (value === '') {
			ctx.errors.add(400, 33, `The filter "${name}" is malformed.`);
			return undefined;
		}
		if (field?.dynamic) {
			ctx.errors.add(
				400,
				34,
				`The field "${name}" is dynamic. It is not possible to filter GET query with this field.`,
			);
			return undefined;
		}
		if (typeof value !== 'string') {
			reportArray(ctx, ctx.traits.arrayFilter);
			return filters;
		}
		if (name !== 'id' && !field) throw new SqlError(`main.${name}`);
		const filter = compileFilter(name, field, value, ctx.traits.likeUsesIndex);
		if (filter) filters.push(filter);
	}
	return filters;
}

/** Splits `id,order_rows[a,b]` at the commas outside of brackets. */
function splitDisplay(inner: string): string[] {
	return inner.match(/[^,[\]]+(?:\[[^\]]*\])?/g) ?? [];
}

function readSelection(ctx: WsContext, value: PhpValue | undefined): Selection | null | undefined {
	if (value === undefined || value === 'minimum') return undefined;
	if (value === 'full') return EVERYTHING;
	const names = ['id', ...ctx.resource.fields.keys()].join(', ');
	const inner = typeof value === 'string' ? /^\[(.*)\]$/.exec(value)?.[1] : undefined;
	if (inner === undefined) {
		ctx.errors.add(
			400,
			36,
			`The 'display' syntax is wrong. You can set 'full' or '[field_1,field_2,field_3,...]'. These are available: ${names}`,
		);
		return null;
	}
	const fields = new Set<string>();
	const associations = new Map<string, Set<string>>();
	const prices = priceAliases(ctx.params);
	for (const part of splitDisplay(inner)) {
		const nested = /^(\w+)\[(.*)\]$/.exec(part);
		const association = nested?.[1] && ctx.resource.associations.get(nested[1]);
		if (nested?.[1] && nested[2] !== undefined && association) {
			associations.set(nested[1], new Set(nested[2].split(',')));
		} else if (part === 'id' || ctx.resource.fields.has(part) || prices.includes(part)) {
			fields.add(part);
		} else {
			ctx.errors.add(
				400,
				35,
				`Unable to display this field "${part.replace(/\[.*$/, '')}". However, these are available: ${names}`,
			);
			return null;
		}
	}
	return { fields, associations };
}

/** Aliases of `price[alias][...]`. */
export function priceAliases(params: PhpArray): string[] {
	const price = params.get('price');
	return price instanceof Map ? [...price.keys()] : [];
}

function readSort(
	ctx: WsContext,
	available: Columns,
	joins: Joins,
	usable: Set<string>,
): ListPlan['sort'] | undefined {
	const value = textOf(ctx.params, 'sort');
	if (value === undefined) return [];
	const inner = /^\[(.*)\]$/.exec(value)?.[1] ?? value;
	const sort: ListPlan['sort'] = [];
	for (const part of inner.split(',')) {
		const cut = part.lastIndexOf('_');
		const field = part.slice(0, Math.max(cut, 0));
		const direction = part.slice(cut + 1).toUpperCase();
		if (cut < 0 || (direction !== 'ASC' && direction !== 'DESC')) {
			ctx.errors.add(400, 37, SORT_HELP);
			return undefined;
		}
		if (!available.plain.includes(field) && !available.translated.includes(field)) {
			ctx.errors.add(
				400,
				38,
				`Unable to filter by this field. However, these are available: ${available.plain.join(', ')}, for i18n fields:${available.translated.join(', ')}`,
			);
			return undefined;
		}
		if (field === 'id' && joins.translated > 0 && !PER_SHOP.has(ctx.resource.name)) {
			throw new SqlError('ambiguous id');
		}
		if (field !== 'id' && !usable.has(field)) throw new SqlError(field);
		sort.push({ field, descending: direction === 'DESC' });
	}
	return sort;
}

function readLimit(ctx: WsContext): ListPlan['limit'] | null | undefined {
	const value = ctx.params.get('limit');
	if (value === undefined) return undefined;
	if (typeof value !== 'string') {
		reportArray(ctx, ctx.traits.arrayLimit);
		return { offset: 0, count: 0 };
	}
	const parts = value.split(',');
	if (parts.length > 2) {
		ctx.errors.add(400, 39, 'The "limit" value has to be formed as this example: "5,25" or "10"');
		return null;
	}
	const [first = '', second] = parts;
	const limit =
		second === undefined
			? { offset: 0, count: phpInt(first) }
			: { offset: phpInt(first), count: phpInt(second) };
	if (limit.offset < 0 || limit.count < 0) throw new SqlError(`LIMIT ${value}`);
	return limit;
}

/**
 * Reads the parameters of a list in the order the shop does: schema, filters, display, sort, limit. undefined after an
 * error that stops the list.
 */
export function planList(ctx: WsContext): ListPlan | undefined {
	const schema = textOf(ctx.params, 'schema');
	if (schema !== undefined) {
		if (schema !== 'blank' && schema !== 'synopsis') {
			ctx.errors.add(400, 28, SCHEMA_HELP);
			return undefined;
		}
		return { filters: [], sort: [], schema, selection: EVERYTHING };
	}
	const available = columns(ctx);
	const joins: Joins = { translated: 0 };
	let sqlError: SqlError | undefined;
	const attempt = <T,>(step: () => T): T | undefined => {
		try {
			return step();
		} catch (error) {
			if (!(error instanceof SqlError)) throw error;
			// The statement is only run once all parameters were read.
			sqlError ??= error;
			return undefined;
		}
	};
	const filters = attempt(() => readFilters(ctx, available, joins));
	if (!filters && !sqlError) return undefined;
	const selection = readSelection(ctx, ctx.params.get('display'));
	if (selection === null) return undefined;
	const usable = new Set(ctx.resource.fields.keys());
	const sort = attempt(() => readSort(ctx, available, joins, usable));
	if (!sort && !sqlError) return undefined;
	const limit = attempt(() => readLimit(ctx));
	if (limit === null) return undefined;
	if (joins.translated > 1) sqlError ??= new SqlError('joined twice');
	if (sqlError) throw sqlError;
	return {
		filters: filters ?? [],
		sort: sort ?? [],
		limit: limit ?? undefined,
		selection: selection ?? undefined,
	};
}

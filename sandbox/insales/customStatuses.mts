import { BLANK, NOT_IN_LIST, hasErrors, invalid, json, notFound, ok } from './answers.mts';
import type { FieldErrors } from './answers.mts';
import { answerList } from './listing.mts';
import { SYSTEM_STATUSES } from './orderStatus.mts';
import { permalinkOf } from './productRecords.mts';
import type { CustomStatus, JsonObject } from './records.mts';
import { numberOf, textOf } from './records.mts';
import { withRoot } from './routes.mts';
import type { ApiContext, Route } from './routes.mts';
import type { ShopState } from './shopState.mts';

/** The colours a status may have (InSales API reference, 6.2). */
export const COLORS =
	'#D0CA02 #E2AC54 #DF8956 #DC5F59 #85C5E0 #3A9FC9 #B384E2 #D361B8 #8EA3E2 #A69196 #929594 #686A69 #7ABF24 #86AA60 #509897 #249641'.split(
		' ',
	);

/** Adds a status; its permalink is made of the title unless it is given. */
export function insertStatus(shop: ShopState, fields: JsonObject): CustomStatus {
	const table = shop.database.table('custom_statuses');
	const stamp = shop.stamp();
	const status = {
		id: table.reserveId(),
		permalink: textOf(fields.permalink) || permalinkOf(textOf(fields.title)),
		title: textOf(fields.title),
		system_status: textOf(fields.system_status),
		is_default: fields.is_default === true,
		color: textOf(fields.color) || '#929594',
		position: numberOf(fields.position) ?? table.size + 1,
		created_at: stamp,
		updated_at: stamp,
	} as CustomStatus;
	table.put(status);
	return status;
}

function check(next: JsonObject): FieldErrors {
	const errors: FieldErrors = {};
	if (textOf(next.title) === '') errors.title = [BLANK];
	if (!SYSTEM_STATUSES.includes(textOf(next.system_status))) errors.system_status = [NOT_IN_LIST];
	if (next.color !== undefined && !COLORS.includes(textOf(next.color)))
		errors.color = [NOT_IN_LIST];
	return errors;
}

function find({ shop, params }: ApiContext): CustomStatus | undefined {
	return shop.customStatuses().find((status) => status.permalink === params[0]);
}

/** The key in the path is the permalink; a change answers only `{"status":"ok"}` (reference, 6.2). */
export const STATUS_ROUTES: Route[] = [
	{
		method: 'GET',
		path: 'custom_statuses',
		needs: 'settings:view',
		run: ({ shop, query }) =>
			answerList(
				shop,
				shop.database.table('custom_statuses'),
				query,
				{ short: true },
				(status) => status,
			),
	},
	{
		method: 'GET',
		path: 'custom_statuses/:permalink',
		needs: 'settings:view',
		run: (context) => {
			const status = find(context);
			return status ? json(status) : notFound();
		},
	},
	{
		method: 'POST',
		path: 'custom_statuses',
		needs: 'settings:edit',
		run: (context) =>
			withRoot(context, 'custom_status', (body) => {
				const errors = check(body);
				if (hasErrors(errors)) return invalid(errors);
				return json(insertStatus(context.shop, { ...body, is_default: false }), 201);
			}),
	},
	{
		method: 'PUT',
		path: 'custom_statuses/:permalink',
		needs: 'settings:edit',
		run: (context) => {
			const status = find(context);
			if (!status) return notFound();
			return withRoot(context, 'custom_status', (body) => {
				const next = { ...status } as CustomStatus;
				if (body.title !== undefined) next.title = textOf(body.title);
				if (body.color !== undefined) next.color = textOf(body.color);
				if (body.system_status !== undefined) next.system_status = textOf(body.system_status);
				const errors = check(next);
				if (hasErrors(errors)) return invalid(errors);
				next.updated_at = context.shop.stamp();
				context.shop.database.table('custom_statuses').put(next);
				return ok();
			});
		},
	},
	{
		method: 'DELETE',
		path: 'custom_statuses/:permalink',
		needs: 'settings:edit',
		run: (context) => {
			const status = find(context);
			if (!status) return notFound();
			context.shop.database.table('custom_statuses').delete(status.id);
			return ok();
		},
	},
];

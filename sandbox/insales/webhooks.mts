import { BLANK, NOT_IN_LIST, hasErrors, invalid, json, notFound, ok } from './answers.mts';
import type { FieldErrors } from './answers.mts';
import type { JsonObject, StoredRecord } from './records.mts';
import { textOf } from './records.mts';
import { idParam, withRoot } from './routes.mts';
import type { ApiContext, Route } from './routes.mts';

/** Clients are spelt in the singular (InSales API reference, 8 and pitfall 17). */
const TOPICS = [
	'orders/create',
	'orders/update',
	'orders/destroy',
	'products/create',
	'products/update',
	'client/create',
	'client/update',
];

/** An application sees the webhooks that it made itself. */
function own({ shop, key }: ApiContext): StoredRecord[] {
	const all = shop.database.table('webhooks').all();
	return all.filter((webhook) => webhook.owner === key.identifier);
}

function view({ owner: _owner, ...webhook }: StoredRecord): JsonObject {
	return webhook;
}

/** The pair of address and topic is unique per application; how a second one is refused is a guess (422). */
function check(context: ApiContext, next: JsonObject): FieldErrors {
	const errors: FieldErrors = {};
	if (!/^https?:\/\/\S+$/.test(textOf(next.address))) errors.address = [BLANK];
	if (!TOPICS.includes(textOf(next.topic))) errors.topic = [NOT_IN_LIST];
	if (!['json', 'xml'].includes(textOf(next.format_type))) errors.format_type = [NOT_IN_LIST];
	const taken = own(context).some(
		(held) => held.id !== next.id && held.address === next.address && held.topic === next.topic,
	);
	if (taken) errors.address = ['уже существует'];
	return errors;
}

function sent(body: JsonObject): JsonObject {
	const names = [
		'address',
		'topic',
		'format_type',
		'warehouse_id',
		'sales_channel_id',
		'batch_size',
	];
	const fields: JsonObject = {};
	for (const name of names) if (body[name] !== undefined) fields[name] = body[name];
	return fields;
}

function create(context: ApiContext): ReturnType<typeof json> {
	return withRoot(context, 'webhook', (body) => {
		const { shop, key } = context;
		const table = shop.database.table('webhooks');
		const fields = {
			address: '',
			topic: '',
			format_type: 'json',
			warehouse_id: null,
			sales_channel_id: null,
			batch_size: 10,
			...sent(body),
		};
		const errors = check(context, fields);
		if (hasErrors(errors)) return invalid(errors);
		const webhook: StoredRecord = {
			id: table.reserveId(),
			...fields,
			created_at: shop.stamp(),
			owner: key.identifier,
		};
		table.put(webhook);
		return json(view(webhook), 201);
	});
}

function withOwn(
	context: ApiContext,
	run: (webhook: StoredRecord) => ReturnType<typeof json>,
): ReturnType<typeof json> {
	const webhook = own(context).find(({ id }) => id === idParam(context));
	return webhook ? run(webhook) : notFound();
}

export const WEBHOOK_ROUTES: Route[] = [
	{
		method: 'GET',
		path: 'webhooks',
		needs: 'webhooks:view',
		run: (context) => json(own(context).map(view)),
	},
	{
		method: 'GET',
		path: 'webhooks/:id',
		needs: 'webhooks:view',
		run: (context) => withOwn(context, (webhook) => json(view(webhook))),
	},
	{ method: 'POST', path: 'webhooks', needs: 'webhooks:edit', run: create },
	{
		method: 'PUT',
		path: 'webhooks/:id',
		needs: 'webhooks:edit',
		run: (context) =>
			withOwn(context, (webhook) =>
				withRoot(context, 'webhook', (body) => {
					const next: StoredRecord = { ...webhook, ...sent(body) };
					const errors = check(context, next);
					if (hasErrors(errors)) return invalid(errors);
					context.shop.database.table('webhooks').put(next);
					return json(view(next));
				}),
			),
	},
	{
		method: 'DELETE',
		path: 'webhooks/:id',
		needs: 'webhooks:edit',
		run: (context) =>
			withOwn(context, (webhook) => {
				context.shop.database.table('webhooks').delete(webhook.id);
				return ok();
			}),
	},
];

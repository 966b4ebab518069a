import type { ShopResponse } from '../shared/http.mts';
import { hasErrors, invalid, json, notFound, ok } from './answers.mts';
import type { FieldErrors } from './answers.mts';
import { checkClient, insertClient, pickClientFields } from './clientRecords.mts';
import { DESTINY, applyFieldValues } from './extraFields.mts';
import { answerCount, answerList } from './listing.mts';
import type { ListRules } from './listing.mts';
import { textOf, truthy } from './records.mts';
import type { Client } from './records.mts';
import { idParam, withRoot } from './routes.mts';
import type { ApiContext, Route } from './routes.mts';

/** There is no search by e-mail or phone (InSales API reference, 3.2). */
const RULES: ListRules<Client> = {
	incremental: true,
	newestFirst: true,
	matching: (shop, query) => {
		const type = query.text('type');
		return type !== undefined && shop.honours('type')
			? (client) => client.type === type
			: undefined;
	},
};

function create(context: ApiContext): ShopResponse {
	const { shop } = context;
	return withRoot(context, 'client', (body) => {
		const errors: FieldErrors = {};
		const fields = pickClientFields(body);
		const password = truthy(body.registered) ? textOf(body.password) : undefined;
		checkClient(shop, fields, password, errors);
		const attributes = body.fields_values_attributes;
		const values = applyFieldValues(shop, [], attributes, DESTINY.client, errors);
		if (hasErrors(errors)) return invalid(errors);
		return json(insertClient(shop, { ...fields, fields_values: values }), 201);
	});
}

function update(context: ApiContext): ShopResponse {
	const { shop } = context;
	const client = shop.database.clients.get(idParam(context));
	if (!client) return notFound();
	return withRoot(context, 'client', (body) => {
		const errors: FieldErrors = {};
		const next = { ...client, ...pickClientFields(body) } as Client;
		checkClient(
			shop,
			next,
			body.password === undefined ? undefined : textOf(body.password),
			errors,
		);
		next.fields_values = applyFieldValues(
			shop,
			client.fields_values,
			body.fields_values_attributes,
			DESTINY.client,
			errors,
		);
		if (hasErrors(errors)) return invalid(errors);
		if (JSON.stringify(next) === JSON.stringify(client)) return json(client);
		next.contact_name = [textOf(next.surname), textOf(next.name)].filter(Boolean).join(' ') || null;
		next.updated_at = shop.stamp();
		shop.database.clients.put(next);
		return json(next);
	});
}

export const CLIENT_ROUTES: Route[] = [
	{
		method: 'GET',
		path: 'clients',
		needs: 'clients:view',
		run: ({ shop, query }) =>
			answerList(shop, shop.database.clients, query, RULES, (client) => client),
	},
	{
		method: 'GET',
		path: 'clients/count',
		needs: 'clients:view',
		run: ({ shop, query }) => answerCount(shop, shop.database.clients, query, RULES),
	},
	{
		method: 'GET',
		path: 'clients/:id',
		needs: 'clients:view',
		run: (context) => {
			const client = context.shop.database.clients.get(idParam(context));
			return client ? json(client) : notFound();
		},
	},
	{ method: 'POST', path: 'clients', needs: 'clients:edit', run: create },
	{ method: 'PUT', path: 'clients/:id', needs: 'clients:edit', run: update },
	{
		method: 'DELETE',
		path: 'clients/:id',
		needs: 'clients:edit',
		run: (context) => (context.shop.database.clients.delete(idParam(context)) ? ok() : notFound()),
	},
];

import { BLANK, NOT_A_NUMBER, hasErrors, invalid, json, notFound, ok } from './answers.mts';
import type { FieldErrors } from './answers.mts';
import { answerCount, answerList } from './listing.mts';
import type { ListRules } from './listing.mts';
import { permalinkOf } from './productRecords.mts';
import type { JsonObject, StoredRecord } from './records.mts';
import { numberOf, textOf } from './records.mts';
import { SIMPLE_RESOURCES } from './resources.mts';
import type { SimpleResource } from './resources.mts';
import { idParam, withRoot } from './routes.mts';
import type { Route } from './routes.mts';
import type { ShopState } from './shopState.mts';

function rulesOf(resource: SimpleResource): ListRules<StoredRecord> {
	return {
		incremental: resource.incremental,
		fromIdIgnored: resource.fromIdIgnored,
		short: !resource.incremental,
		matching: (shop, query) => {
			const wanted = (resource.filters ?? []).flatMap((name) => {
				const value = query.text(name);
				return value !== undefined && shop.honours(name) ? [{ name, value }] : [];
			});
			if (wanted.length === 0) return undefined;
			return (record) => wanted.every(({ name, value }) => String(record[name]) === value);
		},
	};
}

function sentFields(resource: SimpleResource, body: JsonObject, held: JsonObject): JsonObject {
	const known = Object.keys({ ...resource.blank, ...held });
	const fields: JsonObject = {};
	for (const name of known) {
		const value = body[name];
		if (value !== undefined && !['id', 'created_at', 'updated_at'].includes(name))
			fields[name] = value;
	}
	return fields;
}

function check(resource: SimpleResource, next: JsonObject): FieldErrors {
	const errors: FieldErrors = {};
	for (const name of resource.required) if (textOf(next[name]) === '') errors[name] = [BLANK];
	for (const name of resource.numbers ?? []) {
		const value = next[name];
		if (value !== null && value !== undefined && numberOf(value) === undefined)
			errors[name] = [NOT_A_NUMBER];
	}
	// A fixed delivery needs its price, an external one the address that works it out (reference, 5.8).
	if (next.type === 'DeliveryVariant::Fixed' && textOf(next.price) === '') errors.price = [BLANK];
	if (next.type === 'DeliveryVariant::External' && textOf(next.url) === '') errors.url = [BLANK];
	return errors;
}

/** Adds a record of a plain resource without any check. */
export function insertSimple(
	shop: ShopState,
	path: string,
	fields: JsonObject,
	id?: number,
): StoredRecord {
	const resource = SIMPLE_RESOURCES.find((candidate) => candidate.path === path);
	const table = shop.database.table(path);
	const record: StoredRecord = {
		id: id ?? table.reserveId(),
		...resource?.blank,
		...fields,
	};
	if (resource && 'updated_at' in resource.blank) {
		record.created_at = fields.created_at ?? shop.stamp();
		record.updated_at = fields.updated_at ?? shop.stamp();
	}
	if (record.permalink === '') record.permalink = permalinkOf(textOf(record.title));
	if (record.url === '') record.url = `/collection/${textOf(record.permalink)}`;
	table.put(record);
	return record;
}

function readRoutes(resource: SimpleResource): Route[] {
	const rules = rulesOf(resource);
	const { path, section } = resource;
	const needs = `${section}:view` as const;
	return [
		{
			method: 'GET',
			path,
			needs,
			run: ({ shop, query }) =>
				answerList(shop, shop.database.table(path), query, rules, (record) => record),
		},
		{
			method: 'GET',
			path: `${path}/count`,
			needs,
			run: ({ shop, query }) => answerCount(shop, shop.database.table(path), query, rules),
		},
		{
			method: 'GET',
			path: `${path}/:id`,
			needs,
			run: (context) => {
				const record = context.shop.database.table(path).get(idParam(context));
				return record ? json(record) : notFound();
			},
		},
	];
}

function writeRoutes(resource: SimpleResource): Route[] {
	const { path, root, section } = resource;
	const needs = `${section}:edit` as const;
	return [
		{
			method: 'POST',
			path,
			needs,
			run: (context) =>
				withRoot(context, root, (body) => {
					const fields = sentFields(resource, body, {});
					// What has a usable default in a new record need not be sent, except what is required.
					const errors = check(resource, {
						...resource.blank,
						...Object.fromEntries(resource.required.map((name) => [name, null])),
						...fields,
					});
					if (hasErrors(errors)) return invalid(errors);
					return json(insertSimple(context.shop, path, fields), 201);
				}),
		},
		{
			method: 'PUT',
			path: `${path}/:id`,
			needs,
			run: (context) => {
				const table = context.shop.database.table(path);
				const record = table.get(idParam(context));
				if (!record) return notFound();
				return withRoot(context, root, (body) => {
					const next: StoredRecord = { ...record, ...sentFields(resource, body, record) };
					const errors = check(resource, next);
					if (hasErrors(errors)) return invalid(errors);
					if ('updated_at' in record) next.updated_at = context.shop.stamp();
					table.put(next);
					return json(next);
				});
			},
		},
		{
			method: 'DELETE',
			path: `${path}/:id`,
			needs,
			run: (context) =>
				context.shop.database.table(path).delete(idParam(context)) ? ok() : notFound(),
		},
	];
}

/** The endpoints of all plain resources. */
export const SIMPLE_ROUTES: Route[] = SIMPLE_RESOURCES.flatMap((resource) => [
	...readRoutes(resource),
	...(resource.readOnly ? [] : writeRoutes(resource)),
]);

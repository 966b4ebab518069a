import { allows } from './areas.mts';
import type { Level } from './areas.mts';
import { ok } from './call.mts';
import type { Answer, Call } from './call.mts';
import { isFields, textOf } from './definitions.mts';
import type { Fields, Json, ResourceDefinition, Row, Verb } from './definitions.mts';
import { deleteEntity } from './deleteEntities.mts';
import {
	WebApiError,
	insufficientScope,
	methodNotAllowed,
	missingModule,
	notFound,
	objectLocked,
} from './errors.mts';
import { readFilters } from './filters.mts';
import { listRecords } from './listing.mts';
import { recordView } from './recordView.mts';
import { RESOURCES } from './resources.mts';
import { bodyFields, createEntity, updateEntity } from './saveEntities.mts';
import { answerSingleton } from './singletons.mts';

const LEVEL_OF: Readonly<Record<Verb, Level>> = {
	list: 'read',
	get: 'read',
	create: 'add',
	update: 'edit',
	delete: 'delete',
};

function verbOf(method: string, hasId: boolean): Verb | undefined {
	if (method === 'GET' || method === 'HEAD') return hasId ? 'get' : 'list';
	if (method === 'POST') return hasId ? undefined : 'create';
	if (!hasId) return undefined;
	return method === 'PUT' ? 'update' : method === 'DELETE' ? 'delete' : undefined;
}

/** `metafields/{object}[/{id}]` keeps the object in the path. */
function withoutObject(call: Call): Call {
	const [name = '', object, ...rest] = call.path;
	if (name !== 'metafields' || object === undefined) return call;
	const filters = readFilters(call.query.filters);
	return {
		...call,
		path: [name, ...rest],
		query: { ...call.query, filters: { ...filters, object } },
		body: isFields(call.body) ? { ...call.body, object } : call.body,
	};
}

/** The secret of a webhook is shown by id to everyone, in lists only to its owner (reference 8.1, LIVE). */
function listView(call: Call, resource: ResourceDefinition, row: Row): Fields {
	const view = recordView(call.shop, resource.name, row);
	if (resource.name === 'webhooks' && row.values._owner !== call.token.name) delete view.secret;
	return view;
}

function write(call: Call, resource: ResourceDefinition, verb: Verb, row: Row | undefined): Json {
	const { shop } = call;
	if (verb === 'create')
		return createEntity(shop, resource, bodyFields(call.body), call.token.name);
	if (!row) throw notFound();
	if (resource.name === 'orders' && shop.lockedOrders.has(row.id)) throw objectLocked();
	if (verb === 'update') updateEntity(shop, resource, row, bodyFields(call.body));
	else deleteEntity(shop, resource, row);
	return 1;
}

function answerResource(call: Call): Answer {
	const [name = '', id, ...rest] = call.path;
	const resource = RESOURCES.get(name);
	if (!resource || rest.length > 0) throw missingModule(name);
	const verb = verbOf(call.method, id !== undefined);
	if (!verb || !resource.verbs.includes(verb)) throw methodNotAllowed(call.method);
	if (!allows(call.token.rights, resource.area, LEVEL_OF[verb])) throw insufficientScope();
	if (verb === 'list') {
		const page = listRecords(call.shop, resource, call.query, (row) =>
			listView(call, resource, row),
		);
		return ok(page.body, page.headers);
	}
	const row = /^\d+$/.test(textOf(id)) ? call.shop.find(resource.name, id) : undefined;
	if (verb !== 'get') return ok(write(call, resource, verb, row));
	if (!row) throw notFound();
	return ok(recordView(call.shop, resource.name, row));
}

/** Answers one call whose token is good; failures become `{error, error_description}`. */
export function dispatch(call: Call): Answer {
	try {
		return answerSingleton(call) ?? answerResource(withoutObject(call));
	} catch (error) {
		if (error instanceof WebApiError) return failure(error);
		throw error;
	}
}

export function failure(error: WebApiError): Answer {
	return {
		status: error.status,
		body: { error: error.code, error_description: error.message },
	};
}

import { ok } from './call.mts';
import type { Answer, Call } from './call.mts';
import { isFields, textOf } from './definitions.mts';
import type { Fields, Json } from './definitions.mts';
import { dispatch, failure } from './dispatch.mts';
import { badRequest, missingModule, methodNotAllowed } from './errors.mts';
import { parseQuery } from './query.mts';

/** Largest number of operations (Shoper REST reference 4). */
const MOST = 25;

const PREFIX = '/webapi/rest/';

/** These make no sense inside a bulk call, and the second would lock administrators out unseen by the request log. */
const OUTSIDE_ONLY = ['bulk', 'application-lock', 'auth'];

function answerOperation(call: Call, operation: Fields): Answer {
	const [path = '', search = ''] = textOf(operation.path).split(/\?(.*)/s);
	if (!path.startsWith(PREFIX)) return failure(missingModule(path));
	const pieces = path
		.slice(PREFIX.length)
		.split('/')
		.filter((piece) => piece !== '');
	if (OUTSIDE_ONLY.includes(pieces[0] ?? '')) return failure(missingModule(pieces[0] ?? ''));
	const params = isFields(operation.params) ? operation.params : {};
	return dispatch({
		...call,
		method: textOf(operation.method).toUpperCase() || 'GET',
		path: pieces,
		query: { ...parseQuery(search), ...params },
		body: operation.body,
	});
}

/**
 * Answers `POST /bulk`. Operations are independent of each other. The recorded answer listed them in another order
 * than they were sent, so the sandbox lists them backwards: `id` tells which is which.
 */
export function answerBulk(call: Call): Answer {
	if (call.method !== 'POST') return failure(methodNotAllowed(call.method));
	const operations = call.body;
	if (!Array.isArray(operations)) return failure(badRequest('Niepoprawne dane'));
	// The real text is not known.
	if (operations.length > MOST)
		return failure(badRequest(`Maximum number of operations is ${MOST}`));
	let errors = false;
	const items = operations.map((operation): Json => {
		const fields = isFields(operation) ? operation : {};
		const { status, body } = answerOperation(call, fields);
		if (status >= 400) errors = true;
		return { code: status, body, id: fields.id ?? null };
	});
	return ok({ errors, items: items.reverse() });
}

/** How many operations a body holds; 1 for everything that is no bulk call. */
export function operationCount(path: string[], body: Json | undefined): number {
	return path[0] === 'bulk' && Array.isArray(body) ? Math.max(1, body.length) : 1;
}

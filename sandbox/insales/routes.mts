import type { ShopRequest, ShopResponse } from '../shared/http.mts';
import { json } from './answers.mts';
import type { AccessKey, Right } from './keys.mts';
import { BAD_REQUEST } from './listing.mts';
import type { Query } from './query.mts';
import { isObject } from './records.mts';
import type { JsonObject } from './records.mts';
import type { ShopState } from './shopState.mts';

/** One request that passed all doors. */
export interface ApiContext {
	shop: ShopState;
	query: Query;
	/** The JSON body; empty without one. */
	body: JsonObject;
	/** What stood in the place of the path's `:` parts. */
	params: string[];
	key: AccessKey;
	request: ShopRequest;
}

/** One endpoint: `path` without `/admin/` and `.json`, `:id` for any part. */
export interface Route {
	method: 'GET' | 'POST' | 'PUT' | 'DELETE';
	path: string;
	needs: Right;
	run: (context: ApiContext) => ShopResponse;
}

/** The id of the n-th `:` part; 0, which no record has, when it is none. */
export function idParam(context: ApiContext, index = 0): number {
	const text = context.params[index] ?? '';
	return /^\d{1,15}$/.test(text) ? Number(text) : 0;
}

/** Hands the object under the singular root to `run`; without it the request is malformed. */
export function withRoot(
	context: ApiContext,
	root: string,
	run: (body: JsonObject) => ShopResponse,
): ShopResponse {
	const body = context.body[root];
	return isObject(body) ? run(body) : json(BAD_REQUEST, 400);
}

/** Finds the endpoint of a path; literal parts are listed before `:id` and win. */
export function findRoute(
	routes: Route[],
	method: string,
	segments: string[],
): { route: Route; params: string[] } | undefined {
	for (const route of routes) {
		if (route.method !== method) continue;
		const parts = route.path.split('/');
		if (parts.length !== segments.length) continue;
		const fits = parts.every((part, i) => part.startsWith(':') || part === segments[i]);
		if (!fits) continue;
		return { route, params: segments.filter((_, i) => parts[i]?.startsWith(':')) };
	}
	return undefined;
}

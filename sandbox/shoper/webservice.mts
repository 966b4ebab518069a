import type { ShopRequest, ShopResponse } from '../shared/http.mts';
import { readableTarget } from '../shared/requestLog.mts';
import { logIn, tokenOf } from './authentication.mts';
import { answerBulk, operationCount } from './bulk.mts';
import { ok } from './call.mts';
import type { Answer } from './call.mts';
import type { Fields, Json } from './definitions.mts';
import { dispatch, failure } from './dispatch.mts';
import { WebApiError, decodingFailed, invalidToken, methodNotAllowed } from './errors.mts';
import { parseQuery } from './query.mts';
import type { ShopState } from './shopState.mts';

const PREFIX = '/webapi/rest';

/** Query parameters that hold secrets. */
export const SECRET_PARAMETERS = ['client_secret', 'access_token'];

/** Is this target one of the REST API's? */
export function isWebservice(target: string): boolean {
	const path = target.split('?')[0] ?? '';
	return path === PREFIX || path.startsWith(`${PREFIX}/`);
}

interface Parsed {
	path: string[];
	query: Fields;
	body: Json | undefined;
	malformed: boolean;
}

function parse(request: ShopRequest): Parsed {
	const [path = '', search = ''] = request.target.split(/\?(.*)/s);
	const pieces = path
		.slice(PREFIX.length)
		.split('/')
		.filter((piece) => piece !== '');
	const text = request.body.toString('utf8').trim();
	const common = { path: pieces.map(decodePiece), query: parseQuery(search) };
	if (text === '') return { ...common, body: undefined, malformed: false };
	try {
		return { ...common, body: JSON.parse(text) as Json, malformed: false };
	} catch {
		return { ...common, body: undefined, malformed: true };
	}
}

function decodePiece(piece: string): string {
	try {
		return decodeURIComponent(piece);
	} catch {
		return piece;
	}
}

function respond(
	{ clock }: ShopState,
	answer: Answer,
	headers: Record<string, string>,
): ShopResponse {
	return {
		status: answer.status,
		headers: {
			'Content-Type': 'application/json; charset=utf-8',
			Date: new Date(clock.now()).toUTCString(),
			'Cache-Control': 'no-store',
			...headers,
			...answer.headers,
		},
		body: JSON.stringify(answer.body),
	};
}

/** Notes a request that came before an earlier 429 had allowed it. */
function noteIgnored(
	shop: ShopState,
	request: ShopRequest,
	keyName: string,
	ignored: { retryAfter: number; earlyMs: number; sinceAnswerMs: number },
): void {
	shop.ignoredRetryAfters.push({
		keyName,
		method: request.method,
		path: readableTarget(request.target, SECRET_PARAMETERS),
		...ignored,
		at: shop.clock.wall(),
	});
}

function answer(shop: ShopState, request: ShopRequest, parsed: Parsed): Answer {
	const { path, query, body, malformed } = parsed;
	if (shop.settings.paymentRequired)
		return failure(new WebApiError(402, 'access_denied', 'Payment required'));
	// Whoever locked the shop has to be able to unlock it.
	if (shop.settings.locked && path[0] !== 'application-lock')
		return failure(
			new WebApiError(503, 'temporarily_unavailable', 'Application is locked by administrator'),
		);
	if (path[0] === 'auth') {
		if (request.method !== 'POST') return failure(methodNotAllowed(request.method));
		return ok(logIn(shop, request, query));
	}
	const token = tokenOf(shop, request);
	if (!token) return failure(invalidToken());
	if (malformed) return failure(decodingFailed());
	const call = { shop, method: request.method, path, query, body, token };
	return path[0] === 'bulk' ? answerBulk(call) : dispatch(call);
}

/**
 * Answers everything below `/webapi/rest`. The bucket is asked first and is one per token; callers without a token
 * share one. `/auth` is free of charge unless the shop's switch says otherwise (not known of real shops).
 */
export function answerWebservice(shop: ShopState, request: ShopRequest): ShopResponse {
	const parsed = parse(request);
	const token = tokenOf(shop, request);
	const operations = operationCount(parsed.path, parsed.body);
	let cost = shop.settings.bulkCostsEach ? operations : 1;
	if (parsed.path[0] === 'auth' && !shop.settings.authCosts) cost = 0;
	const bucket = shop.buckets.take(token?.token ?? '', cost, shop.clock.now());
	if (bucket.ignored) noteIgnored(shop, request, token?.name ?? '', bucket.ignored);
	if (!bucket.granted) {
		const full = new WebApiError(429, 'temporarily_unavailable', 'Too many requests');
		return respond(shop, failure(full), bucket.headers);
	}
	try {
		return respond(shop, answer(shop, request, parsed), bucket.headers);
	} catch (error) {
		if (error instanceof WebApiError) return respond(shop, failure(error), bucket.headers);
		throw error;
	}
}

import type { ShopRequest, ShopResponse } from '../shared/http.mts';
import { forbidden, html, json, notFound } from './answers.mts';
import { CLIENT_ROUTES } from './clients.mts';
import { COLLECT_ROUTES } from './collects.mts';
import { STATUS_ROUTES } from './customStatuses.mts';
import { IMAGE_ROUTES } from './images.mts';
import { allows } from './keys.mts';
import type { AccessKey } from './keys.mts';
import { BAD_REQUEST } from './listing.mts';
import { ORDER_ROUTES } from './orders.mts';
import { PRODUCT_ROUTES } from './products.mts';
import { Query } from './query.mts';
import { isObject } from './records.mts';
import type { JsonObject } from './records.mts';
import { findRoute, withRoot } from './routes.mts';
import type { Route } from './routes.mts';
import type { ShopState } from './shopState.mts';
import { SIMPLE_ROUTES } from './simpleRecords.mts';
import { VARIANT_ROUTES, runDueJobs } from './variants.mts';
import { WEBHOOK_ROUTES } from './webhooks.mts';

const ACCOUNT_ROUTES: Route[] = [
	{
		method: 'GET',
		path: 'account',
		needs: 'settings:view',
		run: ({ shop }) => json(shop.database.account),
	},
	{
		method: 'PUT',
		path: 'account',
		needs: 'settings:edit',
		run: (context) =>
			withRoot(context, 'account', (body) => {
				const { database } = context.shop;
				const known = Object.entries(body).filter(([name]) => name in database.account);
				database.account = { ...database.account, ...Object.fromEntries(known) };
				return json(database.account);
			}),
	},
];

const ROUTES: Route[] = [
	...ACCOUNT_ROUTES,
	...ORDER_ROUTES,
	...CLIENT_ROUTES,
	// Before the products, whose `:id` would take the word of the group update.
	...VARIANT_ROUTES,
	...IMAGE_ROUTES,
	...PRODUCT_ROUTES,
	...COLLECT_ROUTES,
	...STATUS_ROUTES,
	...WEBHOOK_ROUTES,
	...SIMPLE_ROUTES,
];

/** Identifier and password of a request; undefined without Basic authorisation. */
export function credentialsOf(
	request: ShopRequest,
): { identifier: string; password: string } | undefined {
	const basic = /^Basic\s+(.*)$/i.exec(request.headers.authorization ?? '')?.[1];
	if (basic === undefined) return undefined;
	const [identifier = '', password = ''] = Buffer.from(basic, 'base64')
		.toString('utf8')
		.split(/:(.*)/s);
	return { identifier, password };
}

function keyOf(shop: ShopState, request: ShopRequest): AccessKey | undefined {
	const sent = credentialsOf(request);
	return shop.keys.find(
		(key) => key.identifier === sent?.identifier && key.password === sent.password,
	);
}

/** Text and realm are guesses (InSales API reference, 11.8). */
function unauthorized(): ShopResponse {
	return {
		status: 401,
		headers: {
			'Content-Type': 'text/plain; charset=utf-8',
			'WWW-Authenticate': 'Basic realm="Application"',
		},
		body: 'HTTP Basic: Access denied.\n',
	};
}

function outsidePlan(shop: ShopState, path: string): ShopResponse | undefined {
	const { plan } = shop.settings;
	const locked = !plan.api || (!plan.customStatuses && path.startsWith('custom_statuses'));
	if (!locked) return undefined;
	const message = plan.api
		? 'Пользовательские статусы недоступны на вашем тарифе'
		: 'API недоступен на вашем тарифе';
	return json({ status: 'error', message }, plan.status);
}

function elsewhere(shop: ShopState, path: string): ShopResponse | undefined {
	const { wrongShop } = shop.settings;
	if (!wrongShop) return undefined;
	if (wrongShop.kind === 'notFound') return html(404, 'Магазин не найден');
	const location = `${wrongShop.location.replace(/\/$/, '')}${path}`;
	return {
		...html(302, 'Перенаправление'),
		headers: { 'Content-Type': 'text/html; charset=utf-8', Location: location },
	};
}

function readBody(request: ShopRequest): JsonObject | undefined {
	const text = request.body.toString('utf8').trim();
	if (text === '') return {};
	try {
		const value: unknown = JSON.parse(text);
		return isObject(value) ? value : undefined;
	} catch {
		return undefined;
	}
}

/** Answers one request under `/admin/`, the limit not counted. */
export function answerAdminApi(shop: ShopState, request: ShopRequest): ShopResponse {
	runDueJobs(shop);
	const [path = '', query = ''] = request.target.split(/\?(.*)/s);
	const wrong = elsewhere(shop, request.target);
	if (wrong) return wrong;
	const key = keyOf(shop, request);
	if (!key) return unauthorized();
	// The suffix selects the format; XML is not reproduced.
	const resource = /^\/admin\/(.+)\.json$/.exec(path)?.[1];
	if (resource === undefined) return notFound();
	const locked = outsidePlan(shop, resource);
	if (locked) return locked;
	const method = request.method === 'HEAD' ? 'GET' : request.method;
	if (['POST', 'PUT', 'PATCH'].includes(method)) {
		const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
		if (type !== 'application/json')
			return json({ message: 'incorrect Content-Type, should be application/json' }, 422);
	}
	const segments = resource.split('/').map(decoded);
	const found = findRoute(ROUTES, method === 'PATCH' ? 'PUT' : method, segments);
	if (!found) return notFound();
	if (!allows(key, found.route.needs)) return forbidden();
	const body = readBody(request);
	if (!body) return json(BAD_REQUEST, 400);
	return found.route.run({
		shop,
		query: new Query(query),
		body,
		params: found.params,
		key,
		request,
	});
}

function decoded(segment: string): string {
	try {
		return decodeURIComponent(segment);
	} catch {
		return segment;
	}
}

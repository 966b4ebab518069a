import type { ShopRequest, ShopResponse } from '../shared/http.mts';
import { readableTarget } from '../shared/requestLog.mts';
import { answerAdminApi, credentialsOf } from './adminApi.mts';
import { notFound } from './answers.mts';
import { answerPage } from './frontPage.mts';
import type { Usage } from './rateWindow.mts';
import type { ShopState } from './shopState.mts';

/** Over the limit: an empty body and the seconds to wait, 503 before 2023 (InSales API reference, 2). */
function throttled(shop: ShopState, seconds: number): ShopResponse {
	return {
		status: shop.settings.legacyThrottle ? 503 : 429,
		headers: { 'Retry-After': String(seconds) },
		body: '',
	};
}

function withHeaders(shop: ShopState, answer: ShopResponse, usage: Usage): ShopResponse {
	return {
		...answer,
		headers: {
			...(shop.guesses.datedAnswers && { Date: new Date(shop.clock.now()).toUTCString() }),
			'Cache-Control': 'no-cache',
			'API-Usage-Limit': `${usage.used}/${usage.limit}`,
			...answer.headers,
		},
	};
}

async function answerAdmin(shop: ShopState, request: ShopRequest): Promise<ShopResponse> {
	const started = performance.now();
	const identifier = credentialsOf(request)?.identifier ?? '';
	const keyName = shop.keys.find((key) => key.identifier === identifier)?.name ?? 'unknown';
	const path = readableTarget(request.target, []);
	const usage = shop.limits.arrive(identifier, shop.clock.now(), {
		method: request.method,
		path,
		keyName,
	});
	const answer = await shop.faults.apply(request, () => {
		const known =
			usage.retryAfter === undefined
				? answerAdminApi(shop, request)
				: throttled(shop, usage.retryAfter);
		return withHeaders(shop, known, usage);
	});
	const seconds = Number(answer.headers['Retry-After'] ?? NaN);
	if ((answer.status === 429 || answer.status === 503) && Number.isFinite(seconds)) {
		shop.limits.refused(identifier, shop.clock.now(), seconds);
	}
	shop.requests.add({
		method: request.method,
		path,
		status: answer.status,
		bytes: Buffer.byteLength(answer.body),
		ms: Math.round((performance.now() - started) * 10) / 10,
		keyName: request.headers.authorization === undefined ? '' : keyName,
		at: shop.clock.wall(),
	});
	return answer;
}

/** Everything but the control verbs: the API, the demo shop's page, and a page for addresses it does not know. */
export async function answerSite(shop: ShopState, request: ShopRequest): Promise<ShopResponse> {
	if (request.target.startsWith('/admin')) return await answerAdmin(shop, request);
	return answerPage(shop, request) ?? notFound();
}

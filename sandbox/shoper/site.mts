import { gzipSync } from 'node:zlib';

import type { ShopRequest, ShopResponse } from '../shared/http.mts';
import { readableTarget } from '../shared/requestLog.mts';
import { tokenOf } from './authentication.mts';
import { answerPage } from './frontPage.mts';
import type { ShopState } from './shopState.mts';
import { SECRET_PARAMETERS, answerWebservice, isWebservice } from './webservice.mts';

/** Bodies below this are not worth compressing. */
const SMALLEST_COMPRESSED = 1_000;

const html = (status: number, title: string): ShopResponse => ({
	status,
	headers: { 'Content-Type': 'text/html; charset=utf-8' },
	body: `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>${title}</title></head><body><h1>${title}</h1></body></html>\n`,
});

/** Another host than the shop's own leads there with path and query. */
function redirect(shop: ShopState, request: ShopRequest): ShopResponse | undefined {
	const canonical = shop.settings.canonicalHost ?? shop.home;
	if ((request.headers.host ?? canonical) === canonical) return undefined;
	return {
		...html(301, 'Moved Permanently'),
		headers: {
			'Content-Type': 'text/html; charset=utf-8',
			Location: `http://${canonical}${request.target}`,
		},
	};
}

function compressed(request: ShopRequest, response: ShopResponse): ShopResponse {
	const accepts = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
	const small = Buffer.byteLength(response.body) < SMALLEST_COMPRESSED;
	if (!accepts || small || request.method === 'HEAD') return response;
	return {
		...response,
		headers: { ...response.headers, 'Content-Encoding': 'gzip', Vary: 'Accept-Encoding' },
		body: gzipSync(response.body, { level: 1 }),
	};
}

async function answerApi(shop: ShopState, request: ShopRequest): Promise<ShopResponse> {
	const started = performance.now();
	const keyName = tokenOf(shop, request)?.name ?? '';
	const response = await shop.faults.apply(request, () => {
		if (shop.settings.parked) return html(200, 'This domain is for sale');
		return redirect(shop, request) ?? answerWebservice(shop, request);
	});
	const sent = response.wireFault ? response : compressed(request, response);
	shop.requests.add({
		method: request.method,
		path: readableTarget(request.target, SECRET_PARAMETERS),
		status: sent.status,
		bytes: Buffer.byteLength(sent.body),
		ms: Math.round((performance.now() - started) * 10) / 10,
		keyName,
		at: shop.clock.wall(),
	});
	return sent;
}

/** Everything but the control verbs: the REST API, the demo shop's page, and a 404 for the rest. */
export async function answerSite(shop: ShopState, request: ShopRequest): Promise<ShopResponse> {
	if (isWebservice(request.target)) return await answerApi(shop, request);
	if (shop.settings.parked) return html(200, 'This domain is for sale');
	return answerPage(shop, request) ?? html(404, 'Not Found');
}

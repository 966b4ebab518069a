import { gzipSync } from 'node:zlib';

import type { ShopRequest, ShopResponse } from '../shared/http.mts';
import { readableTarget } from '../shared/requestLog.mts';
import { answerPage } from './frontPage.mts';
import { parsePhpQuery, textOf } from './query.mts';
import type { PhpArray } from './query.mts';
import type { ShopState } from './shopState.mts';
import { answerWebservice, baseHeaders } from './webservice.mts';

/** Length of the request line that Apache accepts. */
const LONGEST_REQUEST_LINE = 8190;

const NOT_FOUND_PAGE =
	'<!doctype html>\n<html lang="en-US">\n<head><meta charset="utf-8"><title>404 error</title></head>\n' +
	'<body id="pagenotfound"><h1>The page you are looking for was not found.</h1></body>\n</html>\n';

function tooLong(shop: ShopState): ShopResponse {
	return {
		status: 414,
		headers: { ...baseHeaders(shop), 'Content-Type': 'text/html; charset=iso-8859-1' },
		body: `<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN" "http://www.w3.org/TR/html4/strict.dtd">
<html><head>
<title>414 Request-URI Too Long</title>
</head><body>
<h1>Request-URI Too Long</h1>
<p>The requested URL's length exceeds the capacity
limit for this server.<br />
</p>
</body></html>
`,
	};
}

/** The front office's page for addresses it does not know (recorded exchanges 031 and 032). */
function frontOffice404(shop: ShopState): ShopResponse {
	return {
		status: 404,
		headers: { ...baseHeaders(shop), 'Content-Type': 'text/html; charset=utf-8' },
		body: NOT_FOUND_PAGE,
	};
}

interface Target {
	/** What stands behind `/api/`. */
	path: string;
	params: PhpArray;
}

/** Recognises both ways to the webservice; undefined for pages of the front office. */
function webserviceTarget(shop: ShopState, target: string): Target | undefined {
	const [path = '', query = ''] = target.split(/\?(.*)/s);
	const params = parsePhpQuery(query);
	if (path === '/webservice/dispatcher.php') {
		const url = textOf(params, 'url') ?? '';
		params.delete('url');
		return { path: url, params };
	}
	if (!shop.settings.urlRewriting) return undefined;
	const behind = /^\/api(?:\/(.*))?$/s.exec(path);
	if (!behind) return undefined;
	return { path: decodeURIComponent(behind[1] ?? ''), params };
}

/** Another host, or a shop that does not exist, leads to the home page and loses the path (recorded exchanges 033, 284). */
function redirect(shop: ShopState, request: ShopRequest, target: Target): string | undefined {
	const canonical = shop.settings.canonicalHost ?? shop.home;
	const idShop = textOf(target.params, 'id_shop');
	const foreign = (request.headers.host ?? canonical) !== canonical;
	const unknownShop =
		idShop !== undefined &&
		(idShop === 'all' ? shop.traits.redirectsAllShops : !shop.find('shops', Number(idShop) || 0));
	return foreign || unknownShop
		? `http://${canonical}${shop.traits.homePath}?url=${target.path}`
		: undefined;
}

/** What Apache adds on the way out: `Vary`, and compression of successful texts. */
function throughApache(
	shop: ShopState,
	request: ShopRequest,
	response: ShopResponse,
): ShopResponse {
	const vary: string[] = [];
	if (shop.traits.varyAuthorization && request.headers.authorization !== undefined)
		vary.push('Authorization');
	const type = response.headers['Content-Type'] ?? '';
	const compressible =
		(type.startsWith('text/html') && shop.settings.displayErrors) ||
		(shop.traits.gzip && type.startsWith('text/xml'));
	const compressed =
		compressible &&
		response.status === 200 &&
		request.method !== 'HEAD' &&
		response.body.length > 0;
	if (compressed) vary.push('Accept-Encoding');
	const headers = { ...response.headers };
	if (vary.length > 0) headers.Vary = vary.join(',');
	if (!compressed || !/\bgzip\b/.test(request.headers['accept-encoding'] ?? ''))
		return { ...response, headers };
	headers['Content-Encoding'] = 'gzip';
	return { ...response, headers, body: gzipSync(response.body, { level: 1 }) };
}

function keyName(shop: ShopState, request: ShopRequest, params: PhpArray): string {
	const basic = /^Basic\s+(.*)$/i.exec(request.headers.authorization ?? '')?.[1];
	const sent =
		basic === undefined
			? textOf(params, 'ws_key')
			: Buffer.from(basic, 'base64').toString('utf8').split(':')[0];
	if (sent === undefined) return '';
	return shop.keys.find((key) => key.key === sent)?.name ?? 'unknown';
}

async function answerApi(
	shop: ShopState,
	request: ShopRequest,
	target: Target,
): Promise<ShopResponse> {
	const started = performance.now();
	const response = await shop.faults.apply(request, () => {
		const location = redirect(shop, request, target);
		if (location !== undefined) {
			return {
				status: 302,
				headers: {
					...baseHeaders(shop),
					Location: location,
					'Content-Type': 'text/html; charset=utf-8',
				},
				body: '',
			};
		}
		const base = `${shop.settings.ssl ? 'https' : 'http'}://${request.headers.host ?? shop.home}`;
		return answerWebservice(shop, request, target.path, target.params, base);
	});
	const sent = throughApache(shop, request, response);
	shop.requests.add({
		method: request.method,
		path: readableTarget(request.target, ['ws_key']),
		status: sent.status,
		bytes: Buffer.byteLength(sent.body),
		ms: Math.round((performance.now() - started) * 10) / 10,
		keyName: keyName(shop, request, target.params),
		at: shop.clock.wall(),
	});
	return sent;
}

/** Everything but the control verbs: webservice, the demo shop's page, and the front office's 404. */
export async function answerSite(shop: ShopState, request: ShopRequest): Promise<ShopResponse> {
	if (`${request.method} ${request.target} HTTP/1.1`.length > LONGEST_REQUEST_LINE)
		return tooLong(shop);
	const target = webserviceTarget(shop, request.target);
	if (target) return await answerApi(shop, request, target);
	return answerPage(shop, request) ?? throughApache(shop, request, frontOffice404(shop));
}

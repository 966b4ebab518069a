import { createHash } from 'node:crypto';

import type { ShopRequest, ShopResponse } from '../shared/http.mts';
import { authenticate } from './authentication.mts';
import type { WsContext } from './context.mts';
import { deleteEntities } from './deleteEntities.mts';
import { withDevModeBanner } from './devMode.mts';
import { didYouMean, ErrorList, PhpFatal, SqlError } from './errors.mts';
import { getEntities } from './getEntities.mts';
import { answerImages } from './images.mts';
import { errorsJson, phpJson } from './jsonDocument.mts';
import { METHODS, verbsOf } from './keys.mts';
import { selectLanguages } from './languages.mts';
import type { WsOutput } from './output.mts';
import { textOf } from './query.mts';
import type { PhpArray } from './query.mts';
import { rootDocument } from './rootDocument.mts';
import { saveEntities } from './saveEntities.mts';
import { searchProducts } from './search.mts';
import { checkShopScope } from './shopScope.mts';
import type { ShopState } from './shopState.mts';
import { errorsXml, xmlEnvelope } from './xmlDocument.mts';

const REALM =
	'Basic realm="Welcome to PrestaShop Webservice, please enter the authentication key as the login. No password required."';

function wantsJson(request: ShopRequest, params: PhpArray): boolean {
	const asked =
		request.headers['output-format'] ??
		request.headers['io-format'] ??
		textOf(params, 'output_format') ??
		textOf(params, 'io_format');
	return asked === 'JSON';
}

/** Where PHP dies the answer carries none of the webservice's headers. */
function fatalAnswer(shop: ShopState, error: PhpFatal): ShopResponse {
	const { displayErrors } = shop.settings;
	// Version 1.6 ends with a plain word instead of an exception (recorded exchange 516).
	const exception = displayErrors && error.status !== 200;
	const shown = exception
		? `\nFatal error: Uncaught ${error.message} in /var/www/html/classes/webservice/WebserviceRequest.php\n`
		: error.body;
	return withDevModeBanner(shop, {
		status: displayErrors ? shop.traits.devModeFatalStatus : error.status,
		headers: { ...baseHeaders(shop), 'Content-Type': 'text/html; charset=utf-8' },
		body: shown,
	});
}

/** Headers of everything that passes the web server. */
export function baseHeaders(shop: ShopState): Record<string, string> {
	return {
		Date: new Date(shop.clock.now()).toUTCString(),
		Server: shop.traits.server,
	};
}

interface Answer {
	output: WsOutput | undefined;
	errors: ErrorList;
	json: boolean;
	authenticated: boolean;
	challenge: boolean;
	started: number;
}

function finish(shop: ShopState, request: ShopRequest, answer: Answer): ShopResponse {
	const { errors, output, json } = answer;
	const { traits } = shop;
	const headers: Record<string, string> = baseHeaders(shop);
	if (answer.challenge) headers['WWW-Authenticate'] = REALM;
	headers['Access-Time'] = String(Math.floor(shop.clock.now() / 1000));
	headers['X-Powered-By'] = 'PrestaShop Webservice';
	headers['PSWS-Version'] =
		answer.authenticated || traits.versionBeforeAuthentication ? shop.version : '0';
	headers['Execution-Time'] = answer.authenticated
		? ((performance.now() - answer.started) / 1000).toFixed(3)
		: '0';

	let body: string | Buffer = '';
	let status = output?.status ?? 200;
	let contentType = output?.contentType;
	if (errors.any && output?.errorsReplaceBody !== false) {
		status = errors.status;
		body = json
			? phpJson({ ...output?.jsonBesideErrors, errors: errorsJson(errors.entries) })
			: errorsXml(errors.entries);
		contentType = json ? 'application/json' : 'text/xml;charset=utf-8';
	} else if (output?.binary) {
		body = output.binary;
	} else if (output?.xml !== undefined && !json) {
		body = xmlEnvelope(output.xml);
		contentType ??= 'text/xml;charset=utf-8';
	} else if (output?.json !== undefined && json) {
		body = phpJson(output.json);
		contentType ??= 'application/json';
	}
	if (traits.jsonKeepsControlCharacters && json && typeof body === 'string') {
		body = body.replace(/\\u00([01][0-9a-f])/g, (_, hex: string) =>
			String.fromCharCode(Number.parseInt(hex, 16)),
		);
	}
	if (contentType !== undefined) headers['Content-Type'] = contentType;
	if ((!errors.any || output?.keepsSha1) && output && !output.bodyless && !output.noSha1) {
		const sha1 = createHash('sha1').update(body).digest('hex');
		headers['Content-Sha1'] = sha1;
		if (traits.notModified && request.headers['local-content-sha1'] === sha1) {
			delete headers['Content-Type'];
			return withDevModeBanner(shop, { status: 304, headers, body: '' });
		}
	}
	return withDevModeBanner(shop, { status, headers, body });
}

function chooseLanguages(ctx: WsContext): void {
	const asked = textOf(ctx.params, 'language');
	const chosen =
		asked === undefined
			? ctx.shop.activeLanguages()
			: selectLanguages(asked, ctx.shop.allLanguages(), ctx.errors);
	if (chosen.length === 0) ctx.errors.add(400, 81, 'language is not available');
	ctx.languages = chosen;
}

/** Checks 26, 27 and the verb checks 23, 101 and 25, in that order (reference, section 7.2). */
function checkAccess(ctx: WsContext, name: string): boolean {
	const resource = ctx.shop.data.resources.get(name);
	if (!resource) {
		const known = [...ctx.shop.data.resources.keys()];
		ctx.errors.add(
			400,
			27,
			`Resource of type "${name}" does not exists. ${didYouMean(name, known)}`,
		);
		return false;
	}
	ctx.resource = resource;
	const verbs = verbsOf(ctx.key, resource, ctx.traits.patch);
	if (verbs.size === 0) {
		ctx.errors.add(
			401,
			26,
			`Resource of type "${name}" is not allowed with this authentication key`,
		);
		return false;
	}
	if (!knownVerb(ctx)) return false;
	if (resource.forbidden.includes(ctx.method.toLowerCase())) {
		ctx.errors.add(405, 101, `Method ${ctx.method} is not allowed for the resource ${name}`);
		return false;
	}
	if (!verbs.has(ctx.method)) {
		ctx.errors.add(
			405,
			25,
			`Method ${ctx.method} is not allowed for the resource ${name} with this authentication key`,
		);
		return false;
	}
	return true;
}

function knownVerb(ctx: WsContext): boolean {
	const known: readonly string[] = METHODS;
	if (known.includes(ctx.method) && (ctx.traits.patch || ctx.method !== 'PATCH')) return true;
	ctx.errors.add(405, 23, `Method ${ctx.method} is not valid`);
	return false;
}

function dispatch(ctx: WsContext): WsOutput | undefined {
	const [name = ''] = ctx.segments;
	if (name === '') return knownVerb(ctx) ? rootDocument(ctx) : undefined;
	if (!checkAccess(ctx, name)) return undefined;
	if (ctx.errors.any) return undefined;
	if (name === 'images') return answerImages(ctx);
	if (name === 'search') return searchProducts(ctx);
	switch (ctx.method) {
		case 'POST':
		case 'PUT':
		case 'PATCH':
			return saveEntities(ctx);
		case 'DELETE':
			return deleteEntities(ctx);
		default:
			return getEntities(ctx);
	}
}

/** Invalid SQL: an uncaught exception, an empty list, or an entry with the statement in developer mode. */
function onSqlError(ctx: WsContext, error: SqlError): WsOutput | undefined {
	if (ctx.traits.sqlError === 'crash') {
		throw new PhpFatal(500, '', `PrestaShopDatabaseException: ${error.message}`);
	}
	if (ctx.shop.settings.displayErrors) {
		ctx.errors.add(500, 97, `[SQL Error] ${error.message}`);
		return undefined;
	}
	return { xml: `<${ctx.resource.list}>\n</${ctx.resource.list}>\n`, json: [] };
}

/** Answers one request to the webservice; `path` is what stands behind `/api/`. */
export function answerWebservice(
	shop: ShopState,
	request: ShopRequest,
	path: string,
	params: PhpArray,
	base: string,
): ShopResponse {
	const started = performance.now();
	const json = wantsJson(request, params);
	const errors = new ErrorList();
	const login = authenticate(shop, request, params, errors);
	if (login === 'plain401') {
		return {
			status: 401,
			headers: {
				...baseHeaders(shop),
				'WWW-Authenticate': REALM,
				'Content-Type': 'text/html; charset=utf-8',
			},
			body: '401 Unauthorized',
		};
	}
	const answer: Answer = {
		output: undefined,
		errors,
		json,
		authenticated: login !== undefined,
		challenge: errors.status === 401,
		started,
	};
	if (!login) return finish(shop, request, answer);
	const ctx: WsContext = {
		shop,
		traits: shop.traits,
		database: shop.database,
		base,
		method: (textOf(params, 'ps_method') ?? request.method).toUpperCase(),
		segments: path.split('/'),
		params,
		json,
		languages: [],
		errors,
		key: login,
		resource: shop.resource('orders'),
		body: request.body,
		headers: request.headers,
	};
	try {
		checkShopScope(ctx);
		chooseLanguages(ctx);
		answer.output = dispatch(ctx);
	} catch (error) {
		try {
			if (!(error instanceof SqlError)) throw error;
			answer.output = onSqlError(ctx, error);
		} catch (fatal) {
			if (fatal instanceof PhpFatal) return fatalAnswer(shop, fatal);
			throw fatal;
		}
	}
	return finish(shop, request, answer);
}

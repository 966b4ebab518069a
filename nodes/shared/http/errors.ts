import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { INode } from 'n8n-workflow';

import { InputError, ShopError } from '../protocol/errors';
import type { Failure, FailureKind } from '../protocol/failure';
import { shortened } from '../protocol/shortened';

/** How a failure is reported to continue-on-fail users and to n8n. */
export interface Report {
	/** Everything an AI agent or a log line needs, in one text. */
	message: string;
	/** Status, shop code, missing right: what a shop owner's developer asks for. */
	description: string;
	/** Shop code, network code or kind of failure. */
	code: string;
	/** What to do. */
	hint: string;
}

/**
 * The word n8n's poll scheduler understands for each kind (`failure.cause`, n8n ≥ 2.37; older
 * versions ignore it). Kinds that are missing here carry no cause.
 */
const CAUSES: Partial<
	Record<
		FailureKind,
		'rate-limited' | 'temporarily-unavailable' | 'credential-invalid' | 'configuration-invalid'
	>
> = {
	network: 'temporarily-unavailable',
	timeout: 'temporarily-unavailable',
	server: 'temporarily-unavailable',
	busy: 'rate-limited',
	credential: 'credential-invalid',
	permission: 'credential-invalid',
	disabled: 'configuration-invalid',
	notShop: 'configuration-invalid',
	redirect: 'configuration-invalid',
};

/** Kinds that may pass by themselves: the next poll, or the same workflow later, can succeed. */
export function isTransient(error: unknown): boolean {
	return (
		error instanceof ShopError &&
		['network', 'timeout', 'server', 'busy', 'malformed'].includes(error.failure.kind)
	);
}

/** Kinds after which the shop may have done its work all the same. */
const UNCLEAR: readonly FailureKind[] = ['network', 'timeout', 'server', 'malformed', 'tooLarge'];

/** Whether a change that failed so may have been made all the same. */
export function isUnclear({ kind, sent, refused, begun }: Failure): boolean {
	return sent && refused !== true && (begun === true || UNCLEAR.includes(kind));
}

/** What to do about a change whose outcome is unclear: "try again" would be bad advice. */
export const LOOK_FIRST =
	'The shop may have carried it out all the same: look at the record before you repeat this.';

/** A text that ends like a sentence. */
export function sentence(text: string): string {
	return /[.!?…]$/.test(text) ? text : `${text}.`;
}

/** Longest value that a message repeats. */
export const SHOWN_MAX = 120;

/** Whether a failure says that the time of a poll was over, and nothing of the shop. */
export function isOutOfTime(error: unknown): error is ShopError {
	return error instanceof ShopError && ['OUT_OF_TIME', 'QUEUED'].includes(error.failure.code ?? '');
}

/** Whether the shop only asked for patience. */
export function isBusy(error: unknown): boolean {
	return error instanceof ShopError && error.failure.kind === 'busy';
}

/** Longest name of an operation with its records. */
const DOING_MAX = 500;

/**
 * Tells a failure in one shape: what was done, why it failed, what to do.
 * `what` is the operation with its record, such as `Get an order (Order ID 17)`.
 */
export function report(error: unknown, what: string): Report {
	const doing = shortened(what, DOING_MAX);
	if (error instanceof ShopError) {
		const { failure, explanation, call } = error;
		const code =
			failure.code ?? (failure.status === undefined ? failure.kind : `${failure.status}`);
		const facts = [
			`${call.method} ${call.path.map((segment) => shortened(segment, SHOWN_MAX)).join('/')}`,
			failure.status === undefined ? failure.code : `HTTP ${failure.status}`,
			failure.status !== undefined && failure.code !== undefined && `shop code ${failure.code}`,
			explanation.right && `missing right: ${explanation.right}`,
		];
		return {
			message: `${doing}: ${error.message}`,
			description: facts.filter(Boolean).join(' · '),
			code,
			hint: explanation.fix,
		};
	}
	if (error instanceof InputError) {
		const message = `${doing}: ${error.message} ${error.fix}`.trim();
		return { message, description: '', code: 'input', hint: error.fix };
	}
	const message = withoutSecrets(error instanceof Error ? error.message : String(error));
	return { message: `${doing}: ${message}`, description: '', code: 'unknown', hint: '' };
}

/**
 * Builds the error a node throws. Plain data goes in rather than the caught error, because n8n
 * drops every option when it wraps an error that already is a `NodeApiError`.
 */
export function toNodeError(
	node: INode,
	error: unknown,
	doing: string,
	itemIndex?: number,
): NodeApiError | NodeOperationError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) return error;
	const { message, description } = report(error, doing);
	const options = { message, description, ...(itemIndex === undefined ? {} : { itemIndex }) };
	const built =
		error instanceof ShopError
			? apiError(node, error.failure, options)
			: new NodeOperationError(node, message, options);
	// n8n replaces every message that holds the name of a network error, such as ECONNREFUSED, or has
	// one as its code, by a general sentence; ours says more.
	built.message = message;
	built.messages = [];
	return built;
}

function apiError(
	node: INode,
	{ kind, status, code, retryAfterMs }: Failure,
	options: { message: string; description: string; itemIndex?: number },
): NodeApiError {
	const cause = CAUSES[kind];
	return new NodeApiError(node, { message: options.message }, {
		...options,
		httpCode: status === undefined ? code : String(status),
		...(cause === undefined
			? {}
			: { failure: retryAfterMs === undefined ? { cause } : { cause, retryAfterMs } }),
	} as ConstructorParameters<typeof NodeApiError>[2]);
}

/** Longest piece of a shop's own words that a message repeats. */
const SHOP_WORDS_MAX = 300;

/** Beginning of an answer that is looked at: whole pages of many megabytes come as error texts. */
const SHOP_TEXT_MAX = 20_000;

/** Beginning of the bare text that is looked at, markup removed. */
const SHOP_BARE_MAX = 2_000;

/**
 * Makes a shop's error text fit to show: no markup, no control characters, no server paths, no
 * keys, and short. Shops echo whole request bodies and installation paths in their messages.
 */
export function cleanShopWords(text: string): string {
	const bare = text
		.slice(0, SHOP_TEXT_MAX)
		.replace(/<!\[CDATA\[|\]\]>/g, ' ')
		.replace(/<[^<>]*>/g, ' ')
		.replace(/&gt;/g, '>')
		.replace(/&lt;/g, '<')
		.replace(/&quot;/g, '"')
		.replace(/&#0?39;/g, "'")
		.replace(/&amp;/g, '&')
		// Control characters, named by their Unicode class.
		.replace(/\p{Cc}+/gu, ' ')
		.replace(/\s+/g, ' ')
		.trim();
	const clean = withoutSecrets(bare.slice(0, SHOP_BARE_MAX))
		.replace(/(?:[A-Za-z]:)?(?:[/\\][\w.-]+){2,}\.php/g, '(server file)')
		.trim();
	return clean.length > SHOP_WORDS_MAX ? `${clean.slice(0, SHOP_WORDS_MAX)}…` : clean;
}

/** A name that ends like that of a secret, and its value: in a query, a PHP dump or JSON. */
const SECRET_VALUE =
	/((?:key|token|secret|password|passwd)(?:["'\]]?\s?(?:=>?|%3D)\s?|["']\s?:\s?))(?:"[^"]*"?|'[^']*'?|[^&\s"',;<>]+)/gi;

/** Keys and passwords in addresses, query parameters, headers and JSON, as `***`. */
function withoutSecrets(text: string): string {
	return text
		.replace(/\b([a-z][a-z\d+.-]*:\/\/)[^\s/@"']+@/gi, '$1***@')
		.replace(/\b(authorization["'\]]?\s?(?:[:=]|=>)\s?["']?(?:\w+\s)?)[^\s"',;]+/gi, '$1***')
		.replace(/\b(basic|bearer)\s+(?=\S*\d)[\w.~+/=-]{16,}/gi, '$1 ***')
		.replace(SECRET_VALUE, '$1***');
}

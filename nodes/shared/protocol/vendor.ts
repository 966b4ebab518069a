import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

import type { Pace, Usage } from '../http/rateLimitBudget';
import type { Scope } from '../reading/shopContext';

/** HTTP verbs the shops' APIs use. */
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** One request, described in the shop's own terms; the transport turns it into HTTP. */
export interface Call {
	method: Method;
	/** Segments below the API's root. The transport encodes each of them. */
	path: readonly string[];
	/** Query parameters, not yet encoded. */
	query?: Readonly<Record<string, string>>;
	/** Body in the shop's format, with its content type: a text, or bytes for files. */
	body?: { contentType: string; text: string } | { contentType: string; bytes: Uint8Array };
	/** `file`: the answer is a file, so it is received as bytes. */
	answer?: 'text' | 'file';
	/** How many requests the shop may count it as; 1 when absent. */
	cost?: number;
}

/** An HTTP answer as received: `text` is the decoded body, header names are lower case. */
export interface Reply {
	status: number;
	headers: Readonly<Record<string, string>>;
	/** Empty when the body is a file. */
	text: string;
	/** The body of an answer that was asked for as a file and is one. */
	bytes?: Uint8Array;
}

/** Where a shop lives and how to talk to it, derived from a credential once per run. */
export interface ShopAddress {
	/** Base URL without a trailing slash, for example `https://shop.example.com/fr`. */
	url: string;
	/** Host and path of the base URL: what event IDs and messages call the shop. */
	host: string;
	/** What else the vendor took from the credential (no secrets). */
	settings: Readonly<Record<string, string | boolean>>;
	/**
	 * Who asks, where the shop counts requests by account, so that several credentials of one account
	 * share its allowance. No secret. The credential's ID when absent.
	 */
	account?: string;
}

/**
 * What went wrong, sorted by what the reader should do about it:
 * - `network`, `timeout`, `server`, `busy`: the shop did not manage; time may help.
 * - `credential`, `permission`, `disabled`: somebody has to change the key or a setting.
 * - `notShop`, `redirect`, `malformed`, `tooLarge`: the answer is not what this API gives.
 * - `notFound`, `rejected`: the request itself names something wrong.
 */
export type FailureKind =
	| 'network'
	| 'timeout'
	| 'server'
	| 'busy'
	| 'credential'
	| 'permission'
	| 'disabled'
	| 'notShop'
	| 'redirect'
	| 'malformed'
	| 'tooLarge'
	| 'notFound'
	| 'rejected';

/** A failed request as plain data. Built by the transport, refined and worded by the vendor. */
export interface Failure {
	kind: FailureKind;
	/** Whether the request may have reached the shop, so that a write may have been carried out. */
	sent: boolean;
	status?: number;
	/** Error code of the shop (a number) or of the network layer (such as `ECONNREFUSED`). */
	code?: string;
	/** The shop's own words, already cleaned. */
	shopMessage?: string;
	/** `Retry-After` in milliseconds. */
	retryAfterMs?: number;
	/** The shop says that it did not act, so that even a write may be sent again. */
	refused?: boolean;
	/** Where a redirect points to, without query. */
	location?: string;
}

/** How a failure is told to the user: why it happened, and what to do. Whole sentences. */
export interface Explanation {
	reason: string;
	fix: string;
	/** The missing right in the words of the shop's back office. */
	right?: string;
}

/** Bounds of one shop's API. */
export interface Limits {
	/** Requests under way at once for one shop and credential. */
	concurrency: number;
	/** Longest wait for one answer, in milliseconds. */
	timeoutMs: number;
	/** Largest answer accepted, in bytes of decoded text. */
	maxReplyBytes: number;
	/** Requests the shop grants, as documented; `Vendor.usage` tells the truth. Unlimited when absent. */
	pace?: Pace;
}

/** Records of an answer. `isLast`: the answer says that no page follows. */
export type Page<R> = R[] & { isLast?: boolean };

/**
 * A shop system, as data and pure functions. `R` is the shape of one decoded record.
 * The core never asks which vendor it serves: whatever differs between shops is a member here.
 */
export interface Vendor<R> {
	/** Product name for messages. */
	name: string;
	/** Credential type. */
	credential: string;
	limits: Limits;
	/** Normalises what the user typed. Throws an `InputError` that names the field. */
	address(credentials: ICredentialDataDecryptedObject): ShopAddress;
	/** Adds the key to a request. Shared by the credential class and the credential test. */
	authenticate(
		credentials: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): IHttpRequestOptions;
	/** URL and headers of a call, without the key. */
	locate(address: ShopAddress, call: Call): { url: string; headers: Record<string, string> };
	/** Says what is wrong with an answer, or `undefined` when it is fine. */
	judge(reply: Reply, call: Call): Failure | undefined;
	/** Decodes the records of a fine answer. May throw; the transport reports it as `malformed`. */
	decode(reply: Reply, call: Call): Page<R>;
	/** What an answer tells of the requests counted so far, where the shop tells. */
	usage?(reply: Reply): Usage | undefined;
	/** How a login becomes a token, for shops that want one (`session.ts`). */
	login?: Login;
	/** Words a failure for a shop owner. `call` is absent when no request was made. */
	explain(failure: Failure, call: Call): Explanation;
	/** The request that proves a credential good, and what else to try when its answer is no API answer. */
	probe: Probe;
	/** How everything can be confined to a part of the shop, where shops have parts. */
	scope?: Scope;
	/** A right such as `orders GET` in the words of the back office, where those are others. */
	nameRight?(right: string): string;
}

/** How a credential is tested (`credentialTest.ts`). */
export interface Probe {
	call: Call;
	/** Further harmless requests that complete the message; each may fail without any harm. */
	also?: readonly Call[];
	/**
	 * Message shown when the probe succeeded.
	 *
	 * @param also answers to the further requests, in their order
	 */
	success(reply: Reply, also?: ReadonlyArray<Reply | Failure>): string;
	/** Message for a failure that proves the credential good all the same, such as a missing right. */
	accepts?(failure: Failure): string | undefined;
	/**
	 * A second look when the first answer did not come from the shop's API: another address to try,
	 * and the message when that one works.
	 */
	alternative?(address: ShopAddress): { address: ShopAddress; message: string } | undefined;
}

/** How an account's login is exchanged for a token that expires. */
export interface Login {
	/** What the exchange is called in messages, and what its answer is judged as. */
	call: Call;
	/** The exchange as HTTP, with the login; `undefined` for credentials that need none. */
	request(
		credentials: ICredentialDataDecryptedObject,
		address: ShopAddress,
	): IHttpRequestOptions | undefined;
	/** The token in a fine answer; `undefined` when there is none. */
	token(reply: Reply): string | undefined;
	/** What the token is good for: it is not used after any of this was edited. */
	identity(credentials: ICredentialDataDecryptedObject): string[];
}

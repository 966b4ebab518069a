import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

import type { Call, Page, Reply } from './call';
import type { Explanation, Failure } from './failure';
import type { RateLimit, RateLimitUsage } from './rateLimit';
import type { Scope } from './scope';

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

/** Bounds of one shop's API. */
export interface Limits {
	/** Requests under way at once for one shop and credential. */
	concurrency: number;
	/** Longest silence while waiting for an answer or within it, in milliseconds. */
	timeoutMs: number;
	/** Largest answer that is read, in bytes, unpacked. */
	maxReplyBytes: number;
	/** The same for files, where the shop serves any. */
	maxFileBytes?: number;
	/** Requests the shop grants, as documented; `Vendor.usage` tells the truth. Unlimited when absent. */
	pace?: RateLimit;
}

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
	/** What of a credential must never be shown: keys, passwords, tokens. */
	secrets(credentials: ICredentialDataDecryptedObject): string[];
	/** URL and headers of a call, without the key. */
	locate(address: ShopAddress, call: Call): { url: string; headers: Record<string, string> };
	/** Says what is wrong with an answer, or `undefined` when it is fine. */
	classify(reply: Reply, call: Call): Failure | undefined;
	/** Decodes the records of a fine answer. May throw; the transport reports it as `malformed`. */
	decode(reply: Reply, call: Call): Page<R>;
	/** The ID of a record of a resource; `undefined` when it cannot be told. */
	idOf?(record: R, resource: string): string | undefined;
	/** What an answer tells of the requests counted so far, where the shop tells. */
	usage?(reply: Reply): RateLimitUsage | undefined;
	/** How a login becomes a token, for shops that want one (`session.ts`). */
	login?: Login;
	/** Words a failure for a shop owner. `call` is absent when no request was made. */
	errorTexts(failure: Failure, call: Call): Explanation;
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

import type {
	ICredentialDataDecryptedObject,
	ICredentialTestFunctions,
	ICredentialsDecrypted,
	IHttpRequestOptions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import { untilAborted } from './answerBody';
import { cleanShopWords } from './errors';
import { logIn, withToken } from './loginSession';
import { networkFailure, readReply } from './reply';
import { cutFields, secretCutter } from './secretWords';
import { judged } from './verdict';
import type { Call, Reply } from '../protocol/call';
import { InputError } from '../protocol/errors';
import type { Failure } from '../protocol/failure';
import { settled } from '../protocol/settled';
import type { ShopAddress, Vendor } from '../protocol/vendor';

/** A person waits in front of the dialog: longest time for one answer, in milliseconds. */
const TEST_TIMEOUT_MS = 20_000;

/**
 * Tests a credential by one harmless request and says in the vendor's words what is wrong. When
 * the answer does not come from the shop's API at all, a second address is tried to tell a wrong
 * address from a shop whose API lives elsewhere.
 */
export async function testCredential<R>(
	context: ICredentialTestFunctions,
	vendor: Vendor<R>,
	credential: ICredentialsDecrypted<ICredentialDataDecryptedObject>,
): Promise<INodeCredentialTestResult> {
	const data = credential.data ?? {};
	const result = await settled(async () => await probeShop(context, vendor, data));
	if (result.ok) return result.value;
	const { error } = result;
	const message = error instanceof Error ? error.message : String(error);
	const fix = error instanceof InputError ? error.fix : '';
	return { status: 'Error', message: `${message} ${fix}`.trim() };
}

/** Kinds that only the API itself answers: proof that it is there. */
const API_KINDS = ['credential', 'permission', 'disabled'];

async function probeShop<R>(
	context: ICredentialTestFunctions,
	vendor: Vendor<R>,
	data: ICredentialDataDecryptedObject,
): Promise<INodeCredentialTestResult> {
	const address = vendor.address(data);
	const { login } = vendor;
	const credentials = login
		? withToken(
				login,
				data,
				await logIn({ ...vendor, login }, data, async (options) => await send(context, options)),
			)
		: data;
	const cut = secretCutter(vendor.secrets(credentials));
	const probe = async (at: ShopAddress, call = vendor.probe.call): Promise<Reply | Failure> => {
		const { url, headers } = vendor.locate(at, call);
		const request = vendor.authenticate(credentials, { method: 'GET', url, headers });
		const reply = await ask(context, vendor, request, call);
		if ('kind' in reply) return reply;
		return judged(vendor, at, reply, call, cut) ?? reply;
	};

	const refusal = (failure: Failure): INodeCredentialTestResult => {
		const { reason, fix } = vendor.errorTexts(cutFields(failure, cut), vendor.probe.call);
		return { status: 'Error', message: `${reason} ${fix}`.trim() };
	};

	const first = await probe(address);
	if (!('kind' in first)) {
		const also: Array<Reply | Failure> = [];
		for (const call of vendor.probe.also ?? []) also.push(await probe(address, call));
		const read = await settled(async () => vendor.probe.success(first, also));
		if (read.ok) return { status: 'OK', message: read.value };
		const shopMessage = cleanShopWords(String((read.error as Error).message));
		return refusal({ kind: 'malformed', sent: true, status: first.status, shopMessage });
	}
	const accepted = vendor.probe.accepts?.(first);
	if (accepted !== undefined) return { status: 'OK', message: accepted };
	if (first.kind === 'notShop') {
		const other = vendor.probe.alternative?.(address);
		const second = other && (await probe(other.address));
		if (other && second && (!('kind' in second) || API_KINDS.includes(second.kind))) {
			return { status: 'Error', message: other.message };
		}
	}
	return refusal(first);
}

async function ask<R>(
	context: ICredentialTestFunctions,
	{ limits }: Vendor<R>,
	options: IHttpRequestOptions,
	call: Call,
): Promise<Reply | Failure> {
	const signal = AbortSignal.timeout(TEST_TIMEOUT_MS);
	const startedAt = Date.now();
	try {
		const response = await untilAborted(send(context, options), signal);
		return await readReply(response, call, limits, { idleMs: TEST_TIMEOUT_MS, signal });
	} catch (error) {
		return { ...networkFailure(error), waitedMs: Date.now() - startedAt };
	}
}

/** The test context of n8n 2.41 has this one request helper and no newer one. */
async function send(
	context: ICredentialTestFunctions,
	{ method, url, headers, qs, auth }: IHttpRequestOptions,
): Promise<unknown> {
	return await context.helpers.request({
		method,
		uri: url,
		headers,
		qs,
		auth,
		timeout: TEST_TIMEOUT_MS,
		useStream: true,
		followRedirect: false,
		followAllRedirects: false,
		simple: false,
		resolveWithFullResponse: true,
	});
}

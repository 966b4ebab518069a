import type {
	ICredentialDataDecryptedObject,
	ICredentialTestFunctions,
	ICredentialsDecrypted,
	IHttpRequestOptions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import { networkFailure } from './transport';
import type { Failure, Reply, ShopAddress, Vendor } from './vendor';

/** A person waits in front of the dialog. */
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
	let address: ShopAddress;
	try {
		address = vendor.address(data);
	} catch (error) {
		return { status: 'Error', message: error instanceof Error ? error.message : String(error) };
	}

	const probe = async (at: ShopAddress): Promise<Reply | Failure> => {
		const { url, headers } = vendor.locate(at, vendor.probe.call);
		const request = vendor.authenticate(data, { method: 'GET', url, headers });
		const reply = await ask(context, request);
		if ('kind' in reply) return reply;
		return vendor.judge(reply, vendor.probe.call) ?? reply;
	};

	const first = await probe(address);
	if (!('kind' in first)) return { status: 'OK', message: vendor.probe.success(first) };
	if (first.kind === 'notShop') {
		const other = vendor.probe.alternative?.(address);
		const second = other && (await probe(other.address));
		if (other && second && (!('kind' in second) || second.kind !== 'notShop')) {
			return { status: 'Error', message: other.message };
		}
	}
	const { reason, fix } = vendor.explain(first, vendor.probe.call);
	return { status: 'Error', message: `${reason} ${fix}` };
}

async function ask(
	context: ICredentialTestFunctions,
	{ method, url, headers, qs }: IHttpRequestOptions,
): Promise<Reply | Failure> {
	try {
		// The test context of n8n 2.41 has this one request helper and no newer one.
		const response: unknown = await context.helpers.request({
			method,
			uri: url,
			headers,
			qs,
			timeout: TEST_TIMEOUT_MS,
			followRedirect: false,
			followAllRedirects: false,
			simple: false,
			resolveWithFullResponse: true,
		});
		const {
			statusCode,
			headers: received,
			body,
		} = response as {
			statusCode: number;
			headers: Record<string, string>;
			body: unknown;
		};
		const reply: Reply = {
			status: statusCode,
			headers: received,
			text: typeof body === 'string' ? body : JSON.stringify(body ?? ''),
		};
		if (statusCode >= 300 && statusCode < 400) {
			return { kind: 'redirect', sent: true, status: statusCode, location: received.location };
		}
		return reply;
	} catch (error) {
		return networkFailure(error);
	}
}

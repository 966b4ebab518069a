import { createHash } from 'crypto';
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { untilAborted } from './answerBody';
import { RecentMap } from './recentMap';
import { networkFailure, readReply } from './reply';
import { cutFields, secretCutter } from './secretWords';
import { judged } from './verdict';
import { ShopError } from '../protocol/errors';
import type { Failure } from '../protocol/failure';
import { settled } from '../protocol/settled';
import type { Login, Vendor } from '../protocol/vendor';

/** Where n8n keeps the token, encrypted, in the credential: the property it renews. */
export const sessionToken: INodeProperties = {
	displayName: 'Session Token',
	name: 'sessionToken',
	type: 'hidden',
	typeOptions: { expirable: true, password: true },
	default: '',
};

/** Longest wait for a login, in milliseconds. */
const LOGIN_TIMEOUT_MS = 30_000;

/** A vendor whose accounts log in. */
type LoginVendor<R> = Vendor<R> & { login: Login };

/**
 * Logins of this process, by what they are good for. Requests that run side by side find out at the
 * same time that there is no valid token; one login serves them all, and a refused one is not tried
 * again by each of them, because shops lock accounts.
 */
const logins = new RecentMap<Promise<string>>(1_000, 60 * 60_000);

/**
 * The token for the login that the credential holds now, or `undefined`. n8n keeps a token when its
 * credential is edited, so a token carries a mark of the login it was got with.
 */
export function tokenOf(
	login: Login,
	credentials: ICredentialDataDecryptedObject,
): string | undefined {
	const [mark, token] = String(credentials.sessionToken ?? '').split(/\.(.*)/s);
	return mark === markOf(login, credentials) ? token : undefined;
}

/**
 * n8n calls this when there is no token or the shop refused it: gets a new one. Throws `ShopError`,
 * which has no `response`: n8n would take a refused login for another expired token and log in again.
 */
export async function renewToken<R>(
	{ helpers }: IHttpRequestHelper,
	vendor: LoginVendor<R>,
	credentials: ICredentialDataDecryptedObject,
): Promise<IDataObject> {
	const mark = markOf(vendor.login, credentials);
	const refused = tokenOf(vendor.login, credentials);
	const known = logins.get(mark);
	const earlier = known && (await settled(async () => await known));
	// Only logins under way are known to fail: this is the answer for everybody who waited.
	if (earlier && !earlier.ok) throw earlier.error;
	if (earlier && earlier.value !== refused) return stored(mark, earlier.value);
	// Of those who waited for the same login, the first one to go on has started the next.
	const other = logins.get(mark);
	const login =
		other !== undefined && other !== known
			? other
			: logIn(vendor, credentials, async (options) => await helpers.httpRequest(options));
	logins.set(mark, login);
	const result = await settled(async () => await login);
	if (result.ok) return stored(mark, result.value);
	if (logins.get(mark) === login) logins.delete(mark);
	throw result.error;
}

/** The credential with a token that was just got for it. */
export function withToken(
	login: Login,
	credentials: ICredentialDataDecryptedObject,
	token: string,
): ICredentialDataDecryptedObject {
	return { ...credentials, [sessionToken.name]: `${markOf(login, credentials)}.${token}` };
}

function stored(mark: string, token: string): IDataObject {
	return { [sessionToken.name]: `${mark}.${token}` };
}

/**
 * Exchanges a login for a token; an empty text for credentials that hold a lasting one.
 * `request` sends what it is given, with the options of n8n's `httpRequest`. Throws `ShopError`.
 */
export async function logIn<R>(
	vendor: LoginVendor<R>,
	credentials: ICredentialDataDecryptedObject,
	request: (options: IHttpRequestOptions) => Promise<unknown>,
): Promise<string> {
	const { login, limits } = vendor;
	const address = vendor.address(credentials);
	const options = login.request(credentials, address);
	if (!options) return '';
	const cut = secretCutter(vendor.secrets(credentials));
	const fail = (failure: Failure) => {
		const told = cutFields(failure, cut);
		return new ShopError(told, login.call, vendor.errorTexts(told, login.call));
	};
	const signal = AbortSignal.timeout(LOGIN_TIMEOUT_MS);
	const answer = await settled(async () => {
		const sent = request({
			...options,
			encoding: 'stream',
			timeout: LOGIN_TIMEOUT_MS,
			abortSignal: signal,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
		});
		const response = await untilAborted(sent, signal);
		return await readReply(response, login.call, limits, { idleMs: LOGIN_TIMEOUT_MS, signal });
	});
	if (!answer.ok) throw fail(networkFailure(answer.error));
	const reply = answer.value;
	if ('kind' in reply) throw fail(reply);
	const failure = judged(vendor, address, reply, login.call, cut);
	if (failure) throw fail(failure);
	const token = login.token(reply);
	if (token === undefined) throw fail({ kind: 'notShop', sent: true, status: reply.status });
	return token;
}

function markOf({ identity }: Login, credentials: ICredentialDataDecryptedObject): string {
	const text = JSON.stringify(identity(credentials));
	return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

/** The Shoper shop under test: from the environment, with a plain client for probes and cleaning up. */
import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { ShoperTrigger } from '../../nodes/Shoper/ShoperTrigger.node.ts';
import { actionBench, loginCredentials, tokenCredentials } from '../Shoper/fixtures.mts';
import { addressIn, liveShop, variable } from './shop.mts';

export { found, idsOf, report } from './shop.mts';

const { url, allowHttp } = addressIn('SHOPER_URL');

/** Token of an integration; may be empty where there is a login. */
export const apiToken = variable('SHOPER_TOKEN');

/** An administrator; the login may be empty. */
export const admin = { login: variable('SHOPER_LOGIN'), password: variable('SHOPER_PASSWORD') };

/** Whether the suite may write: `SHOPER_WRITES=1`. */
export const mayWrite = variable('SHOPER_WRITES') === '1';

/** ID of the order whose customer may be mailed; empty: nobody. */
export const mailOrder = variable('SHOPER_MAIL_ORDER');

export const byToken: ICredentialDataDecryptedObject = {
	...tokenCredentials({ url }, apiToken),
	allowHttp,
};

export const byLogin: ICredentialDataDecryptedObject = {
	...loginCredentials({ url }, admin),
	allowHttp,
};

export const shop = liveShop<ICredentialDataDecryptedObject>({
	bench: actionBench,
	triggerNode: new ShoperTrigger(),
	access: apiToken === '' ? byLogin : byToken,
	secrets: [apiToken, admin.password],
});

export const { run, first, trigger, watching } = shop;

/** An answer of the shop, whatever it is. */
export interface Answer {
	status: number;
	headers: Headers;
	body: unknown;
}

interface Question {
	query?: Record<string, unknown>;
	body?: unknown;
	headers?: Record<string, string>;
	/** The token to ask with; that of the credential unless told. */
	token?: string;
}

/** Asks the shop without the nodes, once. Objects in `query` become JSON. */
export async function askOnce(
	method: string,
	path: string,
	{ query = {}, body, headers = {}, token }: Question = {},
): Promise<Answer> {
	const words = Object.entries(query).map(([name, value]): [string, string] => [
		name,
		typeof value === 'object' ? JSON.stringify(value) : String(value),
	]);
	const response = await fetch(`${url}/webapi/rest/${path}?${String(new URLSearchParams(words))}`, {
		method,
		headers: {
			authorization: `Bearer ${token ?? (await ownToken())}`,
			...(body !== undefined && { 'content-type': 'application/json' }),
			...headers,
		},
		...(body !== undefined && { body: JSON.stringify(body) }),
		redirect: 'error',
		signal: AbortSignal.timeout(60_000),
	});
	const text = await response.text();
	return { status: response.status, headers: response.headers, body: read(text) };
}

function read(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return text;
	}
}

/** As `askOnce`, but waits when the shop says so. */
export async function ask(method: string, path: string, question?: Question): Promise<Answer> {
	for (let attempt = 1; ; attempt++) {
		const answer = await askOnce(method, path, question);
		if (answer.status !== 429 || attempt === 5) return answer;
		const seconds = Number(answer.headers.get('retry-after') ?? attempt);
		await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
	}
}

/** Asks for what must work. */
export async function demand(method: string, path: string, question?: Question): Promise<unknown> {
	const { status, body } = await ask(method, path, question);
	if (status === 200) return body;
	throw new Error(`${method} ${path}: HTTP ${status} ${JSON.stringify(body).slice(0, 300)}`);
}

/** Rows of a list that must work. */
export async function rowsOf(path: string, query: Record<string, unknown>): Promise<IDataObject[]> {
	return ((await demand('GET', path, { query })) as { list: IDataObject[] }).list;
}

/** Logs in. A refused login is not tried again. */
export async function logIn(): Promise<string> {
	const pair = Buffer.from(`${admin.login}:${admin.password}`).toString('base64');
	const { status, body } = await askOnce('POST', 'auth', {
		token: '',
		headers: { authorization: `Basic ${pair}` },
	});
	if (status !== 200) throw new Error(`The login was refused: HTTP ${status}`);
	return String((body as IDataObject).access_token);
}

let issued: Promise<string> | undefined;

async function ownToken(): Promise<string> {
	if (apiToken !== '') return apiToken;
	issued ??= logIn();
	return await issued;
}

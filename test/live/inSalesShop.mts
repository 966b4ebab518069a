/** The InSales shop under test: from the environment, with a plain client for preparing and looking. */
import type { IDataObject } from 'n8n-workflow';
import { InSalesTrigger } from '../../nodes/InSales/InSalesTrigger.node.ts';
import { actionBench } from '../InSales/fixtures.mts';
import { addressIn, liveShop, report as reportOf, variable } from './shop.mts';

export { found, idsOf } from './shop.mts';

/** An access key. */
export interface Access {
	identifier: string;
	password: string;
}

const { url, allowHttp } = addressIn('INSALES_URL');

export { url };

export const fullKey: Access = {
	identifier: variable('INSALES_IDENTIFIER'),
	password: variable('INSALES_PASSWORD'),
};

/** `undefined` when the environment names none. */
export const limitedKey: Access | undefined =
	variable('INSALES_LIMITED_IDENTIFIER') === ''
		? undefined
		: {
				identifier: variable('INSALES_LIMITED_IDENTIFIER'),
				password: variable('INSALES_LIMITED_PASSWORD'),
			};

/** Whether the suite may write: `INSALES_WRITES=1`. */
export const mayWrite = variable('INSALES_WRITES') === '1';

/** What a credential holds besides the key. */
export const more = { allowHttp };

export const shop = liveShop<Access>({
	bench: (access) => actionBench({ url }, 'full', { ...more, ...access }),
	triggerNode: new InSalesTrigger(),
	access: fullKey,
	secrets: [fullKey, ...(limitedKey ? [limitedKey] : [])].flatMap(({ identifier, password }) => [
		identifier,
		password,
		Buffer.from(`${identifier}:${password}`).toString('base64'),
	]),
	pass: nextSecond,
});

export const { run, first, watching } = shop;

/** An answer of the shop as it is. */
export interface Answer {
	status: number;
	headers: Headers;
	text: string;
	/** Records of a list, or the one record; empty for what is no JSON. */
	rows: IDataObject[];
}

/** Asks the shop without the nodes. `path` is what stands behind `/admin/`, with its query. */
export async function ask(
	method: string,
	path: string,
	body?: IDataObject,
	{ identifier, password } = fullKey,
): Promise<Answer> {
	const response = await fetch(`${url}/admin/${path}`, {
		method,
		headers: {
			authorization: `Basic ${Buffer.from(`${identifier}:${password}`).toString('base64')}`,
			...(body && { 'content-type': 'application/json' }),
		},
		...(body && { body: JSON.stringify(body) }),
		redirect: 'manual',
		signal: AbortSignal.timeout(60_000),
	});
	const text = await response.text();
	return { status: response.status, headers: response.headers, text, rows: rowsOf(text) };
}

function rowsOf(text: string): IDataObject[] {
	if (!/^\s*[[{]/.test(text)) return [];
	const value = JSON.parse(text) as IDataObject | IDataObject[];
	return Array.isArray(value) ? value : [value];
}

/** The one record, which must be there. */
export async function record(path: string): Promise<IDataObject> {
	const { status, rows } = await ask('GET', path);
	if (status !== 200) throw new Error(`GET ${path}: HTTP ${status}`);
	return rows[0] ?? {};
}

/**
 * Waits until the shop's clock shows a later second than now: its dates have whole seconds, and a trigger
 * counts the second of its activation as past.
 */
export async function nextSecond(): Promise<void> {
	const clock = async () =>
		Date.parse((await ask('HEAD', 'orders/count.json')).headers.get('date') ?? '');
	const start = await clock();
	if (Number.isNaN(start)) throw new Error('The shop does not tell its time.');
	while ((await clock()) < start + 2_000) {
		await new Promise((resolve) => setTimeout(resolve, 500));
	}
}

/** Prints what was found, and how much of the limit was used. */
export async function report(): Promise<void> {
	const { headers } = await ask('GET', 'orders/count.json');
	const used = headers.get('api-usage-limit') ?? 'not told';
	reportOf(`Requests counted in this window: ${used}`);
}

/** The shop under test: from the environment, with a plain client for preparing and cleaning up. */
import type { INodeParameters } from 'n8n-workflow';

import { decodeRecords, encodeRecord } from '../../nodes/PrestaShop/api/codec.ts';
import type { PrestaShopRecord } from '../../nodes/PrestaShop/api/records.ts';
import { actionBench, triggerBench } from '../PrestaShop/fixtures.mts';
import { executeNode } from '../support/engine.mts';
import type { Bench, Execution, TriggerBench } from '../support/engine.mts';

export { cleanUp, later } from './undo.mts';

function variable(name: string): string {
	return process.env[name] ?? '';
}

const url = variable('PRESTASHOP_URL').replace(/\/+$/, '');

export const fullKey = variable('PRESTASHOP_KEY');
export const limitedKey = variable('PRESTASHOP_LIMITED_KEY');

const more = { allowHttp: url.startsWith('http:'), timezone: variable('PRESTASHOP_TIMEZONE') };

export const credentialOf = { shop: { url }, more };

export function bench(key = fullKey): Bench {
	return actionBench({ url }, key, more);
}

export function trigger(parameters: INodeParameters, key = fullKey): TriggerBench {
	return triggerBench({ url }, parameters, key, more);
}

/** Runs an operation. */
export async function run(
	name: string,
	parameters: INodeParameters = {},
	key = fullKey,
): Promise<Execution> {
	const [resource = '', operation = ''] = name.split('.');
	return await executeNode(bench(key), { resource, operation, ...parameters });
}

/** Runs an operation that must succeed; its first item. */
export async function first(name: string, parameters: INodeParameters = {}, key = fullKey) {
	const { items, error } = await run(name, parameters, key);
	if (error) throw new Error(error.message);
	return items[0]?.json ?? {};
}

async function call(method: string, path: string, body?: string): Promise<PrestaShopRecord[]> {
	const response = await fetch(`${url}/api/${path}`, {
		method,
		headers: {
			authorization: `Basic ${Buffer.from(`${fullKey}:`).toString('base64')}`,
			...(body !== undefined && { 'content-type': 'text/xml' }),
		},
		...(body !== undefined && { body }),
		redirect: 'error',
		signal: AbortSignal.timeout(60_000),
	});
	const text = await response.text();
	if (!response.ok)
		throw new Error(`${method} ${path}: HTTP ${response.status} ${text.slice(0, 300)}`);
	return text.trim() === '' ? [] : decodeRecords(text);
}

/** The webservice without the nodes, for what is prepared and cleaned up. */
export const webservice = {
	get: async (path: string) => await call('GET', path),
	one: async (resource: string, id: string, display = 'full') =>
		(await call('GET', `${resource}?filter[id]=[${id}]&display=${display}`))[0],
	create: async (resource: string, node: string, record: PrestaShopRecord) => {
		const [created] = await call('POST', resource, encodeRecord(node, record));
		return created?.id ?? '';
	},
	remove: async (resource: string, id: string) => {
		await call('DELETE', `${resource}/${id}`);
	},
};

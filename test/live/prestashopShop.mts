/** The shop under test: from the environment, with a plain client for preparing and cleaning up. */
import { decodeRecords, encodeRecord } from '../../nodes/PrestaShop/api/codec.ts';
import type { PrestaShopRecord } from '../../nodes/PrestaShop/api/records.ts';
import { PrestaShopTrigger } from '../../nodes/PrestaShop/PrestaShopTrigger.node.ts';
import { actionBench } from '../PrestaShop/fixtures.mts';
import { addressIn, liveShop, variable } from './shop.mts';

export { idsOf } from './shop.mts';
export { cleanUp, later } from './undo.mts';

const { url, allowHttp } = addressIn('PRESTASHOP_URL');

export const fullKey = variable('PRESTASHOP_KEY');
export const limitedKey = variable('PRESTASHOP_LIMITED_KEY');

const more = { allowHttp, timezone: variable('PRESTASHOP_TIMEZONE') };

export const credentialOf = { shop: { url }, more };

export const shop = liveShop<string>({
	bench: (key) => actionBench({ url }, key, more),
	triggerNode: new PrestaShopTrigger(),
	access: fullKey,
	secrets: [fullKey, limitedKey]
		.filter((key) => key !== '')
		.flatMap((key) => [key, Buffer.from(`${key}:`).toString('base64')]),
});

export const { run, first, watching } = shop;

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

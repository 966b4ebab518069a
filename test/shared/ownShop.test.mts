/** A key goes to its own shop only, whoever uses the credential. */
import type { ICredentialType, IHttpRequestOptions } from 'n8n-workflow';

import { InSalesApi } from '../../credentials/InSalesApi.credentials.ts';
import { PrestaShopApi } from '../../credentials/PrestaShopApi.credentials.ts';
import { ShoperApi } from '../../credentials/ShoperApi.credentials.ts';

const KEY = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ123456';
const SHOP = 'https://shop.example.com';

const credentials: Array<[string, ICredentialType, Record<string, string>]> = [
	['PrestaShop', new PrestaShopApi(), { apiKey: KEY }],
	['PrestaShop, key in the query', new PrestaShopApi(), { apiKey: KEY, sendKeyAs: 'query' }],
	['Shoper', new ShoperApi(), { authentication: 'apiToken', apiToken: KEY }],
	['InSales', new InSalesApi(), { identifier: 'me', password: KEY }],
];

describe.each(credentials)('%s', (_, { authenticate }, data) => {
	const sign = async (request: object) => {
		if (typeof authenticate !== 'function') throw new Error('The credential signs nothing.');
		return await authenticate({ shopUrl: `${SHOP}/`, ...data }, request as IHttpRequestOptions);
	};

	test.each<[string, object]>([
		['an address of the shop', { url: `${SHOP}/api/orders` }],
		['another way to write it', { url: 'HTTPS://Shop.Example.com:443/' }],
		['a base and a path', { baseURL: SHOP, url: '/api' }],
		['an older request', { uri: `${SHOP}/api` }],
	])('is sent to %s', async (_name, request) => {
		expect(await sign(request)).not.toEqual(request);
	});

	test.each<[string, object]>([
		['another host', { url: 'https://evil.example.com/api' }],
		['a host that begins alike', { url: `${SHOP}.evil.example/api` }],
		['the shop without encryption', { url: 'http://shop.example.com/api' }],
		['another port', { url: `${SHOP}:8443/api` }],
		['a host behind a user name', { url: 'https://shop.example.com@evil.example/' }],
		['a base elsewhere', { baseURL: 'https://evil.example', url: '/api' }],
		['an older request elsewhere', { uri: 'https://evil.example' }],
		['nowhere', { url: '' }],
	])('is not sent to %s', async (_name, request) => {
		await expect(sign(request)).rejects.toThrow(
			/This credential is for https:\/\/shop\.example\.com/,
		);
	});
});

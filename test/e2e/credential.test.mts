/** The test button of the credential tells the usual mistakes apart, each in its own words. */
import type { N8nRest } from '../../sandbox/n8n/rest.mts';
import { enterN8n } from './support/n8n.mts';
import { saw } from './support/report.mts';
import { shop } from './support/shop.mts';
import { KEYS, readWorld } from './support/world.mts';

interface Mistake {
	name: string;
	data?: Record<string, unknown>;
	before?: () => Promise<unknown>;
	after?: () => Promise<unknown>;
	message: RegExp;
}

const MISTAKES: Mistake[] = [
	{
		name: 'nothing listens at the address',
		data: { shopUrl: 'http://127.0.0.1:9' },
		message: /reach|address|connect/i,
	},
	{
		name: 'the address leads to something that is not the shop',
		data: { shopUrl: '' },
		message: /address|PrestaShop/i,
	},
	{
		name: 'friendly URLs are off',
		before: async () => await shop.setUrlRewriting(false),
		after: async () => await shop.setUrlRewriting(true),
		message: /friendly|rewrit/i,
	},
	{
		name: 'the webservice is off',
		before: async () => await shop.setWebserviceEnabled(false),
		after: async () => await shop.setWebserviceEnabled(true),
		message: /webservice/i,
	},
	{ name: 'the key is unknown', data: { apiKey: KEYS.unknown }, message: /key/i },
	{ name: 'the key has no rights', data: { apiKey: KEYS.noRights }, message: /right|permission/i },
	{
		name: 'the server drops the Authorization header',
		before: async () => await shop.setStripAuthorization(true),
		after: async () => await shop.setStripAuthorization(false),
		message: /header|authori[sz]ation|query/i,
	},
];

describe('the credential test', () => {
	let rest: N8nRest;
	const messages = new Map<string, string>();
	const good = (): Record<string, unknown> => ({
		shopUrl: readWorld().shopUrl,
		apiKey: KEYS.limited,
	});

	beforeAll(async () => {
		rest = enterN8n();
	});

	test.each([
		['with the limited key', {}],
		['with a key that may do everything', { apiKey: KEYS.full }],
		['with a trailing slash', { shopUrl: '/' }],
		['with /api at the end', { shopUrl: '/api/' }],
		['with the key in the address', { sendKeyAs: 'query' }],
	])('is green %s', async (_, change: Record<string, unknown>) => {
		const data = { ...good(), ...change };
		if (typeof change.shopUrl === 'string') data.shopUrl = readWorld().shopUrl + change.shopUrl;
		const result = await rest.testCredential('prestaShopApi', data);
		saw(`${result.status}: ${result.message}`);
		expect(result.status).toBe('OK');
	});

	test('is green when the header is dropped but the key goes with the address', async () => {
		await shop.setStripAuthorization(true);
		try {
			const data = { ...good(), sendKeyAs: 'query' };
			const result = await rest.testCredential('prestaShopApi', data);
			saw(`${result.status}: ${result.message}`);
			expect(result.status).toBe('OK');
		} finally {
			await shop.setStripAuthorization(false);
		}
	});

	test('is green without friendly URLs when the dispatcher is used', async () => {
		await shop.setUrlRewriting(false);
		try {
			const data = { ...good(), useDispatcher: true };
			const result = await rest.testCredential('prestaShopApi', data);
			saw(`${result.status}: ${result.message}`);
			expect(result.status).toBe('OK');
		} finally {
			await shop.setUrlRewriting(true);
		}
	});

	test.each(MISTAKES)('says it when $name', async ({ name, data, before, after, message }) => {
		await before?.();
		try {
			// An empty address stands for n8n itself: a web server that is no shop.
			const change = data?.shopUrl === '' ? { shopUrl: readWorld().n8nUrl } : data;
			const result = await rest.testCredential('prestaShopApi', { ...good(), ...change });
			saw(`${result.status}: ${result.message}`);
			messages.set(name, result.message);
			expect(result.status).toBe('Error');
			expect(result.message).toMatch(message);
		} finally {
			await after?.();
		}
	});

	test('has a message of its own for each of them, and never shows a key', () => {
		const texts = [...messages.values()];
		expect(new Set(texts).size).toBe(texts.length);
		for (const key of Object.values(KEYS)) expect(texts.join('\n')).not.toContain(key);
	});
});

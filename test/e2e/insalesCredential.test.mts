/** The test button of the InSales credential tells the usual mistakes apart, each in its own words. */
import { readFileSync } from 'node:fs';
import type { N8nRest } from '../../sandbox/n8n/rest.mts';
import { accessTo, INSALES_KEYS, openInSales } from './support/insales.mts';
import type { InSalesSandbox } from './support/insales.mts';
import { enterN8n } from './support/n8n.mts';
import { saw } from './support/report.mts';
import { readWorld } from './support/world.mts';

const WRONG_PASSWORD = '0badc0de0badc0de0badc0de0badc0de';
const PASTED_PASSWORD = 'feedfacefeedfacefeedfacefeedface';

const SECRETS = [
	...Object.values(INSALES_KEYS).map(({ password }) => password),
	...Object.values(INSALES_KEYS).map(({ identifier, password }) =>
		Buffer.from(`${identifier}:${password}`).toString('base64'),
	),
	WRONG_PASSWORD,
	PASTED_PASSWORD,
];

type Data = Record<string, unknown>;

interface Mistake {
	name: string;
	data: (shop: InSalesSandbox) => Data;
	/** Turns a switch of the shop; `putBack` turns it back. */
	turn?: (shop: InSalesSandbox) => void;
	/** Requests that reach the shop. */
	requests: number;
	message: RegExp;
}

const MISTAKES: Mistake[] = [
	{
		name: 'nothing listens at the address',
		data: (shop) => ({ ...accessTo(shop), shopUrl: 'http://127.0.0.1:9' }),
		requests: 0,
		message: /does not accept connections.*shop URL/is,
	},
	{
		name: 'the address is a web server but no shop',
		data: (shop) => ({ ...accessTo(shop), shopUrl: readWorld().n8nUrl }),
		requests: 0,
		message: /no InSales shop|web page came back/i,
	},
	{
		name: 'the password is wrong',
		data: (shop) => ({ ...accessTo(shop), password: WRONG_PASSWORD }),
		requests: 1,
		message: /identifier or the password is wrong/i,
	},
	{
		name: 'the plan of the shop has no API',
		data: accessTo,
		turn: (shop) => shop.control.setPlan({ api: false }),
		requests: 1,
		message: /plan of the shop does not include the API/i,
	},
	{
		name: 'the address leads on to another one',
		data: accessTo,
		turn: (shop) =>
			shop.control.setWrongShop({ kind: 'redirect', location: 'https://moved.example.com' }),
		requests: 1,
		message: /another host, moved\.example\.com/i,
	},
	{
		name: 'the address is that of no shop any more',
		data: accessTo,
		turn: (shop) => shop.control.setWrongShop({ kind: 'notFound' }),
		requests: 1,
		message: /no InSales shop at this address/i,
	},
	{
		name: 'the shop breaks down',
		data: accessTo,
		turn: (shop) => shop.control.addFault({ kind: 'status', status: 500, times: 0 }),
		requests: 1,
		message: /internal error \(HTTP 500\)/i,
	},
	{
		name: 'the requests of this window are used up',
		data: accessTo,
		turn: (shop) => shop.control.setLimit({ requests: 0 }),
		requests: 1,
		message: /no more requests for now/i,
	},
	{
		name: 'the address would send the password readably',
		data: (shop) => ({ ...accessTo(shop), shopUrl: 'http://shop.example.com' }),
		requests: 0,
		message: /plain http.*Allow Plain HTTP/is,
	},
	{
		name: 'the address is empty',
		data: (shop) => ({ ...accessTo(shop), shopUrl: ' ' }),
		requests: 0,
		message: /shop URL is empty/i,
	},
	{
		name: 'the identifier is missing',
		data: (shop) => ({ ...accessTo(shop), identifier: ' ' }),
		requests: 0,
		message: /identifier.*empty.*Идентификатор/is,
	},
	{
		name: 'the password is missing',
		data: (shop) => ({ ...accessTo(shop), password: '' }),
		requests: 0,
		message: /password.*empty.*Пароль/is,
	},
];

/** Turns everything back that a mistake may have turned. */
function putBack({ control }: InSalesSandbox): void {
	control.setPlan({ api: true, status: 402 });
	control.setWrongShop({ kind: null });
	control.clearFaults();
	control.setLimit({ requests: 500 });
}

describe('the credential test of InSales', () => {
	let rest: N8nRest;
	let shop: InSalesSandbox;
	const messages = new Map<string, string>();

	const press = async (data: Data) => {
		shop.control.clearRequests();
		const result = await rest.testCredential('inSalesApi', data);
		const requests = shop.control.requests().length;
		saw(`${result.status}, ${requests} requests: ${result.message}`);
		return { ...result, requests };
	};

	beforeAll(async () => {
		rest = enterN8n();
		shop = await openInSales();
	});

	afterAll(async () => {
		await shop?.close();
	});

	test('is green with one harmless request, and names the shop', async () => {
		const result = await press(accessTo(shop));
		expect(result).toMatchObject({ status: 'OK', requests: 1 });
		expect(result.message).toContain('Демо-магазин');
		expect(shop.control.requests()).toMatchObject([{ method: 'GET', path: '/admin/account.json' }]);
	});

	test('is green with a key that may not view the shop settings, and says so', async () => {
		const result = await press(accessTo(shop, INSALES_KEYS.productsOnly));
		expect(result).toMatchObject({ status: 'OK', requests: 1 });
		expect(result.message).toMatch(/may not view the shop settings.*Check Permissions/i);
	});

	test.each([
		['with a slash', (host: string) => `http://${host}/`],
		['of the back office', (host: string) => `http://${host}/admin2/orders/80001`],
		['of the API', (host: string) => `http://${host}/admin/orders.json`],
		['of a product', (host: string) => `http://${host}/product/mug?from=mail#top`],
		['without http', (host: string) => host],
		['with spaces around', (host: string) => ` http://${host} `],
		[
			'as the key page shows it',
			(host: string) => `http://some-id:${PASTED_PASSWORD}@${host}/admin/orders.json`,
		],
	])('is green with the address %s', async (_, paste) => {
		const { host } = new URL(shop.url);
		const result = await press({ ...accessTo(shop), shopUrl: paste(host) });
		expect(result).toMatchObject({ status: 'OK', requests: 1 });
	});

	test('is green with spaces around identifier and password', async () => {
		const { identifier, password } = INSALES_KEYS.chat;
		const data = { shopUrl: shop.url, identifier: ` ${identifier}`, password: `${password}\n` };
		expect(await press(data)).toMatchObject({ status: 'OK', requests: 1 });
	});

	test.each(MISTAKES)('says it when $name', async ({ name, data, turn, requests, message }) => {
		turn?.(shop);
		try {
			const result = await press(data(shop));
			messages.set(name, result.message);
			expect(result.status).toBe('Error');
			expect(result.message).toMatch(message);
			expect(result.requests).toBe(requests);
		} finally {
			putBack(shop);
		}
	});

	test('says it when the plan is refused with the other status as well', async () => {
		shop.control.setPlan({ api: false, status: 423 });
		try {
			const result = await press(accessTo(shop));
			expect(result.status).toBe('Error');
			expect(result.message).toMatch(/plan of the shop does not include the API/i);
		} finally {
			putBack(shop);
		}
	});

	test('has a message for each of them, and no secret in any or in the log', () => {
		expect(messages.size).toBe(MISTAKES.length);
		// Another web server and an address of no shop are the same mistake.
		expect(new Set(messages.values()).size).toBeGreaterThanOrEqual(messages.size - 1);
		const texts = [...messages.values(), readFileSync(readWorld().logFile, 'utf8')].join('\n');
		for (const secret of SECRETS) expect(texts).not.toContain(secret);
	});
});

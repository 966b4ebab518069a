/** The test button of the Shoper credential tells the usual mistakes apart, each in its own words. */
import { readFileSync } from 'node:fs';
import type { N8nRest } from '../../sandbox/n8n/rest.mts';
import { enterN8n } from './support/n8n.mts';
import { saw } from './support/report.mts';
import { loginOf, openShoper, SHOPER_ADMINS, SHOPER_TOKENS, tokenFor } from './support/shoper.mts';
import type { ShoperSandbox } from './support/shoper.mts';
import { readWorld } from './support/world.mts';

const WRONG_TOKEN = 'ab'.repeat(32);
const WRONG_PASSWORD = 'Wrong-Pass-2026';
const PASTED_PASSWORD = 'Pasted-Pass-2026';

const SECRETS = [
	...Object.values(SHOPER_TOKENS),
	...Object.values(SHOPER_ADMINS).map(({ password }) => password),
	WRONG_TOKEN,
	WRONG_PASSWORD,
	PASTED_PASSWORD,
];

type Data = Record<string, unknown>;

interface Mistake {
	name: string;
	data: (shop: ShoperSandbox) => Data;
	/** Turns a switch of the shop; it is put back afterwards. */
	turn?: (shop: ShoperSandbox, on: boolean) => void;
	/** Logins that reach the shop. */
	logins: number;
	message: RegExp;
}

const helpdesk = (shop: ShoperSandbox): Data => loginOf(shop, SHOPER_ADMINS.helpdesk);
const token = (shop: ShoperSandbox): Data => tokenFor(shop, SHOPER_TOKENS.helpdesk);

const MISTAKES: Mistake[] = [
	{
		name: 'nothing listens at the address',
		data: (shop) => ({ ...helpdesk(shop), shopUrl: 'http://127.0.0.1:9' }),
		logins: 0,
		message: /does not accept connections.*shop URL/i,
	},
	{
		name: 'the address is a web server but no shop',
		data: (shop) => ({ ...token(shop), shopUrl: readWorld().n8nUrl }),
		logins: 0,
		message: /no Shoper shop at this address/i,
	},
	{
		name: 'a parked page answers with status 200 to the login',
		data: helpdesk,
		turn: (shop, on) => shop.control.setParked({ on }),
		logins: 0,
		message: /no Shoper shop at this address.*HTTP 200.*parked/is,
	},
	{
		name: 'the login is wrong',
		data: (shop) => ({ ...helpdesk(shop), password: WRONG_PASSWORD }),
		logins: 1,
		message: /does not accept this login and password/i,
	},
	{
		name: "the administrator's group has no web API access",
		data: (shop) => loginOf(shop, SHOPER_ADMINS.nowebapi),
		logins: 1,
		message: /group has no access to the web API.*dostęp do webapi/is,
	},
	{
		name: 'the administrator may log in from other addresses only',
		data: (shop) => loginOf(shop, SHOPER_ADMINS.iplocked),
		logins: 1,
		message: /may not log in from the address.*IP/is,
	},
	{
		name: 'the shop is locked',
		data: helpdesk,
		turn: (shop, on) => shop.control.setLocked({ on }),
		logins: 0,
		message: /locked or overloaded/i,
	},
	{
		name: 'the token is wrong',
		data: (shop) => tokenFor(shop, WRONG_TOKEN),
		logins: 0,
		message: /does not accept the API token/i,
	},
	{
		name: 'the address would send the password readably',
		data: (shop) => ({ ...helpdesk(shop), shopUrl: 'http://shop.example.com' }),
		logins: 0,
		message: /plain http.*Allow Plain HTTP/is,
	},
	{
		name: 'the username is missing',
		data: (shop) => ({ ...helpdesk(shop), username: ' ' }),
		logins: 0,
		message: /"Username".*empty/i,
	},
	{
		name: 'the password is missing',
		data: (shop) => ({ ...helpdesk(shop), password: '' }),
		logins: 0,
		message: /"Password".*empty/i,
	},
];

describe('the credential test of Shoper', () => {
	let rest: N8nRest;
	let shop: ShoperSandbox;
	const messages = new Map<string, string>();

	const press = async (data: Data) => {
		const before = shop.control.logins().length;
		const result = await rest.testCredential('shoperApi', data);
		const logins = shop.control.logins().length - before;
		saw(`${result.status}, ${logins} logins: ${result.message}`);
		return { ...result, logins };
	};

	beforeAll(async () => {
		rest = enterN8n();
		shop = await openShoper();
	});

	afterAll(async () => {
		await shop?.close();
	});

	test('is green with a token, and with a login that is sent once', async () => {
		const [withToken, withLogin] = [await press(token(shop)), await press(helpdesk(shop))];
		expect(withToken).toMatchObject({ status: 'OK', logins: 0 });
		expect(withLogin).toMatchObject({ status: 'OK', logins: 1 });
	});

	test('names the right that a token for orders lacks', async () => {
		const result = await press(tokenFor(shop, SHOPER_TOKENS.readonly));
		expect(result.status).toBe('OK');
		expect(result.message).toMatch(/right.*missing/i);
	});

	test.each([
		['with a slash', (host: string) => `http://${host}/`],
		['of the panel', (host: string) => `http://${host}/admin/`],
		['of the API', (host: string) => `http://${host}/webapi/rest/orders`],
		['of a product', (host: string) => `http://${host}/pl/p/Koszulka/1?from=mail#top`],
		['without http', (host: string) => host],
		['with spaces around', (host: string) => ` http://${host} `],
		['with a login', (host: string) => `http://helpdesk:${PASTED_PASSWORD}@${host}/`],
	])('is green with the address %s', async (_, paste) => {
		const { host } = new URL(shop.url);
		const result = await press({ ...helpdesk(shop), shopUrl: paste(host) });
		expect(result).toMatchObject({ status: 'OK', logins: 1 });
	});

	test.each(MISTAKES)('says it when $name', async ({ name, data, turn, logins, message }) => {
		turn?.(shop, true);
		try {
			const result = await press(data(shop));
			messages.set(name, result.message);
			expect(result.status).toBe('Error');
			expect(result.message).toMatch(message);
			expect(result.logins).toBe(logins);
		} finally {
			turn?.(shop, false);
		}
	});

	test('says it when the shop lives at another address, which gets no login', async () => {
		shop.control.setCanonicalHost({ host: 'shop.example.com' });
		try {
			const result = await press(helpdesk(shop));
			messages.set('redirect', result.message);
			expect(result).toMatchObject({ status: 'Error', logins: 0 });
			expect(result.message).toContain('shop.example.com');
		} finally {
			shop.control.setCanonicalHost({ host: null });
		}
	});

	test('has a message for each of them, and no secret in any or in the log', () => {
		// A parked domain and another web server are the same mistake.
		expect(messages.size).toBe(MISTAKES.length + 1);
		expect(new Set(messages.values()).size).toBeGreaterThanOrEqual(messages.size - 1);
		const texts = [...messages.values(), readFileSync(readWorld().logFile, 'utf8')].join('\n');
		for (const secret of SECRETS) expect(texts).not.toContain(secret);
	});
});

/** Runs the live suites of the shops that the environment names, or says what they need. */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';

/**
 * The shops: where their suites lie, any one of the sets of variables that they need, and the text
 * that explains the variables. One more shop is one more entry.
 */
const SHOPS = [
	{
		name: 'InSales',
		suites: 'test/live/insales\\.',
		needs: [['INSALES_URL', 'INSALES_IDENTIFIER', 'INSALES_PASSWORD']],
		help: [
			'INSALES_URL                 address of the shop, such as https://myshop-abc123.myinsales.ru',
			'INSALES_IDENTIFIER          identifier of an access key with every right',
			'INSALES_PASSWORD            its password',
			'INSALES_LIMITED_IDENTIFIER  optional: key with exactly the rights of docs/live-tests.md',
			'INSALES_LIMITED_PASSWORD    its password',
			'INSALES_WRITES=1            optional: also the tests that write. Use a test shop.',
			'Without the last it only reads.',
		],
	},
	{
		name: 'PrestaShop',
		suites: 'test/live/prestashop\\.',
		needs: [['PRESTASHOP_URL', 'PRESTASHOP_KEY']],
		help: [
			'PRESTASHOP_URL          address of the shop, such as https://shop.example.com',
			'PRESTASHOP_KEY          webservice key with every right',
			'PRESTASHOP_LIMITED_KEY  optional: key with exactly the rights of docs/live-tests.md',
			'PRESTASHOP_TIMEZONE     optional: time zone of the shop, such as Europe/Warsaw',
			'It changes the shop and cleans up behind itself. Use a test shop.',
		],
	},
	{
		name: 'Shoper',
		suites: 'test/live/shoper\\.',
		needs: [
			['SHOPER_URL', 'SHOPER_TOKEN'],
			['SHOPER_URL', 'SHOPER_LOGIN', 'SHOPER_PASSWORD'],
		],
		help: [
			'SHOPER_URL          address of the shop, such as https://shop.example.com',
			'SHOPER_TOKEN        token of an integration that may read everything',
			'SHOPER_LOGIN        an administrator with access to the web API, with or instead of the token',
			'SHOPER_PASSWORD     the password',
			'SHOPER_WRITES=1     optional: also the tests that write. Use a test shop.',
			'SHOPER_MAIL_ORDER   optional: ID of an order whose customer may be mailed',
			'Without the last two it only reads.',
		],
	},
];

const has = (name) => Boolean(process.env[name]);
const isReady = ({ needs }) => needs.some((names) => names.every(has));
/** Named in part: somebody wanted it and forgot something. */
const isBegun = ({ needs }) => needs.flat().some(has);

const ready = SHOPS.filter(isReady);
const missing = SHOPS.filter((shop) => !isReady(shop) && (ready.length === 0 || isBegun(shop)));
if (missing.length > 0) {
	for (const { name, needs, help } of missing) {
		const sets = needs.map((names) => names.join(' and ')).join(', or ');
		console.error(`The live suite of ${name} needs ${sets}:\n`);
		console.error(`${help.map((line) => `  ${line}`).join('\n')}\n`);
	}
	console.error('More about it: docs/live-tests.md.');
	process.exit(1);
}

const require = createRequire(import.meta.url);
const jest = require.resolve('jest/bin/jest');
const args = [jest, '--ci', '-c', 'jest.live.config.js', '--runInBand'];
// Before what follows the command: an option at its end must not swallow them.
args.push(...ready.map(({ suites }) => suites), ...process.argv.slice(2));
const child = spawn(process.execPath, args, { stdio: 'inherit' });
child.on('exit', (code) => process.exit(code ?? 1));

/** Runs the live suite, or says what it needs. */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';

const NEEDED = ['PRESTASHOP_URL', 'PRESTASHOP_KEY'];

const missing = NEEDED.filter((name) => !process.env[name]);
if (missing.length > 0) {
	console.error(
		[
			`The live suite needs a shop with demo data: set ${missing.join(' and ')}.`,
			'',
			'  PRESTASHOP_URL          address of the shop, such as https://shop.example.com',
			'  PRESTASHOP_KEY          webservice key with every right',
			'  PRESTASHOP_LIMITED_KEY  optional: key with exactly the rights of docs/live-tests.md',
			'  PRESTASHOP_TIMEZONE     optional: time zone of the shop, such as Europe/Warsaw',
			'',
			'It changes the shop and cleans up behind itself. Use a test shop: docs/live-tests.md.',
		].join('\n'),
	);
	process.exit(1);
}

const require = createRequire(import.meta.url);
const jest = require.resolve('jest/bin/jest');
const args = [jest, '--ci', '-c', 'jest.live.config.js', '--runInBand', ...process.argv.slice(2)];
const child = spawn(process.execPath, args, { stdio: 'inherit' });
child.on('exit', (code) => process.exit(code ?? 1));

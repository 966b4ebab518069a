/**
 * Gets a fresh clone ready: `node scripts/setup.mjs [--with-n8n]`.
 *
 * Runs on any Node from 20 on with nothing installed, so it uses no packages. Every step first looks
 * whether its work is already done; a second run takes well under a second.
 *
 *   1. dependencies of the project            (npm ci)
 *   2. the Node 24 that n8n needs             (npm rebuild node)
 *   3. --with-n8n: a real n8n in sandbox/n8n  (npm ci)
 *   4. --with-n8n: its database driver        (npm rebuild sqlite3)
 *
 * Steps 2 and 4 exist because .npmrc forbids install scripts; only the two named packages may run theirs.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const SANDBOX = join(ROOT, 'sandbox', 'n8n');
const WINDOWS = process.platform === 'win32';
const NODE_24 = join(ROOT, 'node_modules', 'node', 'bin', WINDOWS ? 'node.exe' : 'node');
const LOWEST_NODE = 20;
const HEARTBEAT_MS = 15_000;
const REPORT_LINES = 12;

class SetupError extends Error {}

const say = (line) => console.log(`[setup] ${line}`);
const seconds = (since) => `${Math.round((Date.now() - since) / 1000)} s`;

const readPackages = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;

/**
 * npm writes node_modules/.package-lock.json as the last act of an install. It is the stamp: when it names
 * the same packages as the lock file the tree is current, and an interrupted install has none.
 */
function isInstalled(folder) {
	const stamp = join(folder, 'node_modules', '.package-lock.json');
	if (!existsSync(stamp)) return false;
	const wanted = readPackages(join(folder, 'package-lock.json'));
	const present = readPackages(stamp);
	const same = (path) =>
		present[path].version === wanted[path]?.version &&
		present[path].integrity === wanted[path]?.integrity;
	// Optional packages may be absent: they are the other platforms' binaries. Extraneous ones do not count.
	const missing = Object.keys(wanted).some(
		(path) =>
			path !== '' && !wanted[path].optional && !wanted[path].extraneous && !(path in present),
	);
	return !missing && Object.keys(present).every((path) => present[path].extraneous || same(path));
}

function hasNode24() {
	// Without its install script the package holds no binary, or an empty stand-in.
	if (!existsSync(NODE_24) || statSync(NODE_24).size === 0) return false;
	const { version } = JSON.parse(
		readFileSync(join(ROOT, 'node_modules', 'node', 'package.json'), 'utf8'),
	);
	const { stdout } = spawnSync(NODE_24, ['--version'], { encoding: 'utf8' });
	return stdout?.trim() === `v${version}`;
}

function databaseProblem() {
	const { status, stderr, error } = spawnSync(NODE_24, ['-e', "require('sqlite3')"], {
		cwd: SANDBOX,
		encoding: 'utf8',
	});
	return status === 0 ? undefined : (error?.message ?? stderr);
}

/** `nodeFolder` leads PATH, so that install scripts run under that Node and not under a half-removed one. */
function run(folder, npmArguments, nodeFolder) {
	const ownBin = join('node_modules', '.bin');
	const { PATH, Path, ...environment } = process.env;
	const path = (PATH ?? Path ?? '').split(delimiter).filter((entry) => !entry.endsWith(ownBin));
	const child = spawn('npm', [...npmArguments, '--no-progress', '--loglevel=error'], {
		cwd: folder,
		env: { ...environment, PATH: [nodeFolder, ...path].filter(Boolean).join(delimiter) },
		stdio: ['ignore', 'pipe', 'pipe'],
		// npm is a .cmd file on Windows, which only a shell can start; all arguments are literals.
		shell: WINDOWS,
	});

	let output = '';
	const keep = (chunk) => (output += chunk);
	child.stdout.on('data', keep);
	child.stderr.on('data', keep);

	const started = Date.now();
	const heartbeat = setInterval(() => say(`   … still working, ${seconds(started)}`), HEARTBEAT_MS);
	return new Promise((resolve, reject) => {
		child.on('error', reject);
		child.on('close', (status) => resolve({ status, output, took: seconds(started) }));
	}).finally(() => clearInterval(heartbeat));
}

/** A compiler's last words matter, but npm itself begins with the cause and ends with its manual. */
function excerpt(output) {
	const lines = output.trimEnd().split('\n');
	if (lines.length <= 2 * REPORT_LINES) return lines.join('\n');
	return [...lines.slice(0, REPORT_LINES), '…', ...lines.slice(-REPORT_LINES)].join('\n');
}

function explain(output) {
	if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|ETIMEDOUT|ENOTCACHED/.test(output)) {
		return 'The package registry could not be reached. Check the network connection and any proxy settings, then run the same command again.';
	}
	if (/EUSAGE|can only install packages when/.test(output)) {
		return 'package.json and package-lock.json disagree. Run "npm install" in that folder and look at what it changes.';
	}
	if (/gyp ERR|not found: make|Could not find any Python|C\+\+|g\+\+/.test(output)) {
		return 'A native module had to be compiled and could not be. Install Python 3, make and a C++ compiler (Debian and Ubuntu: apt-get install python3 make g++; macOS: xcode-select --install), then run the same command again.';
	}
	if (/ENOSPC/.test(output)) return 'The disk is full; the n8n sandbox needs about 3 GB.';
	return 'npm says above what went wrong.';
}

async function step({ title, estimate, isDone, folder, npm, nodeFolder }) {
	if (isDone()) return;
	say(`${title}: npm ${npm.join(' ')} (${estimate})`);
	const { status, output, took } = await run(folder, npm, nodeFolder);
	if (status === 0 && isDone()) {
		say(`   done after ${took}`);
		return;
	}
	console.error(excerpt(output));
	throw new SetupError(`${title} failed after ${took}. ${explain(output)}`);
}

const projectSteps = [
	{
		title: 'Installing the development dependencies',
		estimate: 'about 1 minute',
		isDone: () => isInstalled(ROOT),
		folder: ROOT,
		npm: ['ci'],
	},
	{
		title: 'Adding Node 24, which n8n needs, inside node_modules',
		estimate: 'about 10 seconds',
		isDone: hasNode24,
		folder: ROOT,
		npm: ['rebuild', 'node', '--ignore-scripts=false'],
	},
];

const sandboxSteps = [
	{
		title: 'Installing a real n8n into sandbox/n8n',
		estimate: '1 to 4 minutes, about 2 GB on disk, once',
		isDone: () => isInstalled(SANDBOX),
		folder: SANDBOX,
		npm: ['ci'],
		nodeFolder: dirname(NODE_24),
	},
	{
		title: "Building n8n's database driver",
		estimate: 'a few seconds, or 1 to 2 minutes where it must be compiled',
		isDone: () => databaseProblem() === undefined,
		folder: SANDBOX,
		npm: ['rebuild', 'sqlite3', '--ignore-scripts=false'],
		nodeFolder: dirname(NODE_24),
	},
];

try {
	if (Number(process.versions.node.split('.')[0]) < LOWEST_NODE) {
		throw new SetupError(`Node ${LOWEST_NODE} or newer is needed; this is ${process.version}.`);
	}
	const withN8n = process.argv.includes('--with-n8n');
	for (const next of withN8n ? [...projectSteps, ...sandboxSteps] : projectSteps) await step(next);
} catch (error) {
	if (!(error instanceof SetupError)) throw error;
	console.error(`[setup] ${error.message}`);
	process.exitCode = 1;
}

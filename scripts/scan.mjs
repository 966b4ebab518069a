/**
 * n8n's community package scanner, run locally: `npm run scan` (after `npm run build`), or with the folder of
 * another package.
 *
 * The published scanner fetches a released package and its attested source. This runs the same analysis
 * over the two trees it would look at, before there is a release: the sources and the packed tarball.
 * Inline disables have no effect in either. Unlike the scanner, warnings fail too.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** The package to look at: this one, or the folder that is named. */
const ROOT = process.argv[2] ?? join(dirname(fileURLToPath(import.meta.url)), '..');
const SCANNER = '@n8n/scan-community-package/scanner/scanner.mjs';
/** As the scanner's own call for the tarball has it. */
const TARBALL_FILE_PATTERNS = ['**/*.js', 'package.json'];

// The scanner brings its own versions of ESLint and the rules; they, not ours, decide at n8n.
const scannerFile = createRequire(import.meta.url).resolve(SCANNER);
const { analyzePackage, buildScanConfig, SOURCE_FILE_PATTERNS } = await import(
	pathToFileURL(scannerFile)
);
const { ESLint } = createRequire(scannerFile)('eslint');

/** The scanner's verdict says nothing about warnings, so they are counted by a second look. */
async function warnings(folder, patterns) {
	const eslint = new ESLint({
		cwd: folder,
		allowInlineConfig: false,
		overrideConfigFile: true,
		overrideConfig: await buildScanConfig(),
		errorOnUnmatchedPattern: false,
	});
	const results = (await eslint.lintFiles(patterns)).filter(({ warningCount }) => warningCount > 0);
	if (results.length === 0) return undefined;
	return (await eslint.loadFormatter('stylish')).format(results);
}

async function scan(title, folder, patterns) {
	const verdict = await analyzePackage(folder, patterns);
	const findings = verdict.passed ? await warnings(folder, patterns) : verdict.details;
	const passed = verdict.passed && findings === undefined;
	console.log(`${passed ? 'passed' : 'FAILED'}  ${title}`);
	if (!passed) console.log(findings ?? verdict.message);
	return passed;
}

if (!existsSync(join(ROOT, 'dist'))) {
	console.error('There is no dist folder to pack. Run "npm run build" first.');
	process.exit(1);
}
const scratch = mkdtempSync(join(tmpdir(), 'storefronts-scan-'));
try {
	const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
	const quiet = { cwd: ROOT, stdio: 'pipe', shell: process.platform === 'win32' };
	execFileSync(npm, ['pack', '--pack-destination', scratch], quiet);
	const [tarball] = readdirSync(scratch);
	execFileSync('tar', ['-xzf', tarball], { cwd: scratch });

	const results = [
		await scan('sources (package.json, nodes, credentials)', ROOT, SOURCE_FILE_PATTERNS),
		await scan(`tarball (${tarball})`, join(scratch, 'package'), TARBALL_FILE_PATTERNS),
	];
	if (results.includes(false)) process.exitCode = 1;
} finally {
	rmSync(scratch, { recursive: true, force: true });
}

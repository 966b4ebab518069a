/**
 * Build: sources → dist, the only folder that is published.
 *
 * n8n installs no dependencies for a community package, and loads every file of it when it starts. So all
 * code, libraries included, becomes one file, and the files that package.json names hand over what stands in
 * it: one copy of the shared code serves all nodes of a process, and with it one rate limiter per shop. The
 * result is not minified: provenance proves where dist came from, readable code shows what it does, each
 * source file under its name.
 */
const { spawn } = require('node:child_process');
const { mkdirSync, readdirSync, readFileSync, writeFileSync } = require('node:fs');
const { rm } = require('node:fs/promises');
const { basename, dirname, join, relative } = require('node:path');
const esbuild = require('esbuild');
const { dest, series, src, watch } = require('gulp');

const OUTPUT = 'dist';

/** What n8n puts in reach of a community node; everything else has to be inside the bundle. */
const PROVIDED_BY_N8N = ['n8n-workflow', 'crypto', 'node:crypto', 'zod'];

/**
 * The oldest Node any n8n 2.x runs on. The sources are ES2022, so nothing is rewritten for it and dist
 * stays close to them; a newer target would only cost the older installations.
 */
const TARGET = 'node20';

/** The one file with all code, beside the folders of nodes and credentials. */
const BUNDLE = 'storefronts';

const ASSETS = [
	'icons/*.{svg,png}',
	'nodes/**/*.{svg,png}',
	'credentials/**/*.{svg,png}',
	'nodes/**/*.node.json',
	'nodes/**/__schema__/**/*.json',
];

function clean() {
	return rm(OUTPUT, { recursive: true, force: true });
}

function types() {
	const compiler = require.resolve('typescript/bin/tsc');
	const arguments_ = [compiler, '-p', 'tsconfig.json', '--noEmit'];
	return spawn(process.execPath, arguments_, { stdio: 'inherit' });
}

async function bundle() {
	const { metafile } = await esbuild.build({
		stdin: { contents: entryPoints().map(exported).join(''), resolveDir: '.', sourcefile: 'all' },
		outfile: join(OUTPUT, `${BUNDLE}.js`),
		bundle: true,
		platform: 'node',
		format: 'cjs',
		// n8n's modules are found by `require` alone, through NODE_PATH.
		supported: { 'dynamic-import': false },
		target: TARGET,
		external: PROVIDED_BY_N8N,
		charset: 'utf8',
		legalComments: 'inline',
		metafile: true,
		logLevel: 'warning',
	});
	refuseForeignRequires(metafile);
	writeFileSync(join(OUTPUT, 'THIRD_PARTY_LICENSES.txt'), thirdPartyLicences(metafile));
	for (const entryPoint of entryPoints()) writeDoor(entryPoint);
}

/** What package.json names, as paths of sources without their ending. */
function entryPoints() {
	const { n8n } = readJson('package.json');
	return [...n8n.nodes, ...n8n.credentials].map((file) =>
		file.slice(`${OUTPUT}/`.length, -'.js'.length),
	);
}

/** n8n takes the class from a file that is called like it. */
const classIn = (entryPoint) => basename(entryPoint).split('.')[0];

const exported = (entryPoint) => `export { ${classIn(entryPoint)} } from './${entryPoint}';\n`;

/** The file that n8n loads for a node or credential, where it looks for icons and schemas too. */
function writeDoor(entryPoint) {
	const file = join(OUTPUT, `${entryPoint}.js`);
	const bundle = relative(dirname(file), join(OUTPUT, BUNDLE)).replaceAll('\\', '/');
	const name = classIn(entryPoint);
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(file, `"use strict";\nexports.${name} = require("${bundle}").${name};\n`);
}

/** esbuild leaves every Node built-in as a require; n8n Cloud allows only one of them. */
function refuseForeignRequires(metafile) {
	for (const [file, { imports }] of Object.entries(metafile.outputs)) {
		const foreign = imports.filter(
			({ path }) => !path.startsWith('.') && !PROVIDED_BY_N8N.includes(path),
		);
		if (foreign.length === 0) continue;
		throw new Error(`${file} requires ${foreign.map(({ path }) => path).join(', ')}`);
	}
}

function thirdPartyLicences(metafile) {
	const folders = Object.keys(metafile.inputs)
		.map((input) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0])
		.filter(Boolean);
	const sections = [...new Set(folders)].sort().map((folder) => {
		const { name, version, license } = readJson(join(folder, 'package.json'));
		return `${name} ${version} (${license})\n\n${licenceText(folder).trim()}\n`;
	});
	const intro = 'Code of these packages is part of the .js files in this folder.\n';
	return [intro, ...sections].join(`\n${'-'.repeat(80)}\n\n`);
}

function licenceText(folder) {
	const file = readdirSync(folder).find((entry) => /^licen[cs]e(\.|$)/i.test(entry));
	if (file) return readFileSync(join(folder, file), 'utf8');

	const { name, author, license } = readJson(join(folder, 'package.json'));
	if (license !== 'MIT') throw new Error(`${name} is bundled, but ships no licence text`);
	// Some authors only name the licence. The MIT terms are the same for all, so ours serve below their name.
	const terms = readFileSync('LICENSE.md', 'utf8').split(/^Copyright .*$/m)[1];
	return `MIT License\n\nCopyright (c) ${author?.name ?? author}${terms}`;
}

function readJson(file) {
	return JSON.parse(readFileSync(file, 'utf8'));
}

/** Keeps each file's place, so that `file:../../icons/x.svg` means the same from dist as from the sources. */
function assets() {
	// Without `encoding: false` gulp reads files as UTF-8 text and breaks PNG files.
	return src(ASSETS, { base: '.', encoding: false, allowEmpty: true }).pipe(dest(OUTPUT));
}

const emit = series(clean, bundle, assets);
const build = series(types, emit);

/** Rebuilds on every change; a type error is shown and leaves the last good dist in place. */
function follow() {
	watch(['nodes/**', 'credentials/**', 'icons/**', 'package.json'], build);
}

module.exports = {
	clean,
	types,
	bundle,
	assets,
	build,
	dev: series(build, follow),
	default: build,
};

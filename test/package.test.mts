/**
 * What a shop owner installs: the packed tarballs, of the combined package and of one shop each, away from this
 * repository. Needs `npm run build`.
 */
import { execFileSync } from 'node:child_process';
import {
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

/** n8n Cloud lets a community node load these and nothing else. */
const ALLOWED_MODULES = ['n8n-workflow', 'crypto', 'node:crypto', 'zod'];
/** Room for three shops; a jump past it means that something large slipped into the bundles. */
const MAX_UNPACKED_BYTES = 6_000_000;

/** Three builds on a busy machine. */
const BUILD_MS = 180_000;

const PROJECT = join(__dirname, '..');
const WINDOWS = process.platform === 'win32';

interface Manifest {
	name: string;
	dependencies?: Record<string, string>;
	peerDependencies?: Record<string, string>;
	n8n: { nodes: string[]; credentials: string[] };
}

interface Loaded {
	file: string;
	className: string;
	name: string;
	displayName: string;
	icons: string[];
}

/** Runs in a process of its own, where only the unpacked package and n8n-workflow are in reach. */
const LOADER = `
	const { basename, join } = require('node:path');
	const { n8n } = require(join(process.cwd(), 'package.json'));
	const loaded = [...n8n.nodes, ...n8n.credentials].map((file) => {
		const expected = basename(file).split('.')[0];
		const instance = new (require(join(process.cwd(), file))[expected])();
		const { name, displayName, icon } = instance.description ?? instance;
		const icons = typeof icon === 'object' ? Object.values(icon) : [icon];
		return { file, className: instance.constructor.name, name, displayName, icons };
	});
	console.log(JSON.stringify(loaded));
`;

/** The packages by the folder they are made in, and the shops they hold. */
const PACKAGES: Array<[string, string, string[]]> = [
	['n8n-nodes-storefronts', '.', ['PrestaShop', 'Shoper', 'InSales']],
	['n8n-nodes-prestashop', 'packages/n8n-nodes-prestashop', ['PrestaShop']],
	['n8n-nodes-shoper', 'packages/n8n-nodes-shoper', ['Shoper']],
	['n8n-nodes-insales', 'packages/n8n-nodes-insales', ['InSales']],
];

beforeAll(() => {
	execFileSync(process.execPath, [join('scripts', 'packages.mjs')], {
		cwd: PROJECT,
		stdio: 'pipe',
	});
}, BUILD_MS);

const kilobytes = (bytes: number) => `${Math.round(bytes / 1000)} kB`;

describe.each(PACKAGES)('%s', (_name, folder, holds) => {
	let scratch: string;
	let installed: string;
	let manifest: Manifest;
	let loaded: Loaded[];

	beforeAll(() => {
		scratch = mkdtempSync(join(tmpdir(), 'storefronts-package-'));
		execFileSync('npm', ['pack', '--ignore-scripts', '--pack-destination', scratch], {
			cwd: join(PROJECT, folder),
			stdio: 'pipe',
			shell: WINDOWS,
		});
		const tarball = readdirSync(scratch)[0] as string;
		execFileSync('tar', ['-xzf', tarball], { cwd: scratch });
		installed = join(scratch, 'package');
		manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as Manifest;

		const modules = join(scratch, 'modules');
		mkdirSync(modules);
		// A junction needs no special rights on Windows; elsewhere the type is ignored.
		symlinkSync(
			join(PROJECT, 'node_modules', 'n8n-workflow'),
			join(modules, 'n8n-workflow'),
			'junction',
		);
		const output = execFileSync(process.execPath, ['-e', LOADER], {
			cwd: installed,
			encoding: 'utf8',
			env: { ...process.env, NODE_PATH: modules },
		});
		loaded = JSON.parse(output) as Loaded[];

		const bytes = shipped().reduce((sum, file) => sum + statSync(join(installed, file)).size, 0);
		const packed = statSync(join(scratch, tarball)).size;
		process.stdout.write(`${tarball}: ${kilobytes(packed)} packed, ${kilobytes(bytes)} unpacked\n`);
	});

	afterAll(() => rmSync(scratch, { recursive: true, force: true }));

	function shipped(): string[] {
		return readdirSync(installed, { recursive: true, withFileTypes: true })
			.filter((entry) => entry.isFile())
			.map((entry) => join(entry.parentPath, entry.name).slice(installed.length + 1))
			.map((file) => file.replaceAll('\\', '/'));
	}

	const scripts = () => shipped().filter((file) => file.endsWith('.js'));
	/** Without comment lines: libraries write types such as import("./Matcher.js") into theirs. */
	const code = (file: string) => text(file).replace(/^\s*(\/\/|\/?\*).*$/gm, '');
	const text = (file: string) => readFileSync(join(installed, file), 'utf8');

	test('every node and credential that package.json names loads and is called like its file', () => {
		expect(loaded.map(({ file }) => file)).toEqual([
			...manifest.n8n.nodes,
			...manifest.n8n.credentials,
		]);
		for (const { file, className, name, displayName } of loaded) {
			expect(className).toBe(basename(file).split('.')[0]);
			expect(name.toLowerCase()).toBe(className.toLowerCase());
			expect(displayName).not.toBe('');
		}
	});

	test('every icon is inside the package, one for light and one for dark', () => {
		for (const { file, icons } of loaded) {
			expect(new Set(icons).size).toBe(2);
			for (const icon of icons) {
				const path = join(installed, dirname(file), icon.replace(/^file:/, ''));
				expect(path.startsWith(join(installed, 'dist'))).toBe(true);
				expect([icon, existsSync(path)]).toEqual([icon, true]);
			}
		}
	});

	test('nothing is loaded but what n8n provides and files of the package', () => {
		expect(scripts().length).toBeGreaterThan(0);
		for (const file of scripts()) {
			const required = [...code(file).matchAll(/\b(?:require|import)\(([^)]*)\)/g)];
			const names = required.map(([, argument = '']) => argument.replace(/^["'`]|["'`]$/g, ''));
			const foreign = names.filter((name) => !ALLOWED_MODULES.includes(name) && !isOwn(file, name));
			expect([file, foreign]).toEqual([file, []]);
		}
	});

	/** A relative path to another script that is shipped in dist. */
	function isOwn(file: string, name: string): boolean {
		if (!/^\.{1,2}\//.test(name)) return false;
		const target = join(dirname(file), name).replaceAll('\\', '/');
		return [`${target}.js`, `${target}/index.js`].some((path) => scripts().includes(path));
	}

	test('n8n loads few files, and one copy of the shared code for all nodes', () => {
		expect(scripts()).toHaveLength(manifest.n8n.nodes.length + manifest.n8n.credentials.length + 1);
		const holders = scripts().filter((file) => text(file).includes('var RateLimiter = class'));
		expect(holders).toEqual(['dist/storefronts.js']);
		// Readable: every source under its name, comments and all.
		expect(text('dist/storefronts.js')).toContain('// nodes/shared/http/rateLimiter.ts');
		expect(text('dist/storefronts.js')).toContain('Runs `task` when a place is free');
	});

	test('nothing is shipped but the build, the read-me and the licence', () => {
		const kinds =
			/^(dist\/.*\.(js|svg|png|json)|dist\/THIRD_PARTY_LICENSES\.txt|[^/]+\.(md|json))$/;
		const unwanted = shipped().filter((file) => !kinds.test(file) || /\.(test|map)\b/.test(file));
		expect(unwanted).toEqual([]);
		expect(shipped()).toContain('LICENSE.md');
		for (const file of scripts()) expect(text(file)).not.toContain('sourceMappingURL');
	});

	test('the licence of every bundled library is shipped', () => {
		const licences = text('dist/THIRD_PARTY_LICENSES.txt');
		const bundled = scripts().flatMap((file) =>
			[...text(file).matchAll(/^\/\/ (?:\.\.\/)*node_modules\/((?:@[^/]+\/)?[^/]+)\//gm)].map(
				([, name]) => name,
			),
		);
		// Only PrestaShop answers in XML.
		expect(bundled.includes('fast-xml-parser')).toBe(holds.includes('PrestaShop'));
		for (const name of new Set(bundled)) expect(licences).toContain(`\n${name} `);
		if (bundled.length > 0) expect(licences).toContain('Permission is hereby granted');
	});

	test('what the editor shows beside a node is shipped: docs link and output schemas', () => {
		for (const file of manifest.n8n.nodes) {
			expect(shipped()).toContain(file.replace(/\.js$/, '.json'));
		}
		const schemas = shipped().filter((file) => file.includes('/__schema__/v1.0.0/'));
		expect(schemas.length).toBeGreaterThan(0);
	});

	test('it holds what it is called after: node types, and the code of no other shop', () => {
		for (const file of manifest.n8n.nodes) {
			const codex = JSON.parse(text(file.replace(/\.js$/, '.json'))) as { node: string };
			const className = basename(file).split('.')[0] ?? '';
			const type = `${className.charAt(0).toLowerCase()}${className.slice(1)}`;
			expect(codex.node).toBe(`${manifest.name}.${type}`);
		}
		const shops = [...text('dist/storefronts.js').matchAll(/^\/\/ nodes\/([A-Z]\w+)\//gm)].map(
			([, shop]) => shop,
		);
		expect([...new Set(shops)].sort()).toEqual([...holds].sort());
	});

	test('its links lead somewhere from wherever the read-me is shown', () => {
		const links = [...text('README.md').matchAll(/\]\(([^)#]*)(#[^)]*)?\)/g)].map(
			([, link]) => link,
		);
		const files = links.filter((link) => link !== '' && !/^https:\/\//.test(link ?? ''));
		// The combined package is read in its repository, where the files are.
		for (const file of files) expect(existsSync(join(PROJECT, folder, String(file)))).toBe(true);
	});

	test('npm has nothing to install for it', () => {
		expect(manifest.dependencies ?? {}).toEqual({});
		expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
	});

	test('the package stays small', () => {
		const bytes = shipped().reduce((sum, file) => sum + statSync(join(installed, file)).size, 0);
		expect(bytes).toBeLessThan(MAX_UNPACKED_BYTES);
	});
});

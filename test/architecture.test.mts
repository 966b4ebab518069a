/** The import rules and habits that keep one shop's peculiarities out of the next one's code. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { preProcessFile } from 'typescript';

const MAX_CORE_LINES = 250;
const MAX_VENDOR_LINES = 300;
// The exception lets the core say `ShopError`, which holds one of the names by accident.
const VENDOR_NAMES = /prestashop|shoper(?!ror)|insales/i;

/** What n8n provides, and the library that gulpfile.js bundles. */
const OWN_MODULES = ['n8n-workflow', 'crypto', 'node:crypto', 'zod', 'fast-xml-parser'];

/** The core's rooms, from the ground up: a file imports from its own room and those before it. */
const CORE_ROOMS = [
	'protocol',
	'text',
	'output',
	'http',
	'reading',
	'writing',
	'pickers',
	'actions',
	'polling',
	'tools',
];

/** A shop's rooms by floor, from the ground up; every other folder is a subject such as `orders`. */
const GROUND_ROOMS = ['api', 'languages', 'writing'];
const SUBJECTS_FLOOR = GROUND_ROOMS.length;
const UPPER_FLOORS = [['pickers'], ['actions', 'triggers', 'tools'], ['vendor.ts']];
const DOORS_FLOOR = SUBJECTS_FLOOR + UPPER_FLOORS.length + 1;

/** The core files that may send requests: the door, and the login that n8n itself calls for. */
const EGRESS = ['nodes/shared/http/transport.ts', 'nodes/shared/http/loginSession.ts'];
const REQUESTS = /\bhttpRequest(WithAuthentication)?\b|\brequestWithAuthentication\b/;

/** Names handed on from another file, on one line or on several. */
const REEXPORTS = /^export (?:type )?(?:\{[^}]*\}|\*.*) from '.*'/gm;

/** Calls on n8n's execution context: shop folders hold data and pure functions, the core makes the calls. */
const CONTEXT_CALLS =
	/\bhelpers\.|\bgetNodeParameter\b|\bgetCredentials\b|\bgetWorkflowStaticData\b|\bgetInputData\b|\bgetNode\(\)|\bcontinueOnFail\b/;

// Spelt in pieces, so that this file does not find itself.
const FORBIDDEN = [
	['registry\\.', 'npmjs'],
	['registry\\.', 'yarnpkg'],
	['npm\\.pkg\\.', 'github'],
	['/wo', 'rk/'],
	['TO', 'DO'],
	['FIX', 'ME'],
	['eslint-', 'disable'],
	['ts-', '(ignore|nocheck)'],
	[': ', 'any\\b'],
	['\\bas ', 'any\\b'],
].map((parts) => new RegExp(parts.join('')));

const PROJECT = join(__dirname, '..');
const SOURCE = /\.(ts|mts|mjs|js)$/;
/** Recordings hold what shops answered, in the shops' own words. */
const NOT_OURS = /(^|\/)(node_modules|recorded|\.cache)(\/|$)/;

interface SourceFile {
	path: string;
	text: string;
}

function sources(folder: string): SourceFile[] {
	return list(folder)
		.filter((path) => SOURCE.test(path))
		.map((path) => ({ path, text: readFileSync(join(PROJECT, path), 'utf8') }));
}

/** Walks by hand, so that the thousands of folders in node_modules are never entered. */
function list(folder: string): string[] {
	return readdirSync(join(PROJECT, folder), { withFileTypes: true }).flatMap((entry) => {
		const path = posix.join(folder, entry.name);
		if (NOT_OURS.test(path)) return [];
		return entry.isDirectory() ? list(path) : [path];
	});
}

const nodes = sources('nodes');
const core = nodes.filter(({ path }) => path.startsWith('nodes/shared/'));
const vendors = nodes.filter(({ path }) => !path.startsWith('nodes/shared/'));
const vendorFolder = (path: string) => path.split('/').slice(0, 2).join('/');

/** Where each import leads: a path from the project's root, or a package name. */
function imports({ path, text }: SourceFile): string[] {
	return preProcessFile(text, true, true).importedFiles.map(({ fileName }) =>
		fileName.startsWith('.') ? posix.join(dirname(path), fileName) : fileName,
	);
}

/** How high a file stands in its own house. */
function floorOf(path: string): number {
	const [, house, room = ''] = path.split('/');
	if (house === 'shared') return CORE_ROOMS.indexOf(room);
	if (room.endsWith('.node.ts')) return DOORS_FLOOR;
	const upper = UPPER_FLOORS.findIndex((rooms) => rooms.includes(room));
	if (upper >= 0) return SUBJECTS_FLOOR + 1 + upper;
	return GROUND_ROOMS.includes(room) ? GROUND_ROOMS.indexOf(room) : SUBJECTS_FLOOR;
}

const nodePaths = new Set(nodes.map(({ path }) => path));

/** Files of `nodes/` that a file imports; type imports count. */
function neighbours(file: SourceFile): string[] {
	return imports(file).flatMap((to) => {
		const found = [`${to}.ts`, `${to}/index.ts`].find((path) => nodePaths.has(path));
		return found === undefined ? [] : [found];
	});
}

/** A way from a file back to itself, or `undefined`. */
function circle(): string[] | undefined {
	const ways = new Map(nodes.map((file) => [file.path, neighbours(file)]));
	const done = new Set<string>();
	const walk = (path: string, trail: string[]): string[] | undefined => {
		if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path];
		if (done.has(path)) return undefined;
		for (const next of ways.get(path) ?? []) {
			const found = walk(next, [...trail, path]);
			if (found) return found;
		}
		done.add(path);
		return undefined;
	};
	for (const path of ways.keys()) {
		const found = walk(path, []);
		if (found) return found;
	}
	return undefined;
}

/** `path: what` for everything found, so that a failure names the place. */
const findings = (files: SourceFile[], look: (file: SourceFile) => string[]) =>
	files.flatMap((file) => look(file).map((what) => `${file.path}: ${what}`));

const matching = (pattern: RegExp) => (file: SourceFile) =>
	file.text
		.split('\n')
		.flatMap((line, index) => (pattern.test(line) ? [`line ${index + 1}: ${line.trim()}`] : []));

test('there is a core and at least one shop to look at', () => {
	expect(core.length).toBeGreaterThan(0);
	expect(vendors.length).toBeGreaterThan(0);
});

describe('the core', () => {
	test('imports nothing outside itself', () => {
		const strangers = findings(core, (file) =>
			imports(file).filter((to) => !to.startsWith('nodes/shared/') && !OWN_MODULES.includes(to)),
		);
		expect(strangers).toEqual([]);
	});

	test('names no shop system', () => {
		expect(findings(core, matching(VENDOR_NAMES))).toEqual([]);
		expect(core.filter(({ path }) => VENDOR_NAMES.test(path))).toEqual([]);
	});

	test('sends requests from one file only', () => {
		const others = nodes.filter(({ path }) => !EGRESS.includes(path));
		expect(findings(others, matching(REQUESTS))).toEqual([]);
	});
});

describe('the rooms', () => {
	test('every file of the core stands in one', () => {
		expect(core.map(({ path }) => path).filter((path) => floorOf(path) < 0)).toEqual([]);
	});

	test('are entered from above only', () => {
		const climbs = findings(nodes, (file) =>
			neighbours(file).filter(
				(to) => vendorFolder(to) === vendorFolder(file.path) && floorOf(to) > floorOf(file.path),
			),
		);
		expect(climbs).toEqual([]);
	});

	test('no imports lead in a circle', () => {
		expect(circle()).toBeUndefined();
	});

	test('what a file needs is imported from where it stands, not through a third file', () => {
		expect(findings(nodes, ({ text }) => text.match(REEXPORTS) ?? [])).toEqual([]);
	});
});

describe('a shop', () => {
	test('imports only its own folder and the core', () => {
		const strangers = findings(vendors, (file) =>
			imports(file).filter(
				(to) =>
					!to.startsWith(`${vendorFolder(file.path)}/`) &&
					!to.startsWith('nodes/shared/') &&
					!OWN_MODULES.includes(to),
			),
		);
		expect(strangers).toEqual([]);
	});

	test("touches n8n's execution context only in its node classes", () => {
		const plain = vendors.filter(({ path }) => !path.endsWith('.node.ts'));
		expect(findings(plain, matching(CONTEXT_CALLS))).toEqual([]);
	});
});

test('files stay short enough to read', () => {
	const lines = ({ text }: SourceFile) => text.trimEnd().split('\n').length;
	const tooLong = (limit: number) => (file: SourceFile) =>
		lines(file) > limit ? [`${lines(file)} lines, ${limit} allowed`] : [];
	expect([
		...findings(core, tooLong(MAX_CORE_LINES)),
		...findings(vendors, tooLong(MAX_VENDOR_LINES)),
	]).toEqual([]);
});

test('types are told honestly', () => {
	expect(findings(nodes, matching(/\bas unknown as\b/))).toEqual([]);
});

test('no file waives a rule, leaves work undone or names a machine', () => {
	const everything = ['nodes', 'credentials', 'test', 'sandbox', 'scripts'].flatMap(sources);
	const found = FORBIDDEN.flatMap((forbidden) => findings(everything, matching(forbidden)));
	expect(found).toEqual([]);
});

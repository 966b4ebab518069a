/**
 * Cuts one package per shop out of this repository: `npm run packages`. n8n verifies packages that serve one
 * service; what a shop's package holds is the shop's own folder, the core, and what belongs to them.
 *
 * Each is made in packages/<name>, built and packed there, and nothing of it is committed. With `--check` each
 * passes n8n's linter and its scanner as well.
 */
import { execFileSync } from 'node:child_process';
import {
	cpSync,
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
const OUTPUT = join(ROOT, 'packages');
const combined = readJson(join(ROOT, 'package.json'));
/** Where the guides can be read; the packages carry their texts, but links between guides lead there. */
const DOCS = `${combined.repository.url.replace(/^git\+|\.git$/g, '')}/blob/main/docs/`;

/** What every package takes over as it is. */
const COMMON = [
	'LICENSE.md',
	'CHANGELOG.md',
	'SECURITY.md',
	'.npmrc',
	'eslint.config.mjs',
	'gulpfile.js',
	'tsconfig.json',
	'nodes/shared',
];

function readJson(file) {
	return JSON.parse(readFileSync(file, 'utf8'));
}

function writeJson(file, value) {
	writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);
}

/** The shops are the folders of nodes/ that say what the core has to know of them. */
function shops() {
	return readdirSync(join(ROOT, 'nodes')).filter((folder) =>
		existsSync(join(ROOT, 'nodes', folder, 'vendor.ts')),
	);
}

const packageName = (shop) => `n8n-nodes-${shop.toLowerCase()}`;

/** The part of the combined package.json that belongs to one shop. */
function manifest(shop, everyShop) {
	const { nodes, credentials, ...n8n } = combined.n8n;
	const others = everyShop.filter((other) => other !== shop).map((other) => other.toLowerCase());
	return {
		...combined,
		name: packageName(shop),
		description: `n8n nodes for ${shop}: orders, customers, products and stock, with triggers that do not miss orders`,
		keywords: combined.keywords.filter((keyword) => !others.includes(keyword)),
		scripts: { build: 'gulp build', lint: combined.scripts.lint },
		n8n: {
			...n8n,
			credentials: credentials.filter((file) => file.endsWith(`/${shop}Api.credentials.js`)),
			nodes: nodes.filter((file) => file.startsWith(`dist/nodes/${shop}/`)),
		},
	};
}

/** Node types are called after their package: in the codex and in workflows. */
function renameTypes(text, name) {
	return text.replaceAll(`"${combined.name}.`, `"${name}.`);
}

function renameTypesIn(folder, ending, name) {
	for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
		if (!entry.isFile() || !entry.name.endsWith(ending)) continue;
		const file = join(entry.parentPath, entry.name);
		writeFileSync(file, renameTypes(readFileSync(file, 'utf8'), name));
	}
}

/** Templates whose shop nodes are all of this shop. */
function templatesOf(shop) {
	const types = combined.n8n.nodes
		.filter((file) => file.startsWith(`dist/nodes/${shop}/`))
		.map((file) => typeOf(file));
	return readdirSync(join(ROOT, 'workflows')).filter((file) => {
		if (!file.endsWith('.json')) return false;
		const { nodes } = readJson(join(ROOT, 'workflows', file));
		const ours = nodes
			.map(({ type }) => type)
			.filter((type) => type.startsWith(`${combined.name}.`))
			.map((type) => type.slice(combined.name.length + 1).replace(/Tool$/, ''));
		return ours.length > 0 && ours.every((type) => types.includes(type));
	});
}

/** The name of a node type, from the file of its class: the class's name with a small first letter. */
function typeOf(file) {
	const name = /([^/]+)\.node\.js$/.exec(file)[1];
	return name[0].toLowerCase() + name.slice(1);
}

/** The read-me of a shop's package: its guide, with links that work from everywhere. */
function readme(shop) {
	const guide = readFileSync(join(ROOT, 'docs', `${shop.toLowerCase()}.md`), 'utf8');
	const [, text] = /^# .*\n([^]*)$/.exec(guide);
	const linked = text.replaceAll(/\]\((?!https?:|#)([^)]+)\)/g, (_match, path) => {
		return `](${new URL(path, DOCS).href})`;
	});
	return [
		`# ${packageName(shop)}`,
		`n8n nodes for **${shop}**: an action node, a polling trigger that does not miss orders, and a credential whose test says what is wrong.`,
		'## Install',
		`In n8n: **Settings > Community nodes > Install**, package \`${packageName(shop)}\`.`,
		`Whoever has \`${combined.name}\` installed, which holds the same nodes for several shops, needs this package only to [change over](${DOCS}changing-over.md).`,
		'## Guide',
		linked.trim().replaceAll(/^(#+) /gm, '#$1 '),
		'## License',
		'[MIT](LICENSE.md). Code of other packages inside the build: dist/THIRD_PARTY_LICENSES.txt.',
		'',
	].join('\n\n');
}

function cut(shop, everyShop) {
	const name = packageName(shop);
	const folder = join(OUTPUT, name);
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	const take = (path) => cpSync(join(ROOT, path), join(folder, path), { recursive: true });
	const icons = readdirSync(join(ROOT, 'icons')).filter((file) =>
		file.startsWith(shop.toLowerCase()),
	);
	for (const path of [
		...COMMON,
		`nodes/${shop}`,
		`credentials/${shop}Api.credentials.ts`,
		...icons.map((file) => `icons/${file}`),
		...templatesOf(shop).map((file) => `workflows/${file}`),
	]) {
		take(path);
	}
	renameTypesIn(join(folder, 'nodes'), '.node.json', name);
	renameTypesIn(join(folder, 'workflows'), '.json', name);
	writeJson(join(folder, 'package.json'), manifest(shop, everyShop));
	writeFileSync(join(folder, 'README.md'), readme(shop));
	symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction');
	return folder;
}

function run(folder, file, ...commandLine) {
	const script = join(ROOT, 'node_modules', ...file.split('/'));
	execFileSync(process.execPath, [script, ...commandLine], { cwd: folder, stdio: 'inherit' });
}

/** The types were checked where the sources are at home. */
function build(folder) {
	run(folder, 'gulp/bin/gulp.js', '--silent', '--series', 'clean', 'bundle', 'assets');
	const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
	const shell = process.platform === 'win32';
	execFileSync(
		npm,
		['pack', '--ignore-scripts', '--offline', '--silent', '--pack-destination', OUTPUT],
		{ cwd: folder, stdio: ['ignore', 'ignore', 'inherit'], shell },
	);
}

function check(folder) {
	run(folder, '@n8n/node-cli/bin/n8n-node.mjs', 'lint');
	execFileSync(process.execPath, [join(ROOT, 'scripts', 'scan.mjs'), folder], { stdio: 'inherit' });
}

const everyShop = shops();
for (const shop of everyShop) {
	const folder = cut(shop, everyShop);
	build(folder);
	if (process.argv.includes('--check')) check(folder);
	console.log(`made ${relative(ROOT, folder)}`);
}

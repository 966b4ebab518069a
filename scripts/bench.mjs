/**
 * Builds and runs the measurements in bench/ (`npm run bench`, `npm run bench -- shoper`). With `--write`
 * their tables take the places of those in bench/README.md.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import path from 'node:path';
import esbuild from 'esbuild';
import { fill } from '../test/support/generatedTables.mts';

const root = path.join(import.meta.dirname, '..');
const readme = path.join(root, 'bench/README.md');
const chosen = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const isKept = process.argv.includes('--write');

/** The sandbox finds its data beside its files, so Node loads it from where it is. */
const sandboxStaysInPlace = {
	name: 'sandbox-stays-in-place',
	setup({ onResolve }) {
		onResolve({ filter: /\/sandbox\// }, ({ path: target, resolveDir }) => ({
			path: path.resolve(resolveDir, target),
			external: true,
		}));
	},
};

for await (const file of glob('bench/*.bench.mts', { cwd: root })) {
	const name = path.basename(file, '.bench.mts');
	if (chosen.length > 0 && !chosen.includes(name)) continue;
	const outfile = path.join(root, '.cache', 'bench', `${name}.cjs`);
	await esbuild.build({
		entryPoints: [path.join(root, file)],
		outfile,
		bundle: true,
		platform: 'node',
		format: 'cjs',
		packages: 'external',
		plugins: [sandboxStaysInPlace],
		logLevel: 'warning',
	});
	const { status, stdout } = spawnSync(process.execPath, ['--expose-gc', outfile], {
		stdio: ['inherit', 'pipe', 'inherit'],
		encoding: 'utf8',
		cwd: root,
	});
	console.log(`${name}: ${stdout}`);
	if (status !== 0) process.exitCode = status ?? 1;
	else if (isKept) {
		writeFileSync(readme, fill(readFileSync(readme, 'utf8'), name, stdout.trim()));
	}
}

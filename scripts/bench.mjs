/** Builds and runs the measurements in bench/ (`npm run bench`). */
import { spawnSync } from 'node:child_process';
import { glob } from 'node:fs/promises';
import path from 'node:path';
import esbuild from 'esbuild';

const root = path.join(import.meta.dirname, '..');

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
	const outfile = path.join(root, '.cache', 'bench', `${path.basename(file, '.mts')}.cjs`);
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
	const { status } = spawnSync(process.execPath, ['--expose-gc', outfile], {
		stdio: 'inherit',
		cwd: root,
	});
	if (status !== 0) process.exitCode = status ?? 1;
}

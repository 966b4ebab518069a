/** Rewrites the generated tables in docs/operations.md and the output schemas (`npm run docs`). */
import { spawnSync } from 'node:child_process';

const { status } = spawnSync(
	process.execPath,
	['node_modules/jest/bin/jest.js', 'test/docs', 'test/schemas'],
	{
		stdio: 'inherit',
		env: { ...process.env, UPDATE_DOCS: '1' },
	},
);
process.exitCode = status ?? 1;

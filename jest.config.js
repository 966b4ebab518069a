// Failures under test would fill the screen with n8n's own log lines.
process.env.N8N_LOG_LEVEL = 'silent';

// Random tests take fresh values in each run; SEED repeats those of another (docs/contributing.md).
if (!process.env.SEED) {
	process.env.SEED = String(Math.floor(Math.random() * 2 ** 31));
	process.stderr.write(`Random values from SEED=${process.env.SEED}\n`);
}

/** @type {import('jest').Config} */
module.exports = {
	testEnvironment: '<rootDir>/test/support/environment.js',
	moduleNameMapper: { '^n8n-(core|workflow)$': '<rootDir>/test/support/n8n-$1.js' },
	// Long enough for a busy machine, short enough to name a test that hangs; the few long ones set
	// their own.
	testTimeout: 60_000,
	// A worker that holds nothing needs more than Jest's half second to end on a busy machine; one that
	// holds a handle is still told of.
	workerGracefulExitTimeout: 10_000,
	// Jest looks these up in the test's own global object each time, about 100 times slower.
	sandboxInjectedGlobals: ['Array', 'JSON', 'Math', 'Number', 'Object', 'String'],
	roots: ['<rootDir>/test'],
	testMatch: ['**/*.test.mts'],
	testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/e2e/'],
	moduleFileExtensions: ['ts', 'mts', 'js', 'json', 'node'],
	transform: {
		'\\.m?ts$': [
			'@swc/jest',
			{
				jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
				module: { type: 'commonjs' },
			},
		],
	},
};

/**
 * The suite against a real shop: `npm run test:live` (docs/live-tests.md). Its files do not end in
 * `.test.mts`, so that no other run picks them up.
 *
 * @type {import('jest').Config}
 */
module.exports = {
	...require('./jest.config.js'),
	roots: ['<rootDir>/test/live'],
	testMatch: ['**/*.live.mts'],
	testPathIgnorePatterns: ['/node_modules/'],
	maxWorkers: 1,
	testTimeout: 180_000,
	verbose: true,
};

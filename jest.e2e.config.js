/**
 * The suite in a real n8n: `npm run test:e2e`. One n8n and one sandbox shop serve all files, so they
 * run one after the other.
 *
 * @type {import('jest').Config}
 */
module.exports = {
	...require('./jest.config.js'),
	roots: ['<rootDir>/test/e2e'],
	testPathIgnorePatterns: ['/node_modules/'],
	globalSetup: '<rootDir>/test/e2e/support/globalSetup.mts',
	globalTeardown: '<rootDir>/test/e2e/support/globalTeardown.mts',
	maxWorkers: 1,
	testTimeout: 120_000,
};

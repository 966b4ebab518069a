/**
 * Node's environment, with n8n's own packages loaded once per worker: anew for each test file they
 * would take a second and some fifty megabytes each. All else is fresh in each file.
 */
const { TestEnvironment } = require('jest-environment-node');

const NATIVE_ERRORS = [
	'EvalError',
	'RangeError',
	'ReferenceError',
	'SyntaxError',
	'TypeError',
	'URIError',
];

module.exports = class extends TestEnvironment {
	constructor(...config) {
		super(...config);
		const { global } = this;
		// n8n's errors are made outside: tests and nodes have to know them for errors.
		for (const name of NATIVE_ERRORS) {
			Object.setPrototypeOf(global[name].prototype, Error.prototype);
		}
		global.Error = Error;
		/** What test/support/n8n-*.js stand for. */
		global.loadN8nPackage = (name) => require(name);
	}
};

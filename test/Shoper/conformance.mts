import { ShoperApi } from '../../credentials/ShoperApi.credentials.ts';
import { Shoper } from '../../nodes/Shoper/Shoper.node.ts';
import { resources } from '../../nodes/Shoper/actions/index.ts';
import { SHOPER_ADMINS, SHOPER_TOKENS, startShoperSandbox } from '../../sandbox/shoper/shop.mts';
import type { ConformanceSuite } from '../conformance.test.mts';
import { loginCredentials, tokenCredentials } from './fixtures.mts';

/** Tokens of the sandbox shop, by what they may do. */
const TOKENS: Readonly<Record<string, string>> = SHOPER_TOKENS;

/** A bucket that never makes a test wait. */
const LARGE_BUCKET = { limit: 1000, perSecond: 1000 };

export const suite: ConformanceSuite = {
	versions: ['5.26'],
	resources: resources as unknown as ConformanceSuite['resources'],
	start: async () => {
		const shop = await startShoperSandbox({ bucket: LARGE_BUCKET });
		return {
			// `login` is the help desk's administrator; everything else is a token, by name or as it is.
			bench: (key) => ({
				node: new Shoper(),
				credentialType: new ShoperApi(),
				credentials:
					key === 'login'
						? loginCredentials(shop, SHOPER_ADMINS.helpdesk)
						: tokenCredentials(shop, TOKENS[key] ?? key),
			}),
			requests: () =>
				shop.control
					.requests()
					.map(({ method, path }) => `${method} ${path.replace('/webapi/rest', '')}`),
			forget: () => shop.control.clearRequests(),
			prepare: (steps) => {
				for (const { verb, ...argument } of steps) {
					const verbs = shop.control as unknown as Record<string, (argument: unknown) => unknown>;
					const run = verbs[String(verb)];
					if (!run) throw new Error(`The sandbox has no verb "${String(verb)}".`);
					run.call(shop.control, argument);
				}
			},
			close: async () => await shop.close(),
		};
	},
};

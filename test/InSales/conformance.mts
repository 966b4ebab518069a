import { InSalesApi } from '../../credentials/InSalesApi.credentials.ts';
import { InSales } from '../../nodes/InSales/InSales.node.ts';
import { resources } from '../../nodes/InSales/actions/index.ts';
import { INSALES_KEYS, startInSalesSandbox } from '../../sandbox/insales/shop.mts';
import type { ConformanceSuite } from '../conformance.test.mts';

/** InSales has one version: the one that runs. */
export const INSALES_VERSIONS: readonly string[] = ['current'];

export const suite: ConformanceSuite = {
	versions: INSALES_VERSIONS,
	resources: resources as unknown as ConformanceSuite['resources'],
	start: async () => {
		const shop = await startInSalesSandbox();
		return {
			bench: (key) => {
				const access = INSALES_KEYS[key as keyof typeof INSALES_KEYS];
				if (!access) throw new Error(`The sandbox has no key "${key}".`);
				return {
					node: new InSales(),
					credentialType: new InSalesApi(),
					credentials: {
						shopUrl: shop.url,
						identifier: access.identifier,
						password: access.password,
					},
				};
			},
			requests: () => shop.control.requests().map(({ method, path }) => `${method} ${path}`),
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

import { PrestaShopApi } from '../../credentials/PrestaShopApi.credentials.ts';
import { PrestaShop } from '../../nodes/PrestaShop/PrestaShop.node.ts';
import { resources } from '../../nodes/PrestaShop/actions/index.ts';
import { startPrestaShopSandbox } from '../../sandbox/prestashop/shop.mts';
import type { PrestaShopVersion } from '../../sandbox/prestashop/shop.mts';
import type { ConformanceSuite } from '../conformance.test.mts';

/** Keys of the sandbox shop, by what they may do. */
export const KEYS: Readonly<Record<string, string>> = {
	/** Exactly the rights of the AI assistant's permission document. */
	limited: 'LIMITEDN8NKEY0000000000000000002',
	full: 'FULLACCESSKEY0000000000000000001',
	products: 'PRODUCTSREADKEY00000000000000004',
};

export const PRESTASHOP_VERSIONS: readonly PrestaShopVersion[] = [
	'1.6.1.24',
	'1.7.8.11',
	'8.2.1',
	'9.1.4',
];

export const suite: ConformanceSuite = {
	versions: PRESTASHOP_VERSIONS,
	resources: resources as unknown as ConformanceSuite['resources'],
	start: async (version) => {
		const shop = await startPrestaShopSandbox({ version: version as PrestaShopVersion });
		return {
			bench: (key) => ({
				node: new PrestaShop(),
				credentialType: new PrestaShopApi(),
				credentials: { shopUrl: shop.url, apiKey: KEYS[key] ?? key, timezone: 'Europe/Warsaw' },
			}),
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

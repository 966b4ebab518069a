import { ShopClock } from '../shared/clock.mts';
import { answerControl } from '../shared/controlEndpoint.mts';
import { startLoopbackServer } from '../shared/http.mts';
import { PrestaShopControl } from './control.mts';
import { controlVerbs } from './controlVerbs.mts';
import { answerSite } from './site.mts';
import { ShopState } from './shopState.mts';
import type { PrestaShopVersion } from './versions.mts';

export type { PrestaShopVersion } from './versions.mts';
export { PrestaShopControl } from './control.mts';

export interface PrestaShopSandboxOptions {
	/** 8.2.1 unless told. */
	version?: PrestaShopVersion;
	/** 0 (default) takes any free port. */
	port?: number;
	/** Epoch milliseconds where the shop's clock starts; it then runs in real time unless frozen. */
	now?: number;
	/** Europe/Warsaw unless told. */
	timezone?: string;
	/** No demo orders and customers. */
	empty?: boolean;
}

/** A running sandbox shop. */
export interface PrestaShopSandbox {
	/** Shop base, `http://127.0.0.1:PORT`: `/api`, `/webservice/dispatcher.php` and the page at `/`. */
	url: string;
	control: PrestaShopControl;
	/** Stops the shop and cuts open connections. */
	close(): Promise<void>;
}

/** Starts a sandbox PrestaShop on 127.0.0.1: in process for tests, or as the demo shop. */
export async function startPrestaShopSandbox(
	options: PrestaShopSandboxOptions = {},
): Promise<PrestaShopSandbox> {
	const shop = new ShopState(new ShopClock(options.timezone ?? 'Europe/Warsaw', options.now));
	const version = options.version ?? '8.2.1';
	shop.reset(version, options.empty ?? false);
	const control = new PrestaShopControl(shop, { version, empty: options.empty ?? false });
	const verbs = controlVerbs(control, shop);
	const server = await startLoopbackServer(
		options.port ?? 0,
		async (request) => (await answerControl(request, verbs)) ?? (await answerSite(shop, request)),
	);
	const host = `127.0.0.1:${server.port}`;
	shop.settings.canonicalHost = host;
	shop.home = host;
	return { url: `http://${host}`, control, close: () => server.close() };
}

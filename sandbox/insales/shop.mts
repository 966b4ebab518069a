import { ShopClock } from '../shared/clock.mts';
import { answerControl } from '../shared/controlEndpoint.mts';
import { startLoopbackServer } from '../shared/http.mts';
import { InSalesControl } from './control.mts';
import { controlVerbs } from './controlVerbs.mts';
import { ShopState } from './shopState.mts';
import { answerSite } from './site.mts';

export { InSalesControl } from './control.mts';
export { INSALES_KEYS } from './keys.mts';

export interface InSalesSandboxOptions {
	/** 0 (default) takes any free port. */
	port?: number;
	/** Epoch milliseconds where the shop's clock starts; it then runs in real time unless frozen. */
	now?: number;
	/** No demo orders and customers. */
	empty?: boolean;
}

/** A running sandbox shop. */
export interface InSalesSandbox {
	/** Shop base, `http://127.0.0.1:PORT`: `/admin/….json` and the page at `/`. */
	url: string;
	control: InSalesControl;
	/** Stops the shop and cuts open connections. */
	close(): Promise<void>;
}

/** Starts a sandbox InSales shop on 127.0.0.1: in process for tests, or as the demo shop. */
export async function startInSalesSandbox(
	options: InSalesSandboxOptions = {},
): Promise<InSalesSandbox> {
	const shop = new ShopState(new ShopClock('Europe/Moscow', options.now));
	const control = new InSalesControl(shop, options.empty ?? false);
	const verbs = controlVerbs(control, shop);
	const server = await startLoopbackServer(
		options.port ?? 0,
		async (request) => (await answerControl(request, verbs)) ?? (await answerSite(shop, request)),
	);
	shop.home = `127.0.0.1:${server.port}`;
	// The account names the host, so the data are put in when it is known.
	shop.reset(options.empty ?? false);
	return { url: `http://${shop.home}`, control, close: () => server.close() };
}

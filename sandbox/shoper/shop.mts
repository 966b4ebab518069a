import { ShopClock } from '../shared/clock.mts';
import { answerControl } from '../shared/controlEndpoint.mts';
import { startLoopbackServer } from '../shared/http.mts';
import type { BucketSettings } from './bucket.mts';
import { ShoperControl } from './control.mts';
import { controlVerbs } from './controlVerbs.mts';
import { ShopState } from './shopState.mts';
import { answerSite } from './site.mts';

export { ShoperControl } from './control.mts';
export { SHOPER_ADMINS, SHOPER_TOKENS } from './keys.mts';

export interface ShoperSandboxOptions {
	/** 0 (default) takes any free port. */
	port?: number;
	/** Epoch milliseconds where the shop's clock starts; it then runs in real time unless frozen. */
	now?: number;
	/** Europe/Warsaw unless told. */
	timezone?: string;
	/** No demo orders and customers; the catalogue stays. */
	empty?: boolean;
	/** The bucket that `reset` puts back; 10 calls and 2 per second unless told. */
	bucket?: BucketSettings;
}

/** A running sandbox shop. */
export interface ShoperSandbox {
	/** Shop base, `http://127.0.0.1:PORT`: `/webapi/rest` and the page at `/`. */
	url: string;
	control: ShoperControl;
	/** Stops the shop and cuts open connections. */
	close(): Promise<void>;
}

/** Starts a sandbox Shoper shop on 127.0.0.1: in process for tests, or as the demo shop. */
export async function startShoperSandbox(
	options: ShoperSandboxOptions = {},
): Promise<ShoperSandbox> {
	const clock = new ShopClock(options.timezone ?? 'Europe/Warsaw', options.now);
	const shop = new ShopState(clock, options.bucket);
	const control = new ShoperControl(shop, options.empty ?? false);
	const verbs = controlVerbs(control, shop);
	const server = await startLoopbackServer(
		options.port ?? 0,
		async (request) => (await answerControl(request, verbs)) ?? (await answerSite(shop, request)),
	);
	shop.home = `127.0.0.1:${server.port}`;
	// Records hold links, so they come when the address is known.
	control.reset();
	return { url: `http://${shop.home}`, control, close: () => server.close() };
}

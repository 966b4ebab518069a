/** The shops whose triggers are put to the torture: one entry each. */
import { startPrestaShopSandbox } from '../../../../sandbox/prestashop/shop.mts';
import { KEYS } from '../world.mts';

/** A sandbox shop of its own for one scenario, with what a scenario does to it. */
export interface TortureShop {
	readonly url: string;
	/** A customer places an order. Gives its ID. */
	placeOrder(): string;
	/** The shop owner gives an order another status. */
	changeStatus(orderId: string, status: 'processing' | 'shipped'): void;
	/** Every request gets the answer 500. */
	breakDown(): void;
	/** The next request for what is new never gets an answer. */
	fallSilent(): void;
	recover(): void;
	/** Requests so far. */
	requests(): ShopRequest[];
	close(): Promise<void>;
}

export interface ShopRequest {
	path: string;
	status: number;
	bytes: number;
}

export interface TortureEntry {
	/** Name in the tables. */
	name: string;
	/** Node type of the trigger; its events are `orderCreated` and `orderStatusChanged`. */
	trigger: string;
	credential: { type: string; data(shopUrl: string): Record<string, unknown> };
	/** IDs of the two statuses that `changeStatus` knows. */
	statusIds: { processing: string; shipped: string };
	/** What a test event of an empty shop is answered with. */
	nothingYet: RegExp;
	/** Whether a request is the one by which a poll looks for new orders and changed statuses. */
	isPoll(request: ShopRequest): boolean;
	/** Starts a sandbox shop; `empty`: one in which nothing was ever ordered. */
	open(options: { empty: boolean }): Promise<TortureShop>;
}

const PRESTASHOP_STATES = { processing: '3', shipped: '4' };

const prestaShop: TortureEntry = {
	name: 'PrestaShop',
	trigger: 'n8n-nodes-storefronts.prestaShopTrigger',
	credential: {
		type: 'prestaShopApi',
		data: (shopUrl) => ({
			shopUrl,
			apiKey: KEYS.limited,
			// The key may not read it, and "Start From" needs it.
			timezone: 'Europe/Warsaw',
		}),
	},
	statusIds: PRESTASHOP_STATES,
	nothingYet: /nothing that matches yet/,
	isPoll: ({ path }) => path.includes('/api/order_histories?') && path.includes('filter[id]=>'),
	open: async ({ empty }) => {
		const { url, control, close } = await startPrestaShopSandbox({ empty });
		return {
			url,
			placeOrder: () => String(control.placeOrder().id),
			changeStatus: (orderId, status) => {
				const stateId = Number(PRESTASHOP_STATES[status]);
				control.changeState({ orderId: Number(orderId), stateId });
			},
			breakDown: () => control.addFault({ kind: 'status', status: 500, times: 0 }),
			fallSilent: () =>
				control.addFault({ kind: 'timeout', match: { pathIncludes: '/order_histories' } }),
			recover: () => control.clearFaults(),
			requests: () => control.requests(),
			close,
		};
	},
};

export const torturedShops: readonly TortureEntry[] = [prestaShop];

/** The shops whose triggers are put to the torture: one entry each. */
import { inSales } from './shops/insales.mts';
import { prestaShop } from './shops/prestashop.mts';
import { shoper } from './shops/shoper.mts';

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
	/** Whether several changes of an order between two polls are all told, or show as one. */
	tellsEveryStatus: boolean;
	/** Whether a request is the one by which a poll looks for new orders and changed statuses. */
	isPoll(request: ShopRequest): boolean;
	/** Bytes of the largest answer that counts as a small one, when a poll finds nothing new. */
	idleBytes: number;
	/** What is played unless E2E_TORTURE_FULL asks for everything, by the IDs of set-ups. */
	plays: {
		everything: readonly string[];
		/** Only what has to do with the end of n8n. */
		outages: readonly string[];
	};
	/** Starts a sandbox shop; `empty`: one in which nothing was ever ordered. */
	open(options: { empty: boolean }): Promise<TortureShop>;
}

export const torturedShops: readonly TortureEntry[] = [prestaShop, shoper, inSales];

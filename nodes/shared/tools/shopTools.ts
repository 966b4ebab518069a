import type { IDataObject } from 'n8n-workflow';

import type { Step } from './perform';
import type { Resource } from '../actions/operation';
import type { Phase } from '../output/orderShape';
import type { OrdersRead } from '../output/statistics';
import type { Shop } from '../reading/shop';
import type { Period } from '../text/period';

/** A status orders can have. */
export interface ToolStatus {
	id: string;
	/** In every language; the first is shown. */
	names: readonly string[];
	phase: Phase;
}

/** A delivery or payment method, a language or a currency. */
export interface ToolFact {
	id: string;
	name: string;
}

export type FactKind = 'delivery' | 'payment' | 'languages' | 'currencies';

/** What orders are searched by; what is absent does not count. */
export interface OrderSearch {
	email?: string;
	/** Any of these; never empty. */
	statuses?: readonly ToolStatus[];
	paid?: boolean;
	period: Period;
	/** Orders that are shown. */
	limit: number;
}

export interface OrdersFound {
	/** Simplified, the newest first; may hold more than is shown, and such as do not fit. */
	orders: IDataObject[];
	/** Orders that fit in all, where the shop tells; absent when `orders` are all there are. */
	total?: number;
	/** Whether there may be more than `total`. */
	isAtLeast?: boolean;
	/** What was looked through, when it was not the whole shop: "the newest 250 orders". */
	within?: string;
}

/** A product as tools show it. */
export interface ToolProduct {
	id: string;
	sku: string | null;
	name: string | null;
	active: boolean | null;
	/** With tax. */
	price: number | null;
	currency?: string | null;
	/** Pieces of all variants; `null`: not counted or not read. */
	stock: number | null;
	purchasePrice?: number | null;
	/** Absent: not read. */
	variants?: readonly ToolVariant[];
}

export interface ToolVariant {
	id: string;
	sku: string | null;
	/** "Size M, Red". */
	name: string;
	stock: number | null;
}

export interface ProductSearch {
	text: string;
	/** Only those shown in the shop. */
	activeOnly: boolean;
	/** Products that are shown. */
	limit: number;
	/** Language as the shop knows it; empty: the main one. */
	language: string;
}

/** A customer with what they bought. */
export interface ToolCustomer {
	/** Simplified. */
	customer: IDataObject;
	/** Orders and what they came to, by currency; absent: not read. */
	orders?: OrdersRead;
}

export interface OrderChange {
	/** Simplified, as it was found. */
	order: IDataObject;
	status?: ToolStatus;
	trackingNumber?: string;
	note?: string;
	/** Whether the shop mails the customer; `undefined`: nobody said. */
	notify?: boolean;
}

export interface ProductChange {
	product: string;
	/** Whose stock it is, where a product has variants. */
	variant?: string;
	language?: string;
	name?: string;
	description?: string;
	/** With a decimal point. */
	price?: string;
	active?: boolean;
	stock?: number;
	stockChange?: number;
}

export interface CustomerChange {
	/** What the customer was found by: an e-mail address or an ID. */
	named: string;
	id: string;
	firstName?: string;
	lastName?: string;
	email?: string;
	note?: string;
}

export interface NewOrder {
	lines: ReadonlyArray<{ sku: string; quantity: number }>;
	email: string;
	firstName?: string;
	lastName?: string;
	phone?: string;
	delivery: ToolFact;
	payment: ToolFact;
	street?: string;
	postcode?: string;
	city?: string;
	country?: string;
	note?: string;
}

/**
 * What the tools need of a shop. Reads use what the operations use; changes are said as uses of
 * operations, so that nothing is written in a second way.
 */
export interface ShopTools<R> {
	resources: ReadonlyArray<Resource<R>>;
	/** Who decides whether customers get a mail: the call, the setting of each status, or the shop alone. */
	mailIsDecidedBy: 'call' | 'status' | 'shop';
	/** Rights each tool needs, in the shop's words. */
	needs: Readonly<Record<string, readonly string[]>>;
	/** Zone of the shop's clock, when it is known. */
	zone(shop: Shop<R>): Promise<string | undefined>;
	statuses(shop: Shop<R>): Promise<ToolStatus[]>;
	facts(shop: Shop<R>, kind: FactKind, language: string): Promise<ToolFact[]>;
	findOrders(shop: Shop<R>, search: OrderSearch, language: string): Promise<OrdersFound>;
	/**
	 * Orders called so: by number, reference or ID, simplified. Throws `NotFoundError`, and `InputError`
	 * when one does not belong to the e-mail address that is given.
	 */
	orders(shop: Shop<R>, name: string, options: OrderOptions): Promise<IDataObject[]>;
	figures(shop: Shop<R>, period: Period, withLines: boolean): Promise<OrdersRead>;
	products(
		shop: Shop<R>,
		search: ProductSearch,
	): Promise<{ products: ToolProduct[]; total?: number; within?: string }>;
	/** The customer with an e-mail address, ID or phone number. Throws `NotFoundError`. */
	customer(shop: Shop<R>, name: string, withOrders: boolean): Promise<ToolCustomer>;
	changeOrder(shop: Shop<R>, change: OrderChange): Promise<Step[]>;
	changeProduct(shop: Shop<R>, change: ProductChange): Promise<Step[]>;
	changeCustomer(change: CustomerChange): Step[];
	/** Absent: the node of the shop creates no orders. */
	createOrder?(shop: Shop<R>, order: NewOrder): Promise<Step[]>;
}

export interface OrderOptions {
	language: string;
	/** Whose they must be. */
	email?: string;
	/** Only what the order itself holds: for changes. */
	brief: boolean;
	/** Brings the status history, with `history` rows `{ status, changedAt }`. */
	history: boolean;
}

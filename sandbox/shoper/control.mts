import { ShopControl } from '../shared/shopControl.mts';
import { checkRights } from './areas.mts';
import type { Rights } from './areas.mts';
import { endTokensOf } from './authentication.mts';
import type { BucketSettings, IgnoredRetryAfter } from './bucket.mts';
import { readRecord, writeRecord } from './controlRecords.mts';
import { customerOf, newCustomer } from './customers.mts';
import type { Database } from './database.mts';
import { isFields } from './definitions.mts';
import type { Fields, Json } from './definitions.mts';
import { fillCatalogue, fillSales } from './demoData.mts';
import type { ShopAdmin } from './keys.mts';
import { insertOrder } from './newOrders.mts';
import type { OrderLine } from './newOrders.mts';
import { setPaidAmount, setStatus } from './orderTransitions.mts';
import { orderSum } from './orderView.mts';
import { fillReferenceData } from './referenceData.mts';
import { resourceNamed } from './resources.mts';
import { updateEntity } from './saveEntities.mts';
import { seedShop } from './seed.mts';
import type { SeedOptions, SeedResult } from './seed.mts';
import type { ShopLogin, ShopMail, ShopState } from './shopState.mts';

export interface PlaceOrderOptions {
	/** A number taken with `reserveOrderId`. */
	id?: number;
	email?: string;
	firstName?: string;
	lastName?: string;
	lines?: OrderLine[];
	statusId?: number;
	/** Paid amount. */
	paid?: number;
	paymentId?: number;
	shippingId?: number;
	/** Epoch milliseconds of `date` and `status_date`; now unless told. */
	at?: number;
}

export interface CustomerOptions {
	id?: number;
	email: string;
	firstName?: string;
	lastName?: string;
	registered?: boolean;
	/** Epoch milliseconds of `date_add`; now unless told. */
	at?: number;
}

/** How a filter plays that may not exist: `mode` says what happens when it does not work, 404 unless told. */
export interface FilterSwitch {
	works: boolean;
	mode?: 'unknown' | 'ignored';
}

const played = ({ works, mode = 'unknown' }: FilterSwitch) => (works ? 'works' : mode);

/** What a test or the demo page can do to the shop behind the API's back. */
export class ShoperControl extends ShopControl<Database, ShopMail> {
	readonly #shop: ShopState;
	readonly #empty: boolean;

	constructor(shop: ShopState, empty: boolean) {
		super(shop);
		this.#shop = shop;
		this.#empty = empty;
	}

	/** Back to the state right after installation: data, tokens, admins, bucket, switches, mails, faults, log. The clock goes on. */
	reset(options: { empty?: boolean } = {}): void {
		const shop = this.#shop;
		shop.reset();
		fillReferenceData(shop);
		fillCatalogue(shop);
		if (!(options.empty ?? this.#empty)) fillSales(shop);
	}

	/** Adds many orders with lines and customers, or products, at once. */
	seed(options: SeedOptions): SeedResult {
		return seedShop(this.#shop, options);
	}

	/** Places an order as a customer would. */
	placeOrder(options: PlaceOrderOptions = {}): { id: number } {
		const shop = this.#shop;
		const email = options.email ?? 'anna.nowak@example.com';
		const at = shop.clock.wall(options.at);
		const { firstName, lastName } = options;
		const order = insertOrder(shop, {
			id: options.id,
			userId: customerOf(shop, { email, firstName, lastName, at }),
			email,
			lines: options.lines ?? [{ productId: shop.database.table('products').rows()[0]?.id ?? 1 }],
			statusId: options.statusId ?? 1,
			paymentId: options.paymentId ?? 1,
			shippingId: options.shippingId ?? 8,
			at,
		});
		if (options.paid !== undefined) setPaidAmount(shop, order.id, options.paid);
		return { id: order.id };
	}

	/** Takes the number of an order that becomes visible later, through `placeOrder({id})`. */
	reserveOrderId(): number {
		return this.reserveId({ resource: 'orders' });
	}

	/** Takes the next number of any resource: the gap of a transaction that is still open. */
	reserveId(options: { resource: string }): number {
		return this.#shop.database.table(options.resource).reserveId();
	}

	/** Changes the status of an order as the panel does. */
	changeStatus(options: { orderId: number; statusId: number; at?: number }): void {
		setStatus(this.#shop, options.orderId, options.statusId, this.#shop.clock.wall(options.at));
	}

	/** Records a payment; the whole sum unless told. */
	setPaid(options: { orderId: number; amount?: number }): void {
		const order = this.#shop.find('orders', options.orderId);
		if (!order) throw new Error(`There is no order ${options.orderId}.`);
		setPaidAmount(this.#shop, order.id, options.amount ?? orderSum(this.#shop, order));
	}

	/** Somebody opens an order in the panel: writes to it answer 409 until `unlockOrder`. */
	lockOrder(options: { id: number }): void {
		this.#shop.lockedOrders.add(options.id);
	}

	unlockOrder(options: { id: number }): void {
		this.#shop.lockedOrders.delete(options.id);
	}

	addCustomer(options: CustomerOptions): { id: number } {
		const { at, registered = true, ...customer } = options;
		const wall = this.#shop.clock.wall(at);
		return { id: newCustomer(this.#shop, { ...customer, registered, at: wall }) };
	}

	/** Changes a product as the panel does: the body of a `PUT /products/{id}`; `edit_date` follows. */
	updateProduct(options: { id: number; values: Fields }): void {
		const row = this.#shop.find('products', options.id);
		if (!row) throw new Error(`There is no product ${options.id}.`);
		updateEntity(this.#shop, resourceNamed('products'), row, options.values);
	}

	/** One record as the API would show it; null when it does not exist. */
	getRecord(options: { resource: string; id: number }): Fields | null {
		return readRecord(this.#shop, options.resource, options.id);
	}

	/** Inserts or changes a stored record without any rule. Fields that are left out keep their value. */
	putRecord(options: { resource: string; id?: number; record: Fields }): { id: number } {
		return { id: writeRecord(this.#shop, options.resource, options.id, options.record) };
	}

	records(options: { resource: string }): Fields[] {
		const { resource } = options;
		const rows = this.#shop.database.table(resource).rows();
		return rows.map(({ id }) => readRecord(this.#shop, resource, id)).filter(isFields);
	}

	/** Removes a record and nothing else: no stock comes back, no line goes along. */
	deleteRecord(options: { resource: string; id: number }): boolean {
		return this.#shop.database.table(options.resource).delete(options.id);
	}

	/** Issues a static token of an integration. */
	addToken(options: { token: string; rights: Rights; name?: string }): void {
		const { token, rights, name = token.slice(0, 8) } = options;
		this.#shop.tokens.set(token, { token, name, rights: checkRights(rights) });
	}

	/** Revokes a token, also one that `/auth` issued. */
	removeToken(options: { token: string }): void {
		this.#shop.tokens.delete(options.token);
	}

	addAdmin(options: ShopAdmin): void {
		checkRights(options.rights);
		this.#shop.admins.set(options.login, { ...options });
	}

	/** Removes an administrator; the tokens go too. */
	removeAdmin(options: { login: string }): void {
		this.#shop.admins.delete(options.login);
		endTokensOf(this.#shop, options.login);
	}

	/** Changes a password; earlier tokens of that administrator end. */
	setPassword(options: { login: string; password: string }): void {
		const admin = this.#shop.admins.get(options.login);
		if (!admin) throw new Error(`There is no administrator "${options.login}".`);
		this.#shop.admins.set(options.login, { ...admin, password: options.password });
		endTokensOf(this.#shop, options.login);
	}

	/** Whether a new login ends the earlier tokens of the same administrator. */
	setNewLoginInvalidates(options: { on: boolean }): void {
		this.#shop.settings.newLoginInvalidates = options.on;
	}

	/** Every call of `/auth`, oldest first. */
	logins(): ShopLogin[] {
		return [...this.#shop.logins];
	}

	/** Capacity and drain of every token's bucket; the buckets are emptied. It drains by the shop's clock. */
	setBucket(options: Partial<BucketSettings>): void {
		const { buckets } = this.#shop;
		buckets.settings = { ...buckets.settings, ...options };
		buckets.clear();
	}

	/** A bulk call costs as much as it has operations. */
	setBulkCostsEach(options: { on: boolean }): void {
		this.#shop.settings.bulkCostsEach = options.on;
	}

	/** `/auth` spends the bucket of callers without a token. */
	setAuthCosts(options: { on: boolean }): void {
		this.#shop.settings.authCosts = options.on;
	}

	/** Requests that came before an earlier 429's Retry-After had passed. */
	ignoredRetryAfters(): IgnoredRetryAfter[] {
		return [...this.#shop.ignoredRetryAfters];
	}

	setParked(options: { on: boolean }): void {
		this.#shop.settings.parked = options.on;
	}

	/** `application-lock`: everything answers 503. */
	setLocked(options: { on: boolean }): void {
		this.#shop.settings.locked = options.on;
	}

	setPaymentRequired(options: { on: boolean }): void {
		this.#shop.settings.paymentRequired = options.on;
	}

	/** Host that the shop answers to; every other one is redirected there. null: the one it listens on. */
	setCanonicalHost(options: { host: string | null }): void {
		this.#shop.settings.canonicalHost = options.host ?? this.#shop.home;
	}

	/** Whether products can be filtered by `edit_date`. */
	setProductDateFilter(options: FilterSwitch): void {
		this.#shop.settings.productDateFilter = played(options);
	}

	/** Whether orders can be filtered by `is_paid`. */
	setIsPaidFilter(options: FilterSwitch): void {
		this.#shop.settings.isPaidFilter = played(options);
	}

	/** Whether text filters tell capitals from small letters. */
	setCaseSensitiveFilters(options: { on: boolean }): void {
		this.#shop.settings.caseSensitive = options.on;
	}

	/** Whether setting the status an order already has mails again and moves `status_date`. */
	setRepeatStatusMails(options: { on: boolean }): void {
		this.#shop.settings.repeatStatusMails = options.on;
	}

	/** Changes a key of `application-config`, such as `shopping_parcel_send_status_id`. */
	setConfig(options: { key: string; value: Json }): void {
		this.#shop.config[options.key] = options.value;
	}

	/** Forgets the log, and the ignored Retry-Afters with it. */
	override clearRequests(): void {
		super.clearRequests();
		this.#shop.ignoredRetryAfters = [];
	}

	/** Address that “Mark as shipped through n8n” posts to; null hides the button. */
	setShipWebhook(options: { url: string | null }): void {
		this.#shop.settings.shipWebhook = options.url ?? undefined;
	}
}

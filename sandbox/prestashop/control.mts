import { ShopControl } from '../shared/shopControl.mts';
import { readRecord, writeRecord } from './controlRecords.mts';
import type { ControlRecord } from './controlRecords.mts';
import type { Database } from './database.mts';
import { finishOrder, insertOrder, newReference } from './newOrders.mts';
import type { OrderLine } from './newOrders.mts';
import { addHistory, mailState, textIn, transition } from './orderTransitions.mts';
import { seedShop } from './seed.mts';
import type { SeedOptions, SeedResult } from './seed.mts';
import type { ShopMail, ShopState } from './shopState.mts';
import type { PrestaShopVersion } from './versions.mts';

export interface PlaceOrderOptions {
	/** A number taken with `reserveOrderId`. */
	id?: number;
	email?: string;
	firstName?: string;
	lastName?: string;
	lines?: OrderLine[];
	stateId?: number;
	payment?: string;
	/** `rowOnly`: the row with `current_state` 0 and nothing else yet; `withoutHistory`: no history row. */
	stage?: 'complete' | 'rowOnly' | 'withoutHistory';
	shopId?: number;
}

interface Defaults {
	version: PrestaShopVersion;
	empty: boolean;
}

/** What a test or the demo page can do to the shop behind the webservice's back. */
export class PrestaShopControl extends ShopControl<Database, ShopMail> {
	readonly #shop: ShopState;
	readonly #defaults: Defaults;
	/** Lines of orders that exist as a row only. */
	readonly #unfinished = new Map<number, OrderLine[]>();

	constructor(shop: ShopState, defaults: Defaults) {
		super(shop);
		this.#shop = shop;
		this.#defaults = defaults;
	}

	/** Back to the state right after installation: data, keys, switches, mails, faults, log. The clock goes on. */
	reset(options: { version?: PrestaShopVersion; empty?: boolean } = {}): void {
		const { version = this.#shop.version, empty = this.#defaults.empty } = options;
		this.#unfinished.clear();
		this.#shop.reset(version, empty);
	}

	/** Adds many orders with lines, histories and customers at once. */
	seed(options: SeedOptions): SeedResult {
		return seedShop(this.#shop, options);
	}

	/** Places an order as a customer would. */
	placeOrder(options: PlaceOrderOptions = {}): {
		id: number;
		reference: string;
		historyId?: number;
	} {
		const shop = this.#shop;
		const lines = options.lines ?? [
			{ productId: shop.database.table('products').ids()[0] ?? 1, quantity: 1 },
		];
		const placed = insertOrder(shop, {
			id: options.id,
			customerId: this.#customer(options),
			payment: options.payment ?? 'Payment by check',
			module: shop.version === '1.6.1.24' ? 'cheque' : 'ps_checkpayment',
			stateId: options.stateId ?? 1,
			lines,
			shopId: options.shopId,
			stage: options.stage,
		});
		if (options.stage === 'rowOnly') this.#unfinished.set(placed.id, lines);
		return placed;
	}

	/** Lets the creation of an order that was placed with stage `rowOnly` run to its end. */
	completeOrder(options: { id: number; stateId?: number }): { historyId: number } {
		const order = this.#shop.find('orders', options.id);
		if (!order) throw new Error(`There is no order ${options.id}.`);
		const lines = this.#unfinished.get(options.id) ?? [{ productId: 1, quantity: 1 }];
		this.#unfinished.delete(options.id);
		const stateId = options.stateId ?? 1;
		const shopId = Number(textIn(order, 'id_shop'));
		const historyId = finishOrder(this.#shop, options.id, { lines, stateId, shopId }, true);
		return { historyId: historyId ?? 0 };
	}

	/** Changes the state of an order as the back office does; mails the customer unless `notify` is false. */
	changeState(options: {
		orderId: number;
		stateId: number;
		employeeId?: number;
		withoutHistory?: boolean;
		notify?: boolean;
	}): { historyId: number | null } {
		const { orderId, stateId, employeeId } = options;
		if (!transition(this.#shop, orderId, stateId)) {
			throw new Error(`There is no order ${orderId} or no state ${stateId}.`);
		}
		const historyId = options.withoutHistory
			? null
			: addHistory(this.#shop, { orderId, stateId, employeeId: employeeId ?? 1 });
		if (options.notify !== false) mailState(this.#shop, orderId, stateId);
		return { historyId };
	}

	/** Lets the next new record of a resource take this number, as after rows that are gone. */
	setNextId(options: { resource: string; id: number }): void {
		this.#shop.database.table(options.resource).skipTo(options.id);
	}

	/** Takes the number of a history row that becomes visible later: a transaction still open. */
	reserveHistoryId(): number {
		return this.#shop.database.table('order_histories').reserveId();
	}

	/** Makes a reserved history row visible. */
	commitHistory(options: { id: number; orderId: number; stateId: number }): void {
		transition(this.#shop, options.orderId, options.stateId);
		addHistory(this.#shop, options);
	}

	/** Takes the number of an order that becomes visible later, through `placeOrder({id})`. */
	reserveOrderId(): number {
		return this.#shop.database.table('orders').reserveId();
	}

	deleteRecord(options: { resource: string; id: number }): boolean {
		return this.#shop.database.table(options.resource).delete(options.id);
	}

	/** One stored record with all languages, switched-off ones too; null when it does not exist. */
	getRecord(options: { resource: string; id: number }): ControlRecord | null {
		const row = this.#shop.database.table(options.resource).get(options.id);
		return row ? readRecord(row) : null;
	}

	/** Inserts or changes a record directly in the database. Fields that are left out keep their value. */
	putRecord(options: { resource: string; record: Partial<ControlRecord> }): { id: number } {
		return { id: writeRecord(this.#shop, options.resource, options.record) };
	}

	/**
	 * What the table of the installation holds where that of the shop has another value: conditions look at
	 * the one, answers show and sort by the other (reference, section 1.4). Until the record is saved again.
	 */
	putInstallation(options: { resource: string; id: number; values: Record<string, string> }): void {
		const table = this.#shop.database.table(options.resource);
		const row = table.get(options.id);
		if (!row) throw new Error(`There is no record ${options.id}.`);
		table.put({ ...row, installation: options.values });
	}

	/** PHP falls over a record (500) when it is shown whole, or with `how` `always` in any list; null heals it. */
	breakRecord(options: { resource: string; id: number; how?: 'whole' | 'row' | null }): void {
		const { resource, id, how = 'whole' } = options;
		const name = `${resource} ${id}`;
		if (how === null) this.#shop.broken.delete(name);
		else this.#shop.broken.set(name, how);
	}

	records(options: { resource: string }): ControlRecord[] {
		return [...this.#shop.database.table(options.resource).rows()].map(readRecord);
	}

	addKey(options: {
		key: string;
		permissions: '*' | Record<string, string[]>;
		active?: boolean;
		description?: string;
	}): void {
		this.removeKey({ key: options.key });
		this.#shop.keys.push({
			key: options.key,
			name: options.description ?? options.key.slice(0, 8),
			active: options.active ?? true,
			description: options.description ?? '',
			permissions: options.permissions,
		});
	}

	removeKey(options: { key: string }): void {
		this.#shop.keys = this.#shop.keys.filter((key) => key.key !== options.key);
	}

	setWebserviceEnabled(options: { enabled: boolean }): void {
		this.#shop.settings.webserviceEnabled = options.enabled;
	}

	/** Maintenance mode does not concern the webservice (recorded exchange 029). */
	setMaintenance(options: { on: boolean }): void {
		this.#shop.settings.maintenance = options.on;
	}

	setMailServer(options: { up: boolean }): void {
		this.#shop.settings.mailServerUp = options.up;
	}

	setStripAuthorization(options: { on: boolean }): void {
		this.#shop.settings.stripAuthorization = options.on;
	}

	setUrlRewriting(options: { on: boolean }): void {
		this.#shop.settings.urlRewriting = options.on;
	}

	setDisplayErrors(options: { on: boolean }): void {
		this.#shop.settings.displayErrors = options.on;
	}

	/** The setting “SSL enabled”. */
	setSsl(options: { on: boolean }): void {
		this.#shop.settings.ssl = options.on;
	}

	setLanguageActive(options: { id: number; active: boolean }): void {
		this.putRecord({
			resource: 'languages',
			record: { id: options.id, active: options.active ? '1' : '0' },
		});
	}

	/** Host that the shop answers to; every other one is redirected there. null: the one it listens on. */
	setCanonicalHost(options: { host: string | null }): void {
		this.#shop.settings.canonicalHost = options.host ?? this.#shop.home;
	}

	/** Address that “Mark as shipped through n8n” posts to; null hides the button. */
	setShipWebhook(options: { url: string | null }): void {
		this.#shop.settings.shipWebhook = options.url ?? undefined;
	}

	#customer(options: PlaceOrderOptions): number {
		const customers = this.#shop.database.table('customers');
		const email = options.email ?? 'anna.nowak@example.com';
		const [known] = customers.rowsWhere('email', email);
		if (known) return known.id;
		const secret = newReference().toLowerCase().padEnd(32, '0').replace(/[g-z]/g, 'a');
		return writeRecord(this.#shop, 'customers', {
			firstname: options.firstName ?? 'Anna',
			lastname: options.lastName ?? 'Nowak',
			email,
			active: '1',
			id_lang: '1',
			id_shop: String(options.shopId ?? 1),
			id_shop_group: '1',
			id_default_group: '3',
			secure_key: secret,
			date_add: this.#shop.clock.wall(),
			date_upd: this.#shop.clock.wall(),
			associations: { groups: [{ id: '3' }] },
		});
	}
}

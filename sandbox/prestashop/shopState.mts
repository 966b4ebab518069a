import { ShopClock } from '../shared/clock.mts';
import { FaultInjector } from '../shared/faults.mts';
import type { N8nLink } from '../shared/pageShell.mts';
import { RequestLog } from '../shared/requestLog.mts';
import type { ShopNotification } from '../shared/shopControl.mts';
import { Database } from './database.mts';
import { loadShopData } from './definitions.mts';
import type { ResourceDefinition, Row, ShopData } from './definitions.mts';
import { recordedKeys } from './keys.mts';
import type { WebserviceKey } from './keys.mts';
import { textOf } from './query.mts';
import type { PhpArray } from './query.mts';
import { TRAITS } from './versions.mts';
import type { PrestaShopVersion, VersionTraits } from './versions.mts';

/** A mail the shop sent to a customer. */
export interface ShopMail {
	to: string;
	subject: string;
	orderId: number;
	stateId: number;
	text: string;
	at: string;
}

/** Switches of the installation; `control` turns them. */
export interface ShopSettings {
	webserviceEnabled: boolean;
	maintenance: boolean;
	mailServerUp: boolean;
	/** The web server drops `Authorization` before PHP sees it. */
	stripAuthorization: boolean;
	urlRewriting: boolean;
	displayErrors: boolean;
	/** The setting “SSL enabled”: links begin with https, nothing else changes (recorded exchange 035). */
	ssl: boolean;
	/** Host that the shop considers its own; other hosts are redirected to it. */
	canonicalHost: string | undefined;
	shipWebhook: string | undefined;
}

const FRESH_SETTINGS: ShopSettings = {
	webserviceEnabled: true,
	maintenance: false,
	mailServerUp: true,
	stripAuthorization: false,
	urlRewriting: true,
	displayErrors: false,
	ssl: false,
	canonicalHost: undefined,
	shipWebhook: undefined,
};

/** Tables that hold what customers did; a shop without demo data has them empty. */
const CUSTOMER_TABLES =
	'orders order_details order_histories order_carriers order_invoices order_payments customers addresses carts guests'.split(
		' ',
	);

/** One sandbox shop: its database, clock, keys and everything that happened in it. */
export class ShopState {
	version: PrestaShopVersion = '8.2.1';
	traits: VersionTraits = TRAITS['8.2.1'];
	data: ShopData = loadShopData('8.2.1');
	database: Database = new Database(new Map());
	settings: ShopSettings = { ...FRESH_SETTINGS };
	/** Host and port where the shop listens. */
	home = '127.0.0.1';
	keys: WebserviceKey[] = [];
	mails: ShopMail[] = [];
	notifications: ShopNotification[] = [];
	n8n?: N8nLink;
	/** Pictures that were uploaded, by picture id. */
	pictures = new Map<number, Buffer>();
	/** Records that PHP falls over, by resource and id: when they are shown whole, or with anything but their id. */
	readonly broken = new Map<string, 'whole' | 'row'>();
	readonly snapshots = new Map<string, Database>();
	readonly clock: ShopClock;
	readonly faults = new FaultInjector();
	readonly requests = new RequestLog();

	constructor(clock: ShopClock) {
		this.clock = clock;
	}

	/** Puts the shop back to its state right after installation. */
	reset(version: PrestaShopVersion, empty: boolean): void {
		this.version = version;
		this.traits = TRAITS[version];
		this.data = loadShopData(version);
		this.database = Database.install(this.data);
		this.settings = {
			...FRESH_SETTINGS,
			canonicalHost: this.home,
			shipWebhook: this.settings.shipWebhook,
		};
		this.keys = recordedKeys();
		this.mails = [];
		this.notifications = [];
		this.pictures.clear();
		this.broken.clear();
		this.snapshots.clear();
		this.faults.clear();
		this.requests.clear();
		if (empty) {
			for (const name of CUSTOMER_TABLES) if (this.database.has(name)) this.database.truncate(name);
		}
	}

	resource(name: string): ResourceDefinition {
		const resource = this.data.resources.get(name);
		if (!resource) throw new Error(`PrestaShop ${this.version} has no resource "${name}".`);
		return resource;
	}

	/** Ids of the languages that are switched on, ascending. */
	activeLanguages(): string[] {
		const ids: string[] = [];
		for (const row of this.database.table('languages').rows()) {
			if (row.values.active === '1') ids.push(String(row.id));
		}
		return ids;
	}

	/** Ids of all languages, ascending. */
	allLanguages(): string[] {
		return this.database.table('languages').ids().map(String);
	}

	/** Text of the configuration value; the newest row of that name. */
	configuration(name: string): string | undefined {
		const [row] = this.database.table('configurations').rowsWhere('name', name);
		const value = row?.values.value;
		return typeof value === 'string' ? value : undefined;
	}

	/** The shop a request works in. */
	shopId(params: PhpArray): string {
		const id = textOf(params, 'id_shop');
		return id !== undefined && /^\d+$/.test(id) ? id : '1';
	}

	/** Does the request look at all shops, or a group of them? */
	allShops(params: PhpArray): boolean {
		return (
			textOf(params, 'id_shop') === 'all' ||
			params.has('id_group_shop') ||
			params.has('id_shop_group')
		);
	}

	/** The number of the next uploaded picture. */
	nextImageId(): number {
		const id = Math.max(this.data.images.nextId - 1, ...this.pictures.keys()) + 1;
		this.pictures.set(id, Buffer.alloc(0));
		return id;
	}

	/** Whether an answer that shows this record is never finished. */
	isBroken(resource: string, id: number, isWhole: boolean): boolean {
		const how = this.broken.get(`${resource} ${id}`);
		return how === 'row' || (how === 'whole' && isWhole);
	}

	/** The row of a record, where it exists. */
	find(resource: string, id: number): Row | undefined {
		return this.database.has(resource) ? this.database.table(resource).get(id) : undefined;
	}
}

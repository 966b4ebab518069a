import type { ShopClock } from '../shared/clock.mts';
import { FaultInjector } from '../shared/faults.mts';
import type { N8nLink } from '../shared/pageShell.mts';
import { RequestLog } from '../shared/requestLog.mts';
import type { ShopNotification } from '../shared/shopControl.mts';
import { Buckets, DEFAULT_BUCKET } from './bucket.mts';
import type { BucketSettings, IgnoredRetryAfter } from './bucket.mts';
import { freshConfig } from './config.mts';
import { Database } from './database.mts';
import type { Fields, Row } from './definitions.mts';
import { freshAdmins, freshTokens } from './keys.mts';
import type { ShopAdmin, ShopToken } from './keys.mts';
import { RESOURCES } from './resources.mts';

/** A mail the shop sent to a buyer. */
export interface ShopMail {
	to: string;
	subject: string;
	orderId: number;
	statusId: number;
	text: string;
	at: string;
}

/** One call of `/auth`. */
export interface ShopLogin {
	login: string;
	ok: boolean;
	/** `error` of the refusal. */
	error?: string;
	at: string;
}

/** How a filter of which nobody knows whether it exists behaves. */
export type DoubtfulFilter = 'works' | 'unknown' | 'ignored';

/** Switches of the shop; `control` turns them. */
export interface ShopSettings {
	/** The domain has expired: every path answers 200 with the registrar's page. */
	parked: boolean;
	/** `application-lock`. */
	locked: boolean;
	paymentRequired: boolean;
	/** Host that the shop considers its own; other hosts are redirected to it. */
	canonicalHost: string | undefined;
	shipWebhook: string | undefined;
	/** A login ends the earlier tokens of that administrator. */
	newLoginInvalidates: boolean;
	/** A bulk call costs as much as it has operations instead of 1. */
	bulkCostsEach: boolean;
	/** `/auth` spends the bucket of callers without a token. */
	authCosts: boolean;
	productDateFilter: DoubtfulFilter;
	isPaidFilter: DoubtfulFilter;
	/** Text filters tell capitals from small letters. */
	caseSensitive: boolean;
	/** Setting the status an order already has counts as a change. */
	repeatStatusMails: boolean;
}

const FRESH_SETTINGS: ShopSettings = {
	parked: false,
	locked: false,
	paymentRequired: false,
	canonicalHost: undefined,
	shipWebhook: undefined,
	newLoginInvalidates: false,
	bulkCostsEach: false,
	authCosts: false,
	productDateFilter: 'works',
	isPaidFilter: 'works',
	caseSensitive: false,
	repeatStatusMails: false,
};

/** One sandbox shop: its database, clock, tokens and everything that happened in it. */
export class ShopState {
	database: Database = Database.empty([]);
	settings: ShopSettings = { ...FRESH_SETTINGS };
	/** `application-config`. */
	config: Fields = {};
	/** Host and port where the shop listens. */
	home = '127.0.0.1';
	tokens = new Map<string, ShopToken>();
	admins = new Map<string, ShopAdmin>();
	logins: ShopLogin[] = [];
	mails: ShopMail[] = [];
	notifications: ShopNotification[] = [];
	n8n?: N8nLink;
	ignoredRetryAfters: IgnoredRetryAfter[] = [];
	/** Orders that somebody is editing in the panel. */
	readonly lockedOrders = new Set<number>();
	readonly snapshots = new Map<string, Database>();
	readonly clock: ShopClock;
	readonly buckets = new Buckets();
	readonly faults = new FaultInjector();
	readonly requests = new RequestLog(50_000);
	readonly #bucket: BucketSettings;

	constructor(clock: ShopClock, bucket: BucketSettings = DEFAULT_BUCKET) {
		this.clock = clock;
		this.#bucket = bucket;
	}

	/** Puts everything but the clock back; the database is empty afterwards. */
	reset(): void {
		this.database = Database.empty(RESOURCES.values());
		this.settings = {
			...FRESH_SETTINGS,
			canonicalHost: this.home,
			shipWebhook: this.settings.shipWebhook,
		};
		this.config = freshConfig(this.clock.timezone);
		this.tokens = freshTokens();
		this.admins = freshAdmins();
		this.logins = [];
		this.mails = [];
		this.notifications = [];
		this.ignoredRetryAfters = [];
		this.lockedOrders.clear();
		this.snapshots.clear();
		this.buckets.settings = { ...this.#bucket };
		this.buckets.clear();
		this.faults.clear();
		this.requests.clear();
	}

	/** The row of a record, where it exists; ids may come as text. */
	find(resource: string, id: unknown): Row | undefined {
		const number = Number(id);
		return Number.isInteger(number) ? this.database.table(resource).get(number) : undefined;
	}

	/** Stores a record and when that was (`object-mtime`). */
	save(resource: string, id: number, values: Fields): Row {
		const row = { id, values: { ...values, _mtime: Math.floor(this.clock.now() / 1000) } };
		this.database.table(resource).put(row);
		return row;
	}

	/** Adds a line to the panel's list of activities. */
	note(info: string, object: 'order' | 'client' | 'user', id: number): void {
		const table = this.database.table('dashboard-activities');
		const time = Math.floor(this.clock.now() / 1000);
		table.put({ id: table.reserveId(), values: { info, id: String(id), object, time } });
	}

	/** Languages that are switched on, by locale. */
	locales(): Map<string, number> {
		const rows = this.database.table('languages').rows();
		return new Map(
			rows
				.filter((row) => row.values.active === '1')
				.map((row) => [String(row.values.locale), row.id]),
		);
	}
}

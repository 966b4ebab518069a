import { ShopClock } from '../shared/clock.mts';
import { FaultInjector } from '../shared/faults.mts';
import type { N8nLink } from '../shared/pageShell.mts';
import { RequestLog } from '../shared/requestLog.mts';
import type { ShopNotification } from '../shared/shopControl.mts';
import { Database } from './database.mts';
import { installDemo } from './demoData.mts';
import { DEFAULT_GUESSES } from './guesses.mts';
import type { Guesses } from './guesses.mts';
import { freshKeys } from './keys.mts';
import type { AccessKey } from './keys.mts';
import { RateLimits } from './rateWindow.mts';
import type { CustomStatus, JsonObject } from './records.mts';
import { preciseStampOf, stampOf } from './times.mts';

/** A message that the shop sent to a customer by one of its templates. */
export interface ShopMail {
	to: string;
	channel: 'email' | 'sms';
	subject: string;
	orderId: number;
	number: number;
	/** Permalink of the status that the order moved to. */
	permalink: string;
	text: string;
	at: string;
}

/** Switches of the installation; `control` turns them. */
export interface ShopSettings {
	/** The API belongs to the shop's plan; `status` is what it answers when it does not (reference, 1.4). */
	plan: { api: boolean; status: 402 | 423; customStatuses: boolean };
	/** The address is not that of a shop: every page is unknown, or leads elsewhere. */
	wrongShop: { kind: 'notFound' | 'redirect'; location: string } | undefined;
	/** Over the limit the shop answers 503 as before 2023. */
	legacyThrottle: boolean;
	/** Query parameters of lists that the shop does not know; true: it knows no filter at all. */
	ignoredFilters: string[] | true;
	/** Delay of `variants_group_update`, in milliseconds of the shop's clock. */
	bulkDelayMs: number;
	/** How long a new picture is being processed. */
	imageDelayMs: number;
	chatWebhook: string | undefined;
}

/** Undocumented in the newest sources, so taken to be ignored silently (reference, 3.2). */
const UNDOCUMENTED_FILTERS = ['financial_status', 'status', 'q'];

const FRESH_SETTINGS: ShopSettings = {
	plan: { api: true, status: 423, customStatuses: true },
	wrongShop: undefined,
	legacyThrottle: false,
	ignoredFilters: UNDOCUMENTED_FILTERS,
	bulkDelayMs: 2_000,
	imageDelayMs: 5_000,
	chatWebhook: undefined,
};

/** Prices and stock that were accepted and are not written yet. */
export interface BulkJob {
	dueMs: number;
	rows: JsonObject[];
}

/** One sandbox shop: its database, clock, keys and everything that happened in it. */
export class ShopState {
	database: Database = new Database();
	settings: ShopSettings = { ...FRESH_SETTINGS };
	guesses: Guesses = { ...DEFAULT_GUESSES };
	/** Host and port where the shop listens. */
	home = '127.0.0.1';
	keys: AccessKey[] = [];
	mails: ShopMail[] = [];
	notifications: ShopNotification[] = [];
	n8n?: N8nLink;
	/** Statuses without a message template, by permalink. */
	silentStatuses = new Set<string>();
	bulkJobs: BulkJob[] = [];
	/** When orders began whose ids were taken with `reserveOrderId`. */
	reservedOrders = new Map<number, number>();
	limits = new RateLimits();
	readonly snapshots = new Map<string, Database>();
	readonly clock: ShopClock;
	readonly faults = new FaultInjector();
	readonly requests = new RequestLog();

	constructor(clock: ShopClock) {
		this.clock = clock;
	}

	/** Puts the shop back to its state right after installation; the clock goes on. */
	reset(empty: boolean): void {
		this.database = new Database();
		this.settings = { ...FRESH_SETTINGS, chatWebhook: this.settings.chatWebhook };
		this.guesses = { ...DEFAULT_GUESSES };
		this.keys = freshKeys();
		this.mails = [];
		this.notifications = [];
		this.silentStatuses.clear();
		this.bulkJobs = [];
		this.reservedOrders.clear();
		this.limits = new RateLimits();
		this.snapshots.clear();
		this.faults.clear();
		this.requests.clear();
		installDemo(this, empty);
		this.mails = [];
	}

	/** `updated_at` of what is written now, or then. */
	stamp(atMs = this.clock.now()): string {
		return this.guesses.preciseStamps ? preciseStampOf(atMs) : stampOf(atMs);
	}

	customStatuses(): CustomStatus[] {
		return this.database.table('custom_statuses').all() as CustomStatus[];
	}

	/** Does the shop know this query parameter of lists? */
	honours(filter: string): boolean {
		const { ignoredFilters } = this.settings;
		return ignoredFilters !== true && !ignoredFilters.includes(filter);
	}
}

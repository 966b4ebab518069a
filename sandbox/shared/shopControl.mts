import type { ShopClock } from './clock.mts';
import type { Fault, FaultInjector } from './faults.mts';
import type { N8nLink } from './pageShell.mts';
import type { LoggedRequest, RequestLog } from './requestLog.mts';

/** A text that a workflow posted to the shop's page. */
export interface ShopNotification {
	text: string;
	at: string;
}

/** What every sandbox shop keeps, whatever its API looks like. */
export interface KeptShop<Database, Mail> {
	database: Database;
	mails: Mail[];
	notifications: ShopNotification[];
	/** Shown on the page. */
	n8n?: N8nLink;
	readonly snapshots: Map<string, Database>;
	readonly clock: ShopClock;
	readonly faults: FaultInjector;
	readonly requests: RequestLog;
}

/** The part of a control object that is the same for every shop: clock, snapshots, faults, mails, log and messages. */
export class ShopControl<Database extends { copy(): Database }, Mail> {
	readonly #shop: KeptShop<Database, Mail>;
	#snapshots = 0;

	constructor(shop: KeptShop<Database, Mail>) {
		this.#shop = shop;
	}

	/** Tells the page which workflows work on this shop, and when they look. */
	connectN8n(options: N8nLink): void {
		this.#shop.n8n = options;
	}

	setNow(options: { ms: number }): void {
		this.#shop.clock.setNow(options.ms);
	}

	advance(options: { ms: number }): void {
		this.#shop.clock.advance(options.ms);
	}

	freeze(): void {
		this.#shop.clock.freeze();
	}

	unfreeze(): void {
		this.#shop.clock.unfreeze();
	}

	/** The shop's time, in epoch milliseconds and as its wall clock shows it. */
	now(): { ms: number; wall: string } {
		const ms = this.#shop.clock.now();
		return { ms, wall: this.#shop.clock.wall(ms) };
	}

	/** Keeps a copy of the database for `restore`. */
	snapshot(): string {
		const name = `snapshot-${++this.#snapshots}`;
		this.#shop.snapshots.set(name, this.#shop.database.copy());
		return name;
	}

	/** Puts the database back; automatic ids go back too, as after restoring a backup. */
	restore(options: { snapshot: string }): void {
		const kept = this.#shop.snapshots.get(options.snapshot);
		if (!kept) throw new Error(`There is no snapshot "${options.snapshot}".`);
		this.#shop.database = kept.copy();
	}

	addFault(fault: Fault): void {
		this.#shop.faults.add(fault);
	}

	clearFaults(): void {
		this.#shop.faults.clear();
	}

	/** Messages that the shop sent to its customers, oldest first. */
	mails(): Mail[] {
		return [...this.#shop.mails];
	}

	clearMails(): void {
		this.#shop.mails = [];
	}

	/** Every request to the shop's API, oldest first, refused ones included. */
	requests(): LoggedRequest[] {
		return this.#shop.requests.all();
	}

	clearRequests(): void {
		this.#shop.requests.clear();
	}

	notifications(): ShopNotification[] {
		return [...this.#shop.notifications];
	}

	/** Shows a text on the shop's page. */
	notify(options: { text: string }): void {
		this.#shop.notifications.push({ text: options.text, at: this.#shop.clock.wall() });
	}
}

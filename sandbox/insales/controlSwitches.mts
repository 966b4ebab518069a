import { ShopControl } from '../shared/shopControl.mts';
import type { Database } from './database.mts';
import type { Guesses } from './guesses.mts';
import type { Rights } from './keys.mts';
import type { IgnoredRetryAfter } from './rateWindow.mts';
import type { ShopMail, ShopState } from './shopState.mts';

/** The part of the control that turns what only InSales has: keys, plan, limit, guesses, delays, message templates. */
export class ShopSwitches extends ShopControl<Database, ShopMail> {
	readonly #shop: ShopState;

	constructor(shop: ShopState) {
		super(shop);
		this.#shop = shop;
	}

	/** The shop's time: epoch milliseconds, wall clock, and as records are stamped. */
	override now(): { ms: number; wall: string; stamp: string } {
		return { ...super.now(), stamp: this.#shop.stamp() };
	}

	addKey(options: { identifier: string; password: string; rights: Rights; name?: string }): void {
		this.removeKey(options);
		this.#shop.keys.push({ ...options, name: options.name ?? options.identifier.slice(0, 8) });
	}

	removeKey(options: { identifier: string }): void {
		this.#shop.keys = this.#shop.keys.filter((key) => key.identifier !== options.identifier);
	}

	/** Whether the shop's plan holds the API (and custom statuses), and what is answered where it does not. */
	setPlan(options: { api?: boolean; status?: 402 | 423; customStatuses?: boolean }): void {
		this.#shop.settings.plan = { ...this.#shop.settings.plan, ...options };
	}

	/** Makes the address one of no shop: HTML 404, or a redirect. null: the shop is back. */
	setWrongShop(options: { kind: 'notFound' | 'redirect' | null; location?: string }): void {
		const location = options.location ?? 'https://www.example.com';
		this.#shop.settings.wrongShop =
			options.kind === null ? undefined : { kind: options.kind, location };
	}

	/** The limit of requests per key and window. */
	setLimit(options: { requests?: number; windowSeconds?: number }): void {
		const { limits } = this.#shop;
		limits.limit = options.requests ?? limits.limit;
		if (options.windowSeconds !== undefined) limits.windowMs = options.windowSeconds * 1000;
	}

	/** 503 over the limit, as before 2023. */
	setLegacyThrottle(options: { on: boolean }): void {
		this.#shop.settings.legacyThrottle = options.on;
	}

	/** Requests that came before a `Retry-After` had passed. */
	ignoredRetryAfters(): IgnoredRetryAfter[] {
		return this.#shop.limits.ignored();
	}

	/** The largest number of requests that one key made in any window, refused ones included. */
	mostInAWindow(): number {
		return this.#shop.limits.most();
	}

	/** Forgets the windows of all keys, and what `ignoredRetryAfters` and `mostInAWindow` tell. */
	clearLimits(): void {
		this.#shop.limits.clear();
	}

	/** Does a status stick that is sent without its own system status? */
	setPermalinkAlone(options: { works: boolean }): void {
		this.#shop.guesses.permalinkAlone = options.works;
	}

	/** true: lists know no filter; false: all of them, undocumented ones too; or the names that are ignored. */
	setFiltersIgnored(options: { ignored: boolean | string[] }): void {
		const { ignored } = options;
		this.#shop.settings.ignoredFilters = ignored === false ? [] : ignored;
	}

	/** Turns what no document says for sure; see guesses.mts. */
	setGuesses(options: Partial<Guesses>): void {
		this.#shop.guesses = { ...this.#shop.guesses, ...options };
	}

	/** How long `variants_group_update` takes, by the shop's clock. */
	setBulkDelay(options: { ms: number }): void {
		this.#shop.settings.bulkDelayMs = options.ms;
	}

	/** How long a new picture is processed, by the shop's clock. */
	setImageDelay(options: { ms: number }): void {
		this.#shop.settings.imageDelayMs = options.ms;
	}

	/** Whether the shop has a message template for a status. All have one at first. */
	setStatusMessage(options: { permalink: string; on: boolean }): void {
		if (options.on) this.#shop.silentStatuses.delete(options.permalink);
		else this.#shop.silentStatuses.add(options.permalink);
	}

	/** Address that “Заказ из чата” posts to; null hides the button. */
	setChatWebhook(options: { url: string | null }): void {
		this.#shop.settings.chatWebhook = options.url ?? undefined;
	}
}

import { RecentMap } from '../http/recentMap';

/** What is remembered, and what makes it stale. */
export interface Remembered {
	/** The resource it was read from: a write to it forgets it. */
	resource: string;
	/** Tells it from what else was read from the resource; the whole of it when absent. */
	key?: string;
	/** How long it is believed, in milliseconds; {@link REFERENCE_MS} when absent. */
	maxAgeMs?: number | undefined;
}

/** How long states, languages, currencies and the like are believed, in milliseconds. */
const REFERENCE_MS = 60_000;

/** How long what a key may do is believed, in milliseconds; nothing is kept for longer. */
export const RIGHTS_MS = 10 * 60_000;

/** What is remembered of one shop, and the credentials one process serves, at most. */
const MAX_ENTRIES = 2_000;
const MAX_CREDENTIALS = 200;

/** Rights that were refused, so that nobody asks in vain for the next ten minutes. */
export class Refusals {
	private readonly times = new RecentMap<number>(MAX_ENTRIES, RIGHTS_MS);

	has(resource: string): boolean {
		const time = this.times.get(resource);
		return time !== undefined && Math.abs(Date.now() - time) < RIGHTS_MS;
	}

	add(resource: string): void {
		this.times.set(resource, Date.now());
	}

	clear(): void {
		this.times.clear();
	}
}

/** What the rights of a key are remembered under; a refusal forgets them. */
export const RIGHTS = 'rights of the key';

interface Entry {
	value: Promise<unknown>;
	/** Epoch ms. */
	at: number;
	/** Its place among all moments: times of a fast run are equal. */
	moment: number;
}

let moments = 0;

/** A point in the course of this process. */
export const nextMoment = (): number => ++moments;

/**
 * What is known of a shop beyond the moment: its reference data and the rights of the key, never
 * orders, stock or prices. Only what was read is remembered, no failure but a refused right.
 */
export class ShopMemory {
	private readonly entries = new RecentMap<Entry>(MAX_ENTRIES, RIGHTS_MS);

	readonly refusals = new Refusals();

	/** By resource, so that a write need not go through everything. */
	private readonly keys = new Map<string, Set<string>>();

	/**
	 * What `load` gave the last time, or gives now.
	 *
	 * @param since a moment: what was read later is believed even if it is not enough
	 * @param isEnough whether what was read before `since` will do; it is read anew when not
	 */
	async recall<T>(
		{ resource, key = '', maxAgeMs = REFERENCE_MS }: Remembered,
		load: () => Promise<T>,
		since: number,
		isEnough: (value: T) => boolean = () => true,
	): Promise<T> {
		const name = JSON.stringify([resource, key]);
		const known = this.entries.get(name);
		// Either way round, because clocks are set back too.
		if (known && Math.abs(Date.now() - known.at) < maxAgeMs) {
			const value = (await known.value) as T;
			if (known.moment > since || isEnough(value)) return value;
			const newer = this.entries.get(name);
			// Somebody else who asked in the same moment has found out, and reads it already.
			if (newer && newer !== known) return (await newer.value) as T;
		}
		const entry: Entry = { value: load(), at: Date.now(), moment: nextMoment() };
		this.entries.set(name, entry);
		const names = this.keys.get(resource) ?? new Set();
		this.keys.set(resource, names.add(name));
		entry.value.catch(() => {
			if (this.entries.get(name) === entry) this.entries.delete(name);
		});
		return (await entry.value) as T;
	}

	/** Forgets what was read from a resource, because it was changed. */
	forget(resource: string): void {
		for (const name of this.keys.get(resource) ?? []) this.entries.delete(name);
		this.keys.delete(resource);
	}
}

const memories = new RecentMap<ShopMemory>(MAX_CREDENTIALS, RIGHTS_MS);

/**
 * The memory of this process for one credential; one that ends with the run when there is none to
 * tell it from others.
 */
export function memoryOf(owner: string | undefined): ShopMemory {
	const known = owner === undefined ? undefined : memories.get(owner);
	if (known) return known;
	const memory = new ShopMemory();
	if (owner !== undefined) memories.set(owner, memory);
	return memory;
}

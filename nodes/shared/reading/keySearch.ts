import { sleep } from 'n8n-workflow';

import { KeyIndex, dropTooMany, keptIndex, renewedIndex } from './keyIndex';
import type { Listing } from './listing';
import type { Shop } from './shop';
import type { Call } from '../protocol/call';

/** A list that the shop cannot search, but of which it tells what changed. */
export interface KeyedList<R> {
	/** Such as `orders`. */
	name: string;
	/**
	 * Everything changed at or after a time (epoch milliseconds; absent: ever), the oldest change first.
	 *
	 * @param fromId of what changed at that very time only the records from this ID on
	 */
	changes(since?: number, fromId?: string): Listing<R>;
	/** A page of the newest records, if those asked for are there as a rule. */
	newest?: Call;
	/** How long a change may still become visible after others of its time. */
	overlapMs: number;
	/** A whole number. */
	idOf(record: R): string;
	/** Time of change, epoch milliseconds. */
	changedAt(record: R): number;
	/** What a record is found by, each with its kind: `number 1001`. */
	keysOf(record: R): readonly string[];
	/** The record as it is now. */
	byId(shop: Shop<R>, id: string): Promise<R | undefined>;
}

/**
 * Records that have a key, as they are now. The list is read once per process and shop to learn which
 * records have which keys ({@link KeyIndex}); later only what changed since. Items that ask in the same
 * moment share the reading.
 *
 * @param isUnique whether one record at most has the key, so that reading ends where it is found
 */
export async function recordsWithKey<R>(
	shop: Shop<R>,
	list: KeyedList<R>,
	key: string,
	isUnique = false,
): Promise<R[]> {
	return await (await searchOf(shop, list)).find(key, isUnique);
}

/** Whether the list was read before, so that a search costs little. */
export async function isIndexed<R>(shop: Shop<R>, list: KeyedList<R>): Promise<boolean> {
	return (await searchOf(shop, list)).isIndexed;
}

async function searchOf<R>(shop: Shop<R>, list: KeyedList<R>): Promise<KeySearch<R>> {
	return await shop.once(`search in ${list.name}`, async () => new KeySearch<R>(shop, list));
}

/** Searching one list during one run. */
class KeySearch<R> {
	/** Keys asked for in this moment, and whether each is unique. */
	private wanted = new Map<string, boolean>();

	private batch: Promise<ReadonlyMap<string, R>> | undefined;

	private readonly name: string;

	private index: KeyIndex;

	/** Whether this run has read the list to its end. */
	private isUpToDate = false;

	constructor(
		private readonly shop: Shop<R>,
		private readonly list: KeyedList<R>,
	) {
		const { host, account } = shop.address;
		this.name = JSON.stringify([list.name, host, account, shop.scope]);
		const { overlapMs } = list;
		// Without an account nobody can tell whose list it is: it is for this run only.
		this.index = account ? keptIndex(this.name, overlapMs) : new KeyIndex(overlapMs);
	}

	get isIndexed(): boolean {
		return this.index.complete;
	}

	async find(key: string, isUnique: boolean): Promise<R[]> {
		this.wanted.set(key, isUnique && this.wanted.get(key) !== false);
		this.batch ??= this.serveSoon();
		const read = await this.batch;
		const found = await Promise.all(
			this.index.ids(key).map(async (id) => read.get(id) ?? (await this.list.byId(this.shop, id))),
		);
		const fits = found.filter((each) => each !== undefined && this.list.keysOf(each).includes(key));
		// A record that lost the key says nothing about others: what changed is looked at after all.
		if (fits.length === 0 && isUnique && !this.isUpToDate) return await this.find(key, false);
		return fits as R[];
	}

	private async serveSoon(): Promise<ReadonlyMap<string, R>> {
		// After everything that is already able to run, so that items started together have asked.
		await sleep(0);
		const { wanted } = this;
		this.wanted = new Map();
		this.batch = undefined;
		return await this.serve(wanted);
	}

	/** Brings the index up to date as far as the wanted keys need it; gives the records of theirs it met. */
	private async serve(wanted: ReadonlyMap<string, boolean>): Promise<ReadonlyMap<string, R>> {
		const { shop, list } = this;
		const read = new Map<string, R>();
		const note = (page: readonly R[]) => {
			for (const record of page) {
				const keys = list.keysOf(record);
				this.index.add(list.idOf(record), keys);
				if (keys.some((key) => wanted.has(key))) read.set(list.idOf(record), record);
			}
		};
		const isOpen = () =>
			!this.isUpToDate && [...wanted].some(([key, isUnique]) => !isUnique || !this.index.has(key));
		const isUnique = [...wanted.values()].every(Boolean);
		if (list.newest && isOpen() && isUnique && !this.index.complete) {
			note(await shop.records(list.newest));
		}
		await this.walk(note, isOpen);
		const left = [...wanted.keys()]
			.flatMap((key) => this.index.ids(key))
			.filter((id) => !read.has(id));
		// Where one by one would be more requests than all of them page by page.
		if (this.index.complete && new Set(left).size > this.index.pages) {
			this.renew();
			await this.walk(note, () => true);
		}
		return read;
	}

	/** Reads on, from where the last reading ended, as long as something is open. */
	private async walk(
		note: (page: readonly R[]) => void,
		isOpen: () => boolean,
		isWide = false,
	): Promise<void> {
		const { shop, list, index } = this;
		const from = index.complete && !isWide ? index.settled : undefined;
		const since = from?.at ?? index.since;
		const listing = index.complete ? list.changes(since, from?.id) : list.changes();
		const expected = index.complete ? index.known : new Set<string>();
		const beganAt = Date.now();
		let isSame = expected.size === 0;
		let isAtEnd = false;
		const steps = shop.pages({ ...listing, first: index.next ?? listing.first });
		for await (const { page, next } of isOpen() ? steps : []) {
			note(page);
			const places = page.map((record) => ({
				id: list.idOf(record),
				at: list.changedAt(record),
			}));
			index.reached(places);
			isSame ||= places.some(({ id }) => expected.has(id));
			isAtEnd = next === undefined;
			if (!index.complete) {
				index.pages++;
				index.next = next;
			}
			if (!isOpen()) break;
		}
		dropTooMany();
		if (!isAtEnd) return;
		if (isSame) {
			index.complete = true;
			index.readAt = beganAt;
			// Items of this run that asked in another moment may have begun anew.
			this.isUpToDate = index === this.index;
			return;
		}
		// The one that was read on from was deleted, as far as can be told: others of its time tell more.
		if (from) return await this.walk(note, isOpen, true);
		// Records are gone that must be there: a backup was restored, or another shop answers.
		this.renew();
		await this.walk(note, isOpen);
	}

	private renew(): void {
		const { overlapMs } = this.list;
		const { account } = this.shop.address;
		this.index = account ? renewedIndex(this.name, overlapMs) : new KeyIndex(overlapMs);
		this.isUpToDate = false;
	}
}

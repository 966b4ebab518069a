import type { JointWork } from './operation';
import type { Shop } from '../reading/shop';

/** A change that was not carried out because another item failed first and the run stops on failures. */
export class NotStarted extends Error {
	readonly name = 'NotStarted';
}

interface Waiting {
	index: number;
	change: unknown;
	shop: unknown;
	resolve(value: unknown): void;
	reject(error: unknown): void;
}

/** Work as it is kept: which changes it takes, and what comes of them, is known to the caller's types only. */
type AnyWork<R> = JointWork<R, never, unknown>;

/**
 * Brings the changes of all input items together. Items announce how they get on: work starts when
 * each one has handed in its change or ended, however many requests it took to get there.
 */
export class Gathering<R> {
	/** Items that are still on their way. */
	private busy: number;

	private failed = false;

	/** Whether any change was carried out, or tried. */
	acted = false;

	private waiting = new Map<AnyWork<R>, Waiting[]>();

	/**
	 * @param items how many items there are
	 * @param stopOnFailure whether a failed item keeps the changes of all others from being made
	 */
	constructor(
		private readonly shop: Shop<R>,
		items: number,
		private readonly stopOnFailure: boolean,
	) {
		this.busy = items;
	}

	/**
	 * Hands in the change of an item, to be made in `shop`, the part of the shop the item is confined
	 * to. Resolves with its own outcome.
	 */
	async join<C, S>(
		work: JointWork<R, C, S>,
		index: number,
		change: C,
		shop: Shop<R> = this.shop,
	): Promise<S> {
		return await new Promise<S>((resolve, reject) => {
			const entry = { index, change, shop, resolve: resolve as Waiting['resolve'], reject };
			const group = this.waiting.get(work);
			if (group) group.push(entry);
			else this.waiting.set(work, [entry]);
			this.oneLess();
		});
	}

	/** Tells that an item has ended. */
	leave(failed: boolean): void {
		this.failed ||= failed;
		this.oneLess();
	}

	private oneLess(): void {
		this.busy--;
		if (this.busy > 0 || this.waiting.size === 0) return;
		const all = this.waiting;
		this.waiting = new Map();
		const entries = [...all.values()].flat();
		this.busy = entries.length;
		if (this.failed && this.stopOnFailure) {
			for (const { reject } of entries) reject(new NotStarted('Not started.'));
			return;
		}
		this.acted = true;
		for (const [work, group] of all) {
			for (const shop of new Set(group.map((entry) => entry.shop))) {
				const part = group.filter((entry) => entry.shop === shop);
				void this.serve(work, shop as Shop<R>, part);
			}
		}
	}

	private async serve(work: AnyWork<R>, shop: Shop<R>, group: Waiting[]): Promise<void> {
		const ordered = group.sort((a, b) => a.index - b.index);
		try {
			const outcomes = await work(
				shop,
				// `join` took each change together with the work that it is for.
				ordered.map(({ change }) => change as never),
				this.stopOnFailure,
			);
			for (const [at, { resolve, reject }] of ordered.entries()) {
				const outcome = outcomes[at];
				if (outcome?.ok) resolve(outcome.value);
				else reject(outcome?.error ?? new Error('The change has no outcome.'));
			}
		} catch (error) {
			for (const { reject } of ordered) reject(error);
		}
	}
}

/**
 * A map for what a process remembers: bounded, and forgetting what nobody asked for in `maxAgeMs`.
 * Entries that `mayGo` holds on to stay whatever their age.
 */
export class RecentMap<V> {
	/** In the order of use, the oldest first. */
	private readonly entries = new Map<string, { value: V; usedAt: number }>();

	constructor(
		private readonly maxSize: number,
		private readonly maxAgeMs: number,
		private readonly mayGo: (value: V) => boolean = () => true,
	) {}

	get size(): number {
		return this.entries.size;
	}

	get(key: string): V | undefined {
		this.sweep();
		const entry = this.entries.get(key);
		if (entry) this.set(key, entry.value);
		return entry?.value;
	}

	set(key: string, value: V): void {
		this.entries.delete(key);
		this.entries.set(key, { value, usedAt: Date.now() });
		this.sweep();
	}

	delete(key: string): void {
		this.entries.delete(key);
	}

	clear(): void {
		this.entries.clear();
	}

	private sweep(): void {
		const oldest = Date.now() - this.maxAgeMs;
		for (const [key, { value, usedAt }] of this.entries) {
			if (usedAt >= oldest && this.entries.size <= this.maxSize) return;
			if (this.mayGo(value)) this.entries.delete(key);
		}
	}
}

/** How far local wall-clock time is ahead of UTC, kept per quarter of an hour because asking Intl is slow. */
class ZoneOffsets {
	readonly #format: Intl.DateTimeFormat;
	readonly #cache = new Map<number, number>();

	constructor(timezone: string) {
		this.#format = new Intl.DateTimeFormat('en-GB', {
			timeZone: timezone,
			hourCycle: 'h23',
			year: 'numeric',
			month: '2-digit',
			day: '2-digit',
			hour: '2-digit',
			minute: '2-digit',
			second: '2-digit',
		});
	}

	at(ms: number): number {
		const quarter = Math.floor(ms / 900_000);
		const known = this.#cache.get(quarter);
		if (known !== undefined) return known;
		const start = quarter * 900_000;
		const part = new Map(this.#format.formatToParts(start).map((p) => [p.type, Number(p.value)]));
		const local = Date.UTC(
			part.get('year') ?? 1970,
			(part.get('month') ?? 1) - 1,
			part.get('day') ?? 1,
			part.get('hour') ?? 0,
			part.get('minute') ?? 0,
			part.get('second') ?? 0,
		);
		const offset = local - start;
		if (this.#cache.size > 50_000) this.#cache.clear();
		this.#cache.set(quarter, offset);
		return offset;
	}
}

/** The shop's own clock: it starts where it is told to and runs in real time unless it is frozen. */
export class ShopClock {
	readonly timezone: string;
	readonly #offsets: ZoneOffsets;
	#ahead: number;
	#frozenAt: number | undefined;

	constructor(timezone: string, startMs?: number) {
		this.timezone = timezone;
		this.#offsets = new ZoneOffsets(timezone);
		this.#ahead = startMs === undefined ? 0 : startMs - Date.now();
	}

	/** Milliseconds since 1970, in the shop's time. */
	now(): number {
		return this.#frozenAt ?? Date.now() + this.#ahead;
	}

	/** Puts the clock to another moment; a frozen clock stays frozen there. */
	setNow(ms: number): void {
		if (this.#frozenAt !== undefined) this.#frozenAt = ms;
		else this.#ahead = ms - Date.now();
	}

	/** Moves the clock forward (or back). */
	advance(ms: number): void {
		this.setNow(this.now() + ms);
	}

	/** Stops the clock. */
	freeze(): void {
		this.#frozenAt = this.now();
	}

	/** Lets the clock run on from where it stands. */
	unfreeze(): void {
		if (this.#frozenAt === undefined) return;
		this.#ahead = this.#frozenAt - Date.now();
		this.#frozenAt = undefined;
	}

	/** `YYYY-MM-DD HH:MM:SS` in the shop's time zone, as PHP date() prints it; no zone, so autumn repeats an hour. */
	wall(ms: number = this.now()): string {
		const local = new Date(ms + this.#offsets.at(ms)).toISOString();
		return `${local.slice(0, 10)} ${local.slice(11, 19)}`;
	}
}

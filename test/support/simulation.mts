/**
 * One simulated life of a trigger: commands change the shop and n8n, polls run in between, and a
 * ledger knows what has to arrive. `check` compares at the end.
 */
import type { INodeExecutionData } from 'n8n-workflow';
import { PollEngine } from './pollEngine.mts';
import type { Activation, EngineKind, Tick } from './pollEngine.mts';
import {
	CLOCK_CHANGE,
	DAY,
	FakeShop,
	GRACE_MS,
	HOUR,
	MINUTE,
	SECOND,
	SETTLE_MS,
	eventsOf,
} from './simulationShop.mts';
import type { EventName, TableRow } from './simulationShop.mts';

/** What happens next. */
export type Command =
	| {
			do: 'insert';
			count: number;
			records: number;
			seed: number;
			lateMs: number;
			slow: 'no' | 'late' | 'never';
	  }
	| { do: 'poll'; times: number; everyMs: number }
	| { do: 'pass'; ms: number }
	| { do: 'delete'; which: number; sentinel: boolean }
	| { do: 'outage'; ms: number; busy: boolean }
	| { do: 'fail'; after: number; permanent: boolean }
	| { do: 'poison'; which: number; polls: number; forEver: boolean }
	| { do: 'slow'; latencyMs: number; polls: number }
	| { do: 'overlap'; stale: boolean }
	| { do: 'restart'; back: number; down: boolean; broken: 'no' | 'text' | 'version' | 'field' }
	| { do: 'republish' }
	| { do: 'rollback' }
	| { do: 'clock'; skewMs: number }
	| { do: 'filter'; statuses: string[] }
	| { do: 'event' }
	| { do: 'restore'; rows: number };

export interface Scenario {
	engine: EngineKind;
	event: EventName;
	/** Rows in the shop before the trigger is activated. */
	existing: number;
	maxItems: number;
	startFrom: 'now' | 'date';
	/** When it begins: on an ordinary day, or just before clocks go back. */
	nearClockChange: boolean;
	hasBudget: boolean;
	commands: Command[];
}

export interface Figures {
	polls: number;
	events: number;
	duplicates: number;
	replayed: number;
	missed: number;
	/** Events that came by what the row says, because their record can never be read. */
	incomplete: number;
	idle: number;
	largestState: number;
}

/** Rows a record may have, and states they may take. */
const STATUSES = 3;

/** A record gets no more rows after this long, so that its first row can be deleted. */
const RECORD_LIFE_MS = 2 * HOUR;

/** How much earlier than its start a trigger that began during an outage may look. */
const EARLY_MS = 30 * MINUTE;

export class Simulation {
	readonly shop = new FakeShop();

	readonly engine: PollEngine;

	readonly figures: Figures = {
		polls: 0,
		events: 0,
		duplicates: 0,
		replayed: 0,
		missed: 0,
		incomplete: 0,
		idle: 0,
		largestState: 0,
	};

	/** What broke a rule, in words. */
	readonly faults: string[] = [];

	/** When each event arrived last: true time, and number of the poll. */
	private readonly delivered = new Map<string, { at: number; poll: number }>();

	/** Events that may come again, because the state that knew them is lost. */
	private readonly replayable = new Set<string>();

	/** Furthest row delivered of each record. */
	private readonly furthest = new Map<string, number>();

	private readonly rowOf = new Map<number, TableRow>();

	private readonly rowsOf = new Map<string, TableRow[]>();

	private readonly records = new Map<string, { bornAt: number; isClosed: boolean }>();

	private recordNumber = 0;

	private skewMs = 0;

	/** The event that the trigger's state is about; with another it begins anew. */
	private begun: string | undefined;

	/** When the first attempt to begin failed unattended (true time), and for which event. */
	private pending: { since: number; event: string } | undefined;

	private activation: Activation = 'activate';

	private readonly damagedStates = new Set<string>();

	private slowPolls = 0;

	private poisonPolls = 0;

	private statuses: string[] = [];

	private event: EventName;

	/** The poll that each stored state came of, as many as `engine.stored`. */
	private storedBy: number[] = [];

	/** Polls entered in the ledger. */
	private taken = 0;

	private readonly startInstant: number;

	private readonly scenario: Scenario;

	constructor(scenario: Scenario, setClock: (epochMs: number) => void) {
		this.scenario = scenario;
		this.engine = new PollEngine(scenario.engine, eventsOf(this.shop));
		this.engine.budgetMs = scenario.hasBudget ? 36_000 : undefined;
		this.event = scenario.event;
		this.shop.onTime = () => setClock(this.shop.now + this.skewMs);
		this.shop.now = scenario.nearClockChange ? CLOCK_CHANGE - 40 * MINUTE : CLOCK_CHANGE - 90 * DAY;
		this.shop.pass(0);
		for (let row = 0; row < scenario.existing; row++) {
			this.insert(1, 1, row, 0, 'no');
			this.shop.pass(90 * SECOND);
		}
		this.startInstant = this.shop.now - 20 * MINUTE;
		this.configure();
	}

	/** Runs everything, lets all come to rest, and checks what came. */
	async run(): Promise<void> {
		for (const command of this.scenario.commands) await this.execute(command);
		await this.comeToRest();
		await this.checkIdle();
		this.checkDelivery();
	}

	/** Whether the next poll has to find out where to begin. */
	private get startsAnew(): boolean {
		return this.begun !== this.event;
	}

	private configure(): void {
		const { startFrom, maxItems } = this.scenario;
		this.engine.parameters = {
			event: this.event,
			statusIds: this.statuses,
			options: {
				maxItemsPerPoll: maxItems,
				startFrom,
				startDate: new Date(this.startInstant).toISOString(),
			},
		};
	}

	private async execute(command: Command): Promise<void> {
		const { shop, engine } = this;
		switch (command.do) {
			case 'insert':
				return this.insert(
					command.count,
					command.records,
					command.seed,
					command.lateMs,
					command.slow,
				);
			case 'poll':
				for (let poll = 0; poll < command.times; poll++) {
					await this.poll();
					shop.pass(command.everyMs);
				}
				return;
			case 'pass':
				return shop.pass(command.ms);
			case 'delete':
				return this.delete(command.which, command.sentinel);
			case 'outage':
				shop.downUntil = shop.now + command.ms;
				shop.failsAs = command.busy ? 'busy' : 'server';
				return;
			case 'fail':
				shop.failAfter = command.after;
				shop.failure = command.permanent ? 'permanent' : 'transient';
				return;
			case 'poison':
				return this.poison(command);
			case 'slow':
				shop.latencyMs = command.latencyMs;
				this.slowPolls = command.polls;
				return;
			case 'overlap':
				return await this.overlap(command.stale);
			case 'restart':
				return this.restart(command);
			case 'republish':
				engine.republish();
				this.activation = 'update';
				this.noteLoss();
				return;
			case 'rollback':
				engine.failsNextCommit = true;
				return;
			case 'clock':
				this.skewMs = command.skewMs;
				return shop.pass(0);
			case 'filter':
				if (this.event !== 'changed') return;
				this.editFilter(command.statuses);
				return;
			case 'event':
				return this.editEvent();
			case 'restore':
				return this.restore(command.rows);
		}
	}

	private poison({ which, polls, forEver }: Extract<Command, { do: 'poison' }>): void {
		const { shop } = this;
		const uid = shop.rows.at(-1 - which)?.uid;
		if (uid !== undefined && forEver) shop.unreadable.add(uid);
		else shop.poison = uid;
		this.poisonPolls = polls;
	}

	/** Rows of one moment: the same second, and some of them late or not whole. */
	private insert(count: number, records: number, seed: number, lateMs: number, slow: string): void {
		let random = seed + 1;
		const next = (below: number): number => {
			random = (random * 1_103_515_245 + 12_345) % 2_147_483_648;
			return Math.floor((random / 2_147_483_648) * below);
		};
		const open = [...this.records]
			.filter(([, record]) => this.isOpen(record))
			.map(([name]) => name);
		const names = Array.from({ length: records }, () => {
			const old = open[next(open.length)];
			return old !== undefined && next(2) === 0 && this.event !== 'stalled'
				? old
				: this.newRecord();
		});
		for (let index = 0; index < count; index++) {
			const isOwn = this.event === 'stalled';
			const record = (isOwn ? undefined : names[next(names.length)]) ?? this.newRecord();
			const isLate = lateMs > 0 && next(3) === 0;
			const isSlow = slow !== 'no' && next(4) === 0;
			const row = this.shop.insert({
				record,
				status: next(STATUSES),
				delayMs: isLate ? 1 + next(lateMs) : 0,
				completeInMs: !isSlow ? 0 : slow === 'never' ? Number.POSITIVE_INFINITY : next(2 * HOUR),
			});
			this.rowOf.set(row.uid, row);
			this.rowsOf.set(record, [...(this.rowsOf.get(record) ?? []), row]);
		}
	}

	private newRecord(): string {
		const name = `${++this.recordNumber}`;
		this.records.set(name, { bornAt: this.shop.now, isClosed: false });
		return name;
	}

	private isOpen(record: { bornAt: number; isClosed: boolean }): boolean {
		return !record.isClosed && this.shop.now - record.bornAt < RECORD_LIFE_MS;
	}

	/**
	 * Deletes a row. Where rows of a record tell what its other rows are, only one of a record that is
	 * over and done with.
	 */
	private delete(which: number, sentinel: boolean): void {
		const { shop } = this;
		const state = JSON.parse(this.engine.state) as { feeds?: Record<string, unknown> };
		const [feed] = Object.values(state.feeds ?? {}) as Array<{
			watermark?: number;
			sentinel?: { cursor: number } | null;
		}>;
		const isDone = ({ record }: TableRow) => {
			const about = this.records.get(record);
			const rows = this.rowsOf.get(record) ?? [];
			return about && !this.isOpen(about) && rows.every(({ id }) => id <= (feed?.watermark ?? 0));
		};
		const free = shop.visible().filter((row) => this.event === 'each' || isDone(row));
		const at = sentinel ? feed?.sentinel?.cursor : undefined;
		const row =
			at === undefined ? free[which % (free.length || 1)] : free.find(({ id }) => id === at);
		if (!row) return;
		row.deleted = true;
		row.exempt = true;
	}

	/** The database is set back: the newest rows are gone, and their IDs come again. */
	private restore(count: number): void {
		const { shop } = this;
		// In the hour that comes twice, nothing tells a rewritten row from an old one.
		if (Math.abs(shop.now - CLOCK_CHANGE) < 3 * HOUR || this.event === 'stalled') return;
		const settledRows = shop.rows.filter(({ visibleAt }) => visibleAt > shop.now);
		const gone = new Set([...shop.rows.slice(-count), ...settledRows]);
		for (const row of gone) {
			row.deleted = true;
			row.exempt = true;
			const record = this.records.get(row.record);
			if (record) record.isClosed = true;
		}
		shop.rows = shop.rows.filter((row) => !gone.has(row));
		shop.nextId = (shop.rows.at(-1)?.id ?? 0) + 1;
		shop.pass(2 * SECOND);
	}

	private editFilter(statuses: string[]): void {
		this.statuses = statuses;
		this.configure();
		this.engine.republish();
		this.activation = 'update';
		this.noteLoss();
		// Which filter a row met that is not handled yet is open.
		for (const row of this.shop.rows) {
			if (this.shop.isVisible(row) && !this.isDelivered(row)) row.exempt = true;
		}
	}

	/** Another event and back: the trigger begins anew each time. */
	private editEvent(): void {
		const { event } = this;
		if (event === 'stalled') return;
		this.event = event === 'each' ? 'changed' : 'each';
		this.scenario.startFrom = 'now';
		this.configure();
		this.engine.republish();
		this.activation = 'update';
		this.noteLoss();
		for (const row of this.shop.rows) {
			row.forbidden = false;
			if (this.shop.isVisible(row)) row.exempt = true;
		}
		// Which row of such a record is its first one, only those know who saw the deleted one.
		for (const [name, record] of this.records) {
			const rows = this.rowsOf.get(name) ?? [];
			if (!rows.some(({ deleted }) => deleted)) continue;
			record.isClosed = true;
			for (const row of rows) row.exempt = true;
		}
	}

	private restart({ back, down, broken }: Extract<Command, { do: 'restart' }>): void {
		const { engine, shop } = this;
		const stored = engine.stored.at(-1 - (engine.kind === 'durable' ? 0 : back)) ?? engine.state;
		if (down) shop.downUntil = shop.now + 3 * MINUTE;
		const text = damaged(stored, broken);
		if (broken !== 'no') this.damagedStates.add(text);
		engine.startProcess(text);
		this.activation = 'init';
		const state = JSON.parse(stored) as { feeds?: object; since?: number; scope?: string };
		this.noteLoss();
		this.pending = undefined;
		const isWhole = !this.damagedStates.has(text) && state.scope !== undefined;
		if (isWhole && state.feeds) {
			this.begun = state.scope?.split(' ')[1];
			// An older state may know nothing of a later start.
			for (const row of shop.rows) row.forbidden = false;
		} else this.beginAnew();
		// Kept also while the trigger is set to another event.
		const begunFor = isWhole ? state.scope?.split(' ')[1] : undefined;
		if (begunFor === undefined || state.since === undefined) return;
		this.pending = { since: state.since - this.skewMs, event: begunFor };
	}

	/** What arrived since the state that n8n goes on with was stored may come again. */
	private noteLoss(): void {
		const { engine } = this;
		const index = engine.stored.slice(0, -1).lastIndexOf(engine.state);
		const since = this.storedBy[index] ?? 0;
		this.storedBy[engine.stored.length - 1] = since;
		for (const [id, { poll }] of this.delivered) if (poll > since) this.replayable.add(id);
	}

	private beginAnew(): void {
		this.begun = undefined;
		this.pending = undefined;
		this.noteLookBack();
	}

	/** A trigger that begins anew during an outage looks back a little, over what has arrived. */
	private noteLookBack(): void {
		this.furthest.clear();
		for (const [id, { at }] of this.delivered) {
			const isRecent = at > this.shop.now - EARLY_MS;
			if (isRecent || this.scenario.startFrom === 'date') this.replayable.add(id);
		}
	}

	private async overlap(stale: boolean): Promise<void> {
		const { shop, engine } = this;
		if (!engine.isActive || this.startsAnew) return;
		let release: () => void = () => {};
		shop.gate = new Promise((resolve) => (release = resolve));
		const first = engine.poll('update');
		await Promise.resolve();
		if (stale) {
			shop.gate = undefined;
			shop.pass(11 * MINUTE);
			await this.poll();
			release();
			const hung = await first;
			if (hung.kind !== 'nothing') this.fault(`a poll given up gave ${hung.kind}`);
			return;
		}
		const calls = { ...shop.calls };
		const second = engine.poll('update');
		// Everything that can go on without the shop has gone on by then.
		await new Promise((resolve) => setImmediate(resolve));
		if (shop.calls.list > calls.list + 1) this.fault('a second poll asked the shop');
		release();
		shop.gate = undefined;
		const { kind } = await second;
		if (kind !== 'nothing') this.fault(`a second poll gave ${kind}`);
		this.take(await first);
	}

	/** A poll as n8n makes it, entered in the ledger. */
	private async poll(): Promise<Tick> {
		const { shop, engine, figures } = this;
		figures.polls++;
		const began = shop.now;
		const visible = new Set(this.startsAnew ? shop.visible() : []);
		const warned = engine.warnings.length;
		const wasAnew = this.startsAnew;
		const tick = await engine.poll(this.activation);
		const isStart = !engine.isActive && this.activation === 'init';
		if (tick.kind === 'error' && isStart) this.fault('the trigger is dead after a start of n8n');
		if (tick.kind === 'error') this.activation = engine.isActive ? this.activation : 'activate';
		else if (wasAnew) this.noteStart(tick, began, visible, engine.warnings.slice(warned));
		this.take(tick);
		if (--this.slowPolls <= 0) shop.latencyMs = 0;
		if (--this.poisonPolls <= 0) shop.poison = undefined;
		return tick;
	}

	/** The trigger has begun, or taken note that it could not. */
	private noteStart(tick: Tick, began: number, visible: Set<TableRow>, warnings: string[]): void {
		const { shop } = this;
		if (tick.kind === 'nothing' && warnings.some((text) => text.includes('will try again'))) {
			if (this.pending?.event !== this.event) this.pending = { since: began, event: this.event };
			this.begun = undefined;
			this.noteLookBack();
			return;
		}
		const since = this.pending?.event === this.event ? this.pending.since : undefined;
		const isPast = this.scenario.startFrom === 'date';
		const from = Math.min(since ?? Infinity, isPast ? this.startInstant : Infinity);
		if (tick.kind === 'items' && from === Infinity) this.fault('the first activation gave events');
		this.begun = this.event;
		this.pending = undefined;
		for (const row of shop.rows) {
			const happenedAt = this.event === 'stalled' ? row.completeAt : row.allocatedAt;
			if (happenedAt >= from - EARLY_MS) row.forbidden = false;
			if (row.exempt) continue;
			if (visible.has(row) || (row.visibleAt <= shop.now && row.visibleAt > began)) {
				const isIncluded = isPast && row.allocatedAt >= this.startInstant;
				const cameSince = since !== undefined && row.visibleAt > since;
				if (isIncluded || (cameSince && row.allocatedAt > since - 5 * MINUTE)) continue;
				row.exempt = true;
				const isWhole = this.event !== 'stalled' || row.completeAt <= began;
				row.forbidden = isWhole && happenedAt < from - EARLY_MS && !this.isDelivered(row);
				continue;
			}
			// Written before the start, visible after it: new, if few rows lie above.
			if (row.allocatedAt <= began && row.visibleAt > began) {
				const above = shop.visible().filter(({ id }) => id > row.id).length;
				if (above < 15) continue;
				for (const other of shop.rows) if (other.record === row.record) other.exempt = true;
				const record = this.records.get(row.record);
				if (record) record.isClosed = true;
			}
		}
	}

	/** Enters what a poll gave. */
	private take(tick: Tick): void {
		const { engine, figures, scenario } = this;
		this.taken++;
		while (this.storedBy.length < engine.stored.length) this.storedBy.push(this.taken);
		const size = engine.state.length;
		figures.largestState = Math.max(figures.largestState, size);
		if (tick.kind !== 'items') return;
		if (tick.items.length > scenario.maxItems) this.fault(`${tick.items.length} items in a poll`);
		for (const item of tick.items) this.takeItem(item);
	}

	private takeItem({ json }: INodeExecutionData): void {
		const { figures, shop } = this;
		const { id } = json.event as { id: string };
		const row = this.rowOf.get(Number(json.uid));
		if (!row) return this.fault(`an event without a row: ${id}`);
		figures.events++;
		if (json.incomplete === true) figures.incomplete++;
		if (this.delivered.has(id)) {
			if (this.replayable.has(id)) figures.replayed++;
			else {
				figures.duplicates++;
				this.fault(`${id} came twice`);
			}
		} else {
			if (row.forbidden) this.fault(`${id} is older than the trigger`);
			const before = this.furthest.get(`${this.event} ${row.record}`) ?? 0;
			// A row that turned up late comes late, and so does one whose meaning waited for it.
			const isLate = (this.rowsOf.get(row.record) ?? []).some(
				(other) => other.uid !== row.uid && other.uid > row.uid === other.visibleAt < row.visibleAt,
			);
			if (row.uid < before && !isLate) this.fault(`${id} came after a later row of its record`);
			this.furthest.set(`${this.event} ${row.record}`, Math.max(before, row.uid));
		}
		this.delivered.set(id, { at: shop.now, poll: this.taken });
		this.deliveredRows.add(row.uid);
		this.deliveredRecords.add(`${this.event} ${row.record}`);
	}

	private readonly deliveredRows = new Set<number>();

	private readonly deliveredRecords = new Set<string>();

	private isDelivered(row: TableRow): boolean {
		return this.event === 'each' || this.event === 'changed'
			? this.deliveredRows.has(row.uid)
			: this.deliveredRecords.has(`${this.event} ${row.record}`);
	}

	/** Everything gets well again, and enough time passes for all that waits. */
	private async comeToRest(): Promise<void> {
		const { shop, engine } = this;
		shop.downUntil = 0;
		shop.failAfter = Number.POSITIVE_INFINITY;
		shop.poison = undefined;
		shop.latencyMs = 0;
		engine.failsNextCommit = false;
		for (let quiet = 0, polls = 0; quiet < 3; polls++) {
			if (polls > 2_000) return this.fault('never comes to rest');
			const tick = await this.poll();
			if (tick.kind === 'error' && polls > 5)
				return this.fault(`keeps failing: ${String(tick.error)}`);
			quiet = tick.kind === 'nothing' ? quiet + 1 : 0;
			shop.pass(quiet === 0 ? MINUTE : SETTLE_MS + GRACE_MS + 10 * MINUTE);
		}
		// The second time for records that cannot be read: until then they are asked for again.
		for (const ms of [3 * HOUR, GRACE_MS + MINUTE]) {
			shop.pass(ms);
			while ((await this.poll()).kind === 'items') shop.pass(SECOND);
			await this.poll();
		}
	}

	/** Nothing new: one small request, nothing written, nothing started. */
	private async checkIdle(): Promise<void> {
		const { shop, engine, figures } = this;
		for (let poll = 0; poll < 3; poll++) {
			shop.pass(poll === 0 ? SECOND : MINUTE);
			const calls = { ...shop.calls };
			const { writes, state } = engine;
			const tick = await this.poll();
			figures.idle++;
			if (tick.kind !== 'nothing') this.fault(`an idle poll gave ${tick.kind}`);
			if (engine.writes !== writes || engine.state !== state) this.fault('an idle poll wrote');
			const made = { list: shop.calls.list - calls.list, other: shop.calls.newest - calls.newest };
			if (made.list !== 1 || made.other > 0)
				this.fault(`an idle poll made ${JSON.stringify(made)}`);
			if (shop.calls.resolve !== calls.resolve) this.fault('an idle poll resolved rows');
		}
	}

	/** Each event that had to come has come. */
	private checkDelivery(): void {
		const first = new Map<string, TableRow>();
		for (const row of this.shop.rows) if (!first.has(row.record)) first.set(row.record, row);
		for (const row of this.shop.rows) {
			const isFirst = first.get(row.record) === row;
			const isEvent =
				this.event === 'each' ||
				(this.event === 'changed'
					? !isFirst && (this.statuses.length === 0 || this.statuses.includes(`${row.status}`))
					: isFirst);
			if (!isEvent || row.exempt || this.isDelivered(row)) continue;
			this.figures.missed++;
			this.fault(`row ${row.uid} (ID ${row.id}, record ${row.record}) was never delivered`);
		}
	}

	private fault(text: string): void {
		this.faults.push(text);
	}
}

/** A stored state broken by hand, or of another version. */
function damaged(text: string, how: Extract<Command, { do: 'restart' }>['broken']): string {
	const state = JSON.parse(text) as Record<string, unknown>;
	switch (how) {
		case 'no':
			return text;
		case 'text':
			return JSON.stringify({ ...state, feeds: 'none', since: 'never' });
		case 'version':
			return JSON.stringify({ ...state, v: 0 });
		case 'field': {
			const feeds = (state.feeds ?? {}) as Record<string, Record<string, unknown>>;
			for (const feed of Object.values(feeds)) if (typeof feed === 'object') feed.watermark = 'x';
			return JSON.stringify({ ...state, feeds, since: null });
		}
	}
}

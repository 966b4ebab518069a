import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { InputError, isTransient, toNodeError } from './errors';
import { readValues } from './parameters';
import { MAX_KNOWN, freshRows, markSeen, readState, remember, settle, startAt } from './pollState';
import type { FeedState, PendingState, PollState } from './pollState';
import { settled } from './settled';
import { openShop } from './shop';
import type { Shop } from './shop';
import type { FeedRow, Stream, TriggerChoice, TriggerEvent } from './stream';
import { optionsOf, triggerFields } from './triggerFields';
import type { TriggerOptions } from './triggerFields';
import type { Vendor } from './vendor';

/** Rows of a feed read per request. */
const PAGE_ROWS = 200;

/** Rows turned into events at a time. */
const CHUNK_ROWS = 50;

/** Rows looked at for a test event before giving up. */
const SAMPLE_ROWS = 20;

/** Longest a poll may take, in milliseconds, and what it leaves unused of n8n's budget. */
const MAX_POLL_MS = 50_000;
const BUDGET_SHARE = 0.8;

/** A poll that has not ended after this long is taken for dead, in milliseconds. */
const STALE_AFTER_MS = 10 * 60_000;

/** Contexts whose first poll is over. n8n keeps one context for all polls of an activation. */
const firstPollDone = new WeakSet<object>();

/** When the poll under way of each trigger began (epoch ms): n8n starts polls over each other. */
const running = new Map<string, number>();

/**
 * Baselines that n8n's durable scheduler forgets: it does not store what the activation poll wrote.
 */
const baselines = new Map<string, PollState | PendingState>();

/**
 * One tick of a polling trigger. Delivers each event at least once, in normal running exactly once,
 * oldest first; remembers its place only together with what it delivers.
 */
export async function pollEvents<R>(
	context: IPollFunctions,
	vendor: Vendor<R>,
	events: ReadonlyArray<TriggerEvent<R>>,
): Promise<INodeExecutionData[][] | null> {
	const node = context.getNode();
	const doing = `Poll ${vendor.name}`;
	if (context.getMode() === 'manual') {
		try {
			return await sample(context, vendor, events);
		} catch (error) {
			throw toNodeError(node, error, `Fetch a test event from ${vendor.name}`);
		}
	}
	const first = !firstPollDone.has(context);
	firstPollDone.add(context);
	const key = `${context.getWorkflow().id ?? ''}:${node.id}`;
	const since = running.get(key);
	if (since !== undefined && Date.now() - since < STALE_AFTER_MS) return null;
	const started = Date.now();
	running.set(key, started);
	try {
		return await tick(context, vendor, events, key);
	} catch (error) {
		// n8n gives up a trigger for good when its first poll after a start fails, so that one must not.
		if (first && isUnattended(context, error)) {
			const { message } = toNodeError(node, error, doing);
			context.logger.warn(`${message} The next poll will try again.`);
			return null;
		}
		throw toNodeError(node, error, doing);
	} finally {
		if (running.get(key) === started) running.delete(key);
	}
}

/** Whether nobody is there to read the failure of an activation. */
function isUnattended(context: IPollFunctions, error: unknown): boolean {
	const mode = context.getActivationMode();
	if (mode === 'init' || mode === 'leadershipChange') return true;
	// 'update' is a publish by the user as well as n8n's own repair run.
	return mode === 'update' && isTransient(error);
}

interface Setup<R> {
	event: TriggerEvent<R>;
	choice: TriggerChoice;
	options: TriggerOptions;
}

function readSetup<R>(context: IPollFunctions, events: ReadonlyArray<TriggerEvent<R>>): Setup<R> {
	const chosen = String(context.getNodeParameter('event'));
	const event = events.find(({ value }) => value === chosen);
	if (!event)
		throw new InputError(`This node has no event "${chosen}".`, 'Choose one from the list.');
	const fields = [...triggerFields, ...event.fields];
	const values = readValues(fields, (name) => context.getNodeParameter(name, null));
	const choice = { simplify: values.simplify === true, values };
	return { event, choice, options: optionsOf(values) };
}

/** "Fetch test event": the newest real event, without touching the trigger's memory. */
async function sample<R>(
	context: IPollFunctions,
	vendor: Vendor<R>,
	events: ReadonlyArray<TriggerEvent<R>>,
): Promise<INodeExecutionData[][]> {
	const { event, choice } = readSetup(context, events);
	const shop = await openShop(context, vendor);
	const { streams } = await event.open(shop, undefined);
	for (const stream of streams) {
		for (const row of await stream.newest(shop, SAMPLE_ROWS)) {
			const about = { choice, overdue: new Set([row.key]), known: {} };
			const [outcome] = await stream.resolve(shop, [row], about);
			if (outcome && typeof outcome !== 'string') return [[toItem(shop, event, outcome)]];
		}
	}
	throw new InputError(
		'The shop has nothing that matches yet.',
		'Place a test order (or change one) in the shop and fetch again.',
	);
}

async function tick<R>(
	context: IPollFunctions,
	vendor: Vendor<R>,
	events: ReadonlyArray<TriggerEvent<R>>,
	key: string,
): Promise<INodeExecutionData[][] | null> {
	const now = Date.now();
	// Older n8n versions have no budget.
	const budget = (context as Partial<IPollFunctions>).getPollBudgetMs?.() ?? MAX_POLL_MS;
	const deadline = now + Math.min(budget * BUDGET_SHARE, MAX_POLL_MS);
	const { event, choice, options } = readSetup(context, events);
	const shop = await openShop(context, vendor, deadline);
	const scope = `${shop.address.url} ${event.value}`;
	const stored = context.getWorkflowStaticData('node');
	const known = readState(stored, scope) ?? readState(baselines.get(key), scope);

	if (!known || 'since' in known) {
		const pending: PendingState = known ?? { v: 1, scope, since: now };
		// Before the first request: if the shop is down now, events still count from this moment.
		write(stored, pending);
		baselines.set(key, pending);
		const state = await firstState(shop, event, options, pending, now);
		write(stored, state);
		baselines.set(key, state);
		if (options.startFrom.mode === 'now' && now - pending.since < STALE_AFTER_MS) return null;
	}
	const before = readState(stored, scope) ?? readState(baselines.get(key), scope);
	if (!before || 'since' in before) return null;

	const { streams } = await event.open(shop, before.variant);
	const run: Run<R> = { context, shop, event, choice, deadline, now };
	const items: INodeExecutionData[] = [];
	for (const stream of streams) {
		const feed = before.feeds[stream.name] ?? startAt(await newestPosition(stream, shop), '', 0);
		before.feeds[stream.name] = feed;
		if (stream.everyMs > 0 && now - feed.polledAt < stream.everyMs) continue;
		items.push(
			...(await readFeed(run, stream, feed, before, options.maxItemsPerPoll - items.length)),
		);
	}
	const changed = JSON.stringify(before) !== JSON.stringify(readState(stored, scope));
	if (changed) write(stored, before);
	if (changed) baselines.delete(key);
	return items.length > 0 ? [items] : null;
}

interface Run<R> {
	context: IPollFunctions;
	shop: Shop<R>;
	event: TriggerEvent<R>;
	choice: TriggerChoice;
	deadline: number;
	now: number;
}

/** Where a new trigger begins: at the newest row, or where the user said. */
async function firstState<R>(
	shop: Shop<R>,
	event: TriggerEvent<R>,
	{ startFrom }: TriggerOptions,
	pending: PendingState,
	now: number,
): Promise<PollState> {
	const { variant, streams } = await event.open(shop, undefined);
	const state: PollState = { v: 1, scope: pending.scope, variant, feeds: {} };
	const delayed = now - pending.since >= STALE_AFTER_MS;
	const from = startFrom.mode === 'now' ? (delayed ? pending.since : undefined) : startFrom.instant;
	for (const stream of streams) {
		const [newest] = await stream.newest(shop, 1);
		const end = newest?.position ?? 0;
		const start = from === undefined ? end : ((await stream.positionAt(shop, from)) ?? end);
		// The stamp only serves to recognise a database that went back; it starts at the newest row.
		const feed = startAt(Math.min(start, end), newest?.stamp ?? '', now);
		if (stream.track) {
			for (const row of await stream.newest(shop, MAX_KNOWN)) {
				remember(feed, row.recordId, stream.track(row));
			}
		}
		state.feeds[stream.name] = feed;
	}
	return state;
}

async function newestPosition<R>(stream: Stream<R>, shop: Shop<R>): Promise<number> {
	return (await stream.newest(shop, 1))[0]?.position ?? 0;
}

/**
 * Reads what is new in one feed until it ends or a bound (events, time) is reached, and notes in
 * `feed` what was handled. A failure after some events keeps those: the next poll goes on there.
 */
async function readFeed<R>(
	run: Run<R>,
	stream: Stream<R>,
	feed: FeedState,
	state: PollState,
	room: number,
): Promise<INodeExecutionData[]> {
	const progress: Progress = {
		items: [],
		held: new Set(),
		handledUpTo: feed.marks.at(-1)?.position ?? feed.floor,
	};
	const result = await settled(
		async () => await readPages(run, stream, feed, state, room, progress),
	);
	if (!result.ok) {
		if (progress.items.length === 0) throw result.error;
		const { context } = run;
		context.logger.warn(toNodeError(context.getNode(), result.error, 'Poll').message);
	}
	if (stream.everyMs > 0) feed.polledAt = run.now;
	settle(feed, progress.handledUpTo, stream.settleMs, run.now);
	return progress.items;
}

interface Progress {
	items: INodeExecutionData[];
	/** Records with a row that is not complete: their later rows must not overtake it. */
	held: Set<string>;
	handledUpTo: number;
}

async function readPages<R>(
	run: Run<R>,
	stream: Stream<R>,
	feed: FeedState,
	state: PollState,
	room: number,
	progress: Progress,
): Promise<void> {
	// The row at the floor comes along: when it is gone, the database may have been set back.
	const anchor = stream.anchored && feed.floor > 0 ? feed.floor : undefined;
	let after = anchor === undefined ? feed.floor : anchor - 1;
	for (;;) {
		const rows = await stream.list(run.shop, after, PAGE_ROWS);
		if (after + 1 === anchor && rows[0]?.position !== anchor)
			await checkRestored(run, stream, feed);
		const above = rows.filter(({ position }) => position > feed.floor);
		const fresh = freshRows(feed, above);
		while (fresh.length > 0) {
			const left = room - progress.items.length;
			if (left <= 0 || Date.now() >= run.deadline) return;
			await handle(run, stream, feed, state, fresh.splice(0, Math.min(left, CHUNK_ROWS)), progress);
		}
		const end = rows.at(-1)?.position;
		if (end !== undefined) progress.handledUpTo = Math.max(progress.handledUpTo, end);
		if (rows.length < PAGE_ROWS || end === undefined) return;
		if (end <= after) throw new Error('The feed does not move on.');
		if (Date.now() >= run.deadline) return;
		after = end;
	}
}

/** Turns some rows into items and notes each as handled or waiting. */
async function handle<R>(
	{ shop, event, choice, now }: Run<R>,
	stream: Stream<R>,
	feed: FeedState,
	state: PollState,
	rows: readonly FeedRow[],
	progress: Progress,
): Promise<void> {
	const { items, held } = progress;
	const outcomes = await stream.resolve(shop, rows, {
		choice,
		overdue: overdueRows(feed, rows, stream, now),
		known: feed.known,
	});
	for (const [index, row] of rows.entries()) {
		const outcome = outcomes[index] ?? 'wait';
		if (outcome === 'wait' || held.has(row.recordId)) {
			held.add(row.recordId);
			feed.waiting[row.key] ??= { position: row.position, since: now };
		} else if (outcome === 'skip') {
			markSeen(feed, row, undefined);
		} else {
			const known = Object.values(state.feeds).some(({ seen }) => seen[outcome.key]);
			if (!known) items.push(toItem(shop, event, outcome));
			markSeen(feed, row, outcome.key);
		}
		if (stream.track) remember(feed, row.recordId, stream.track(row));
		progress.handledUpTo = Math.max(progress.handledUpTo, row.position);
	}
}

function overdueRows<R>(
	feed: FeedState,
	rows: readonly FeedRow[],
	{ graceMs }: Stream<R>,
	now: number,
): Set<string> {
	const overdue = rows.filter(({ key }) => {
		const entry = feed.waiting[key];
		return entry !== undefined && now - entry.since >= graceMs;
	});
	return new Set(overdue.map(({ key }) => key));
}

/**
 * The last settled row is gone. If the feed now ends before it, the database was set back: rows
 * written since are the ones stamped later than anything handled before.
 */
async function checkRestored<R>(run: Run<R>, stream: Stream<R>, feed: FeedState): Promise<void> {
	const newest = await stream.newest(run.shop, PAGE_ROWS);
	const end = newest[0]?.position ?? 0;
	if (end >= feed.floor) return;
	const old = newest.find(({ stamp }) => stamp <= feed.stamp);
	run.context.logger.warn(
		`The shop's data went back from number ${feed.floor} to ${end}; going on with what is new since.`,
	);
	Object.assign(
		feed,
		startAt(
			old?.position ?? Math.max((newest.at(-1)?.position ?? 1) - 1, 0),
			feed.stamp,
			feed.polledAt,
		),
	);
}

function toItem<R>(
	shop: Shop<R>,
	event: TriggerEvent<R>,
	{
		recordId,
		changeId,
		occurredAt,
		json,
	}: { recordId: string; changeId: string; occurredAt: string | null; json: IDataObject },
): INodeExecutionData {
	const { host } = shop.address;
	const id = `${host}:${event.value}:${recordId}:${changeId}`;
	return { json: { ...json, event: { id, type: event.value, occurredAt, shop: host } } };
}

/** Replaces the stored state in place: n8n watches this very object. */
function write(stored: IDataObject, next: PollState | PendingState): void {
	for (const name of Object.keys(stored)) delete stored[name];
	Object.assign(stored, structuredClone(next));
}

import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { isBusy, isTransient, toNodeError } from '../http/errors';
import { toItem } from './eventItem';
import { readFeed } from './feed';
import type { Reading } from './feed';
import type { FeedRun } from './feedRows';
import { openFeed } from './feedStart';
import { deadlineOf, withDurations } from './pollTime';
import { triggerMemories } from './processMemory';
import type { TriggerMemory } from './processMemory';
import { sample } from './sample';
import { readSetup, startOf } from './setup';
import { STATE_VERSION } from './state';
import type { NotStartedState, PollState } from './state';
import { isBroken, readState } from './stateVersions';
import { scopedShop } from '../reading/shopContext';
import { settled } from '../protocol/settled';
import { openShop } from '../reading/shop';
import type { Shop } from '../reading/shop';
import type { InstantOf, Stream, TriggerChoice, TriggerEvent } from './stream';
import type { TriggerOptions } from './triggerFields';
import type { Vendor } from '../protocol/vendor';

/** How often it is checked whether what the user chose still exists, in milliseconds. */
const CHECK_EVERY_MS = 60 * 60_000;

/**
 * One tick of a polling trigger. Delivers each event at least once, in normal running exactly once,
 * oldest first; remembers its place only together with what it delivers.
 */
export async function pollEvents<R>(
	context: IPollFunctions,
	vendor: Vendor<R>,
	events: ReadonlyArray<TriggerEvent<R>>,
	instantOf: InstantOf<R>,
): Promise<INodeExecutionData[][] | null> {
	const node = context.getNode();
	if (context.getMode() === 'manual') {
		const result = await settled(async () => await sample(context, vendor, events));
		if (result.ok) return result.value;
		throw toNodeError(node, result.error, `Fetch a test event from ${vendor.name}`);
	}
	const doing = `Poll ${vendor.name}`;
	const key = `${context.getWorkflow().id ?? ''}:${node.id}`;
	const memory = triggerMemories.of(key);
	const first = memory.isActivation(context);
	return await memory.unlessPolling(async (isGivenUp) => {
		const poll = new Poll(context, vendor, { events, instantOf }, memory);
		if (poll.isLate) return null;
		const result = await settled(async () => await poll.run());
		// A poll that hung until another took over must not undo what that one did.
		if (isGivenUp()) return null;
		if (result.ok) {
			memory.markReached();
			return poll.commit(result.value);
		}
		const error = toNodeError(node, withDurations(result.error, poll.durations), doing);
		// n8n gives up a trigger for good when its first poll after a start fails, so that one must not.
		// A later one that finds the shop busy loses nothing; nobody has to hear of it at once.
		const isQuiet = first
			? isUnattended(context, result.error)
			: isBusy(result.error) && memory.isPatient();
		if (!isQuiet) throw error;
		poll.remember();
		context.logger.warn(`${error.message} The next poll will try again.`);
		return null;
	});
}

/** Whether nobody is there to read the failure of an activation. */
function isUnattended(context: IPollFunctions, error: unknown): boolean {
	const mode = context.getActivationMode();
	if (mode === 'init' || mode === 'leadershipChange') return true;
	// 'update' is a publish by the user as well as n8n's own repair run.
	return mode === 'update' && isTransient(error);
}

/** What a poll led to; nothing of it counts before `commit`. */
interface Outcome {
	items: INodeExecutionData[];
	/** The state to store; absent when nothing happened. */
	state?: PollState;
}

/** One poll: reads the state, asks the shop, and stores what it led to in one step at the end. */
class Poll<R> {
	private readonly now = Date.now();

	/** The object that n8n watches. */
	private readonly stored: IDataObject;

	private readonly storedText: string;

	/** Names what is handed over: what went to one event holds up no other chosen since. */
	private readonly handOver: string;

	/** What to store when an activation fails that nobody attends. */
	private notStarted: NotStartedState | undefined;

	/** The longest that requests took, in milliseconds. */
	readonly durations = new Map<string, number>();

	constructor(
		private readonly context: IPollFunctions,
		private readonly vendor: Vendor<R>,
		private readonly about: { events: ReadonlyArray<TriggerEvent<R>>; instantOf: InstantOf<R> },
		private readonly memory: TriggerMemory,
	) {
		this.stored = context.getWorkflowStaticData('node');
		this.storedText = JSON.stringify(this.stored);
		this.handOver = `${String(context.getNodeParameter('event', ''))} ${this.storedText}`;
	}

	/** Whether what there is to deliver from here is on its way already. */
	get isLate(): boolean {
		return this.memory.isHandedOver(this.handOver);
	}

	async run(): Promise<Outcome> {
		const { context, now, memory } = this;
		const { logger } = context;
		const text = memory.recall(this.storedText);
		const deadline = deadlineOf(context, text, now);
		const { event, choice, options } = readSetup(context, this.vendor, this.about.events);
		const leavesOutLate = memory.timeouts > 0;
		const { durations } = this;
		const opening = { deadline, durations, leavesOutLate, loaded: memory.loaded(now) };
		const whole = await openShop(context, this.vendor, opening);
		const shop = scopedShop(whole, this.vendor.scope, choice.values);
		await this.check(event, shop, choice);
		const part = Object.keys(shop.scope).length === 0 ? '' : ` ${JSON.stringify(shop.scope)}`;
		const scope = `${shop.address.url} ${event.value}${part}`;
		const known = readState(text, scope);
		if (isBroken(text, scope)) logger.warn("The trigger's memory is damaged; it starts anew.");
		if (known && 'feeds' in known) {
			const { streams } = await event.open(shop, known.variant);
			return await this.read({ shop, event, choice, deadline }, streams, known, options, false);
		}
		this.notStarted = known ?? { v: STATE_VERSION, scope, since: now };
		const from = await startOf(
			options,
			known,
			async (local) => await this.about.instantOf(shop, local, event.value),
		);
		const isChosen = options.startFrom.mode === 'past';
		const { variant, streams } = await event.open(shop, undefined);
		const state: PollState = { v: STATE_VERSION, scope, variant, feeds: {} };
		const start = { shop, logger, now, isChosen };
		const opened = streams.map(async (stream) => await openFeed(start, stream, from));
		for (const [index, feed] of (await Promise.all(opened)).entries()) {
			state.feeds[streams[index]?.name ?? ''] = feed;
		}
		if (from === undefined) return { items: [], state };
		return await this.read({ shop, event, choice, deadline }, streams, state, options, true);
	}

	/** Has the choice checked where that is due: a status may be deleted long after the start. */
	private async check(
		{ check }: TriggerEvent<R>,
		shop: Shop<R>,
		choice: TriggerChoice,
	): Promise<void> {
		const name = `check ${JSON.stringify(choice.values)}`;
		if (!check || !this.memory.isDue(name, CHECK_EVERY_MS, this.now)) return;
		await check(shop, choice);
		this.memory.markLookedAt(name, this.now);
	}

	/** Reads the feeds in turn. Events found before a failure are delivered; the rest waits. */
	private async read(
		{ shop, event, choice, deadline }: Opened<R>,
		streams: ReadonlyArray<Stream<R>>,
		state: PollState,
		{ maxItemsPerPoll }: TriggerOptions,
		isNew: boolean,
	): Promise<Outcome> {
		const { context, now, memory } = this;
		const { logger } = context;
		const isDelivered = (event: string) =>
			Object.values(state.feeds).some((feed) => feed.deliveredIds[event] !== undefined);
		const { timeouts } = memory;
		const run: FeedRun<R> = { shop, choice, logger, now, deadline, timeouts, isDelivered };
		const most = Math.max(1, Math.floor(maxItemsPerPoll));
		const items: INodeExecutionData[] = [];
		let changed = isNew;
		let failure: Reading['failure'];
		let [ranOut, moved] = [false, false];
		for (const stream of streams) {
			const isOver = items.length >= most || (items.length > 0 && Date.now() >= deadline);
			if (isOver || ranOut || !memory.isDue(stream.name, stream.everyMs, now)) continue;
			const known = state.feeds[stream.name];
			const feed = known ?? (await openFeed(run, stream, undefined));
			state.feeds[stream.name] = feed;
			const reading = await readFeed(run, stream, feed, most - items.length);
			items.push(...reading.events.map((found) => toItem(shop, event, found)));
			changed ||= reading.changed || known === undefined;
			failure ??= reading.failure;
			ranOut ||= reading.ranOut;
			moved ||= reading.moved;
			if (!reading.failure) memory.markLookedAt(stream.name, now);
		}
		const isQuick = Date.now() - now < (deadline - now) / 2;
		if (ranOut || !failure) memory.noteTime({ ranOut, moved, isQuick });
		// The next poll goes on with what was noted of the rows, or loaded for them.
		const isKept = ranOut && (changed || timeouts === 0);
		if (failure && items.length === 0 && !isKept) throw failure.error;
		if (failure) {
			const error = withDurations(failure.error, this.durations);
			logger.warn(toNodeError(context.getNode(), error, 'Poll').message);
		}
		return { items, ...(changed && { state }) };
	}

	/** Stores the new state, if there is one, and hands the items over. */
	commit({ items, state }: Outcome): INodeExecutionData[][] | null {
		if (state) this.write(state, items.length === 0);
		if (items.length > 0) this.memory.markHandedOver(this.handOver);
		return items.length > 0 ? [items] : null;
	}

	/** After a failed activation: events count from the first attempt, unless the state says more. */
	remember(): void {
		if (this.notStarted) this.write(this.notStarted, true);
	}

	/** Replaces the stored state in place: n8n watches this very object. */
	private write(next: PollState | NotStartedState, withoutEvents: boolean): void {
		const text = JSON.stringify(next);
		if (withoutEvents) this.memory.keep(this.storedText, text);
		for (const name of Object.keys(this.stored)) delete this.stored[name];
		Object.assign(this.stored, JSON.parse(text));
	}
}

interface Opened<R> {
	shop: Shop<R>;
	event: TriggerEvent<R>;
	choice: TriggerChoice;
	deadline: number;
}

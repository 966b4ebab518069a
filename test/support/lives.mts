/**
 * Random lives of a shop and of its triggers, with real polls of the sandbox shop. Each shop says what
 * can happen in it, and what has to be told of that; how triggers live is the same everywhere.
 */
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { TriggerBench } from './engine.mts';
import fc from './seed.mts';
import { eventOf } from './triggers.mts';
import type { HeldTime } from './triggers.mts';

/** Lives per run; RUNS makes more of them or fewer. */
const RUNS = Number(process.env.RUNS ?? 60);

/** What happens to triggers, beside what happens in the shop. */
type TriggerStep<Deed> =
	/** `meanwhile` happens while pages are read. */
	| { do: 'poll'; trigger: number; meanwhile: Deed[] }
	/** A restart of n8n. With `forget`, it knows what it stored with the last events only. */
	| { do: 'restart'; trigger: number; forget: boolean };

export type Step<Deed> = Deed | TriggerStep<Deed>;

/** What a life is made of. */
export interface LifePlan<Deed> {
	/** How many triggers there are. */
	triggers: number;
	/** What happens in the shop. Time passes by `do: 'pass'`, and not while pages are read. */
	deed: fc.Arbitrary<Deed>;
	/** What goes wrong: each as often as restarts. */
	troubles: ReadonlyArray<fc.Arbitrary<Deed>>;
}

/** The steps of a life. */
export function stepsOf<Deed extends { do: string }>({
	triggers,
	deed,
	troubles,
}: LifePlan<Deed>): fc.Arbitrary<Array<Step<Deed>>> {
	const trigger = fc.nat({ max: triggers - 1 });
	const meanwhile = fc.array(
		deed.filter((each) => each.do !== 'pass'),
		{ maxLength: 3 },
	);
	const poll = fc.record({ do: fc.constant('poll' as const), trigger, meanwhile });
	const restart = fc.record({
		do: fc.constant('restart' as const),
		trigger,
		forget: fc.boolean(),
	});
	const step = fc.oneof<Array<fc.WeightedArbitrary<Step<Deed>>>>(
		{ weight: 5, arbitrary: deed },
		{ weight: 4, arbitrary: poll },
		{ weight: 1, arbitrary: restart },
		...troubles.map((arbitrary) => ({ weight: 1, arbitrary })),
	);
	return fc.array(step, { minLength: 10, maxLength: 60 });
}

/** A trigger and what it told. */
export class Listener {
	readonly told: INodeExecutionData[] = [];

	private stored: IDataObject = {};

	constructor(
		readonly event: string,
		private readonly bench: TriggerBench,
	) {}

	/** The records it told of, in order. */
	get ids(): number[] {
		return this.told.map(({ json }) => Number(json.id));
	}

	/** Answers whether something came. */
	async poll(): Promise<boolean> {
		const items = await this.bench.poll();
		this.told.push(...items);
		// n8n's default engine stores the state with what was delivered.
		if (items.length > 0) this.stored = structuredClone(this.bench.staticData);
		return items.length > 0;
	}

	async start(): Promise<void> {
		expect(await this.bench.poll('activate')).toEqual([]);
		this.stored = structuredClone(this.bench.staticData);
	}

	restart(forget: boolean): void {
		this.bench.restart(forget ? this.stored : this.bench.staticData);
	}
}

const totals = { lives: 0, polls: 0, failures: 0, events: 0 };

/** The shop of a life, and who listens to it. */
export interface LifeOf<Deed> {
	listeners: readonly Listener[];
	time: HeldTime;
	carryOut(deed: Deed): void;
	/** What went wrong is over. */
	recover(): void;
	/** Minutes that pass after each poll at least. */
	rest?: number;
}

/** Plays a life until everything is told, and nothing comes any more. */
export async function playLife<Deed extends { do: string }>(
	{ listeners, time, carryOut, recover, rest = 0 }: LifeOf<Deed>,
	steps: ReadonlyArray<Step<Deed>>,
): Promise<void> {
	// A failure of the shop is none of the trigger's.
	const poll = async (listener: Listener): Promise<void> => {
		totals.polls++;
		await listener.poll().catch(() => totals.failures++);
	};
	const isOfTrigger = (step: Step<Deed>): step is TriggerStep<Deed> => 'trigger' in step;
	for (const listener of listeners) await listener.start();
	time.pass(1);
	for (const step of steps) {
		if (!isOfTrigger(step)) {
			carryOut(step);
			continue;
		}
		const listener = listeners[step.trigger];
		if (!listener) throw new Error(`There is no trigger ${step.trigger}.`);
		if (step.do === 'restart') {
			listener.restart(step.forget);
			continue;
		}
		const running = poll(listener);
		for (const deed of step.meanwhile) {
			await new Promise((resolve) => setImmediate(resolve));
			carryOut(deed);
		}
		await running;
		time.pass(rest);
	}
	recover();
	// By then a shop that asked for patience is asked again, also by a clock that was set back.
	time.pass(20);
	for (const listener of listeners) while (await listener.poll()) time.pass(rest);
	for (const minutes of [1, 20, 20]) {
		time.pass(minutes);
		for (const listener of listeners) expect(await listener.poll()).toBe(false);
	}
	totals.lives++;
	for (const { told } of listeners) {
		totals.events += told.length;
		const names = told.map((item) => eventOf(item).id);
		expect(new Set(names).size).toBe(names.length);
	}
}

/** Declares the test: `live` plays one life and checks what was told. */
export function testLives<Values extends [unknown, ...unknown[]]>(
	property: fc.IAsyncPropertyWithHooks<Values>,
): void {
	test('random lives', async () => {
		await fc.assert(property, { numRuns: RUNS });
		const { lives, polls, failures, events } = totals;
		console.log(`${lives} lives, ${polls} polls (${failures} failed), ${events} events`);
		expect(events).toBeGreaterThan(RUNS);
	}, 300_000);
}

/** Numbers in their order. */
export function sorted(numbers: Iterable<number>): number[] {
	return [...numbers].sort((a, b) => a - b);
}

/**
 * The poll engine against thousands of simulated lives of a shop and of n8n. The lives come from
 * the seed of the run (see support/seed.mts); SIMULATION_RUNS makes more of them or fewer.
 */
import type { Command, Figures, Scenario } from './support/simulation.mts';
import { Simulation } from './support/simulation.mts';
import { DAY, HOUR, MINUTE, SECOND } from './support/simulationShop.mts';
import fc, { SEED } from './support/seed.mts';

const RUNS = Number(process.env.SIMULATION_RUNS ?? 1_000);

/** Everything but the date keeps its real self: nothing here sleeps. */
const REAL = [
	'hrtime',
	'nextTick',
	'performance',
	'queueMicrotask',
	'requestAnimationFrame',
	'cancelAnimationFrame',
	'requestIdleCallback',
	'cancelIdleCallback',
	'setImmediate',
	'clearImmediate',
	'setInterval',
	'clearInterval',
	'setTimeout',
	'clearTimeout',
] as const;

const small = fc.nat({ max: 1_000_000 });
const command: fc.Arbitrary<Command> = fc.oneof(
	{
		weight: 8,
		arbitrary: fc.record({
			do: fc.constant('insert' as const),
			count: fc.oneof(
				fc.integer({ min: 1, max: 8 }),
				fc.integer({ min: 1, max: 8 }),
				fc.constantFrom(49, 51, 120, 260),
			),
			records: fc.integer({ min: 1, max: 5 }),
			seed: small,
			lateMs: fc.constantFrom(0, 0, 2 * SECOND, 90 * SECOND, 9 * MINUTE),
			slow: fc.constantFrom('no' as const, 'no' as const, 'late' as const, 'never' as const),
		}),
	},
	{
		weight: 10,
		arbitrary: fc.record({
			do: fc.constant('poll' as const),
			times: fc.integer({ min: 1, max: 4 }),
			everyMs: fc.constantFrom(SECOND, 5 * SECOND, MINUTE, MINUTE, 5 * MINUTE, HOUR),
		}),
	},
	{
		weight: 4,
		arbitrary: fc.record({
			do: fc.constant('pass' as const),
			ms: fc.constantFrom(1, SECOND, 20 * SECOND, MINUTE, 5 * MINUTE, 21 * MINUTE, HOUR, DAY),
		}),
	},
	{
		weight: 1,
		arbitrary: fc.record({
			do: fc.constant('delete' as const),
			which: small,
			sentinel: fc.boolean(),
		}),
	},
	{
		weight: 1,
		arbitrary: fc.record({
			do: fc.constant('outage' as const),
			busy: fc.boolean(),
			ms: fc.constantFrom(10 * SECOND, 3 * MINUTE, HOUR),
		}),
	},
	{
		weight: 2,
		arbitrary: fc.record({
			do: fc.constant('fail' as const),
			after: fc.integer({ min: 1, max: 12 }),
			permanent: fc.boolean(),
		}),
	},
	{
		weight: 1,
		arbitrary: fc.record({
			do: fc.constant('poison' as const),
			which: fc.nat({ max: 10 }),
			polls: fc.integer({ min: 1, max: 5 }),
			forEver: fc.boolean(),
		}),
	},
	{
		weight: 1,
		arbitrary: fc.record({
			do: fc.constant('slow' as const),
			latencyMs: fc.constantFrom(SECOND, 9 * SECOND, 45 * SECOND),
			polls: fc.integer({ min: 1, max: 5 }),
		}),
	},
	{ weight: 1, arbitrary: fc.record({ do: fc.constant('overlap' as const), stale: fc.boolean() }) },
	{
		weight: 2,
		arbitrary: fc.record({
			do: fc.constant('restart' as const),
			back: fc.constantFrom(0, 0, 0, 1, 2),
			down: fc.boolean(),
			broken: fc.constantFrom(
				...(['no', 'no', 'no', 'no', 'no', 'no', 'text', 'version', 'field'] as const),
			),
		}),
	},
	{ weight: 1, arbitrary: fc.constant({ do: 'republish' as const }) },
	{ weight: 1, arbitrary: fc.constant({ do: 'rollback' as const }) },
	{
		weight: 1,
		arbitrary: fc.record({
			do: fc.constant('clock' as const),
			skewMs: fc.constantFrom(-5 * MINUTE, 0, 5 * MINUTE),
		}),
	},
	{
		weight: 1,
		arbitrary: fc.record({
			do: fc.constant('filter' as const),
			statuses: fc.constantFrom<string[]>([], ['0'], ['0', '1'], ['2']),
		}),
	},
	{ weight: 1, arbitrary: fc.constant({ do: 'event' as const }) },
	{
		weight: 1,
		arbitrary: fc.record({
			do: fc.constant('restore' as const),
			rows: fc.constantFrom(1, 3, 10, 250, 100_000),
		}),
	},
) as fc.Arbitrary<Command>;

const scenario = fc.record<Scenario>({
	engine: fc.constantFrom('memory', 'memory', 'durable', 'durableTicks'),
	event: fc.constantFrom('each', 'created', 'changed', 'stalled'),
	existing: fc.constantFrom(0, 0, 1, 5, 25, 230),
	maxItems: fc.constantFrom(1, 3, 20, 100, 1_000),
	startFrom: fc.constantFrom('now', 'now', 'now', 'date'),
	nearClockChange: fc.boolean(),
	hasBudget: fc.boolean(),
	commands: fc.array(command, { minLength: 5, maxLength: 40, size: 'max' }),
});

const total: Figures & { runs: number } = {
	runs: 0,
	polls: 0,
	events: 0,
	duplicates: 0,
	replayed: 0,
	missed: 0,
	incomplete: 0,
	idle: 0,
	largestState: 0,
};

/** Longest time for the random runs; what is left of them then is not run, on slow machines. */
const MAX_MS = 40_000;

async function simulate(what: Scenario): Promise<void> {
	const simulation = new Simulation(structuredClone(what), (now) => jest.setSystemTime(now));
	await simulation.run();
	const { figures, faults } = simulation;
	total.runs++;
	for (const name of Object.keys(figures) as Array<keyof Figures>) {
		if (name !== 'largestState') total[name] += figures[name];
	}
	total.largestState = Math.max(total.largestState, figures.largestState);
	expect(faults.slice(0, 5)).toEqual([]);
}

beforeAll(() => {
	jest.useFakeTimers({ doNotFake: [...REAL] });
});

afterAll(() => {
	jest.useRealTimers();
	const { runs, polls, events, duplicates, replayed, missed, incomplete, idle, largestState } =
		total;
	process.stdout.write(
		`Poll engine, simulated: seed ${SEED}, ${runs} runs, ${polls} polls (${idle} checked as idle), ` +
			`${events} events, ${duplicates} duplicates, ${missed} missed, ` +
			`${incomplete} of records that can never be read; ` +
			`${replayed} came again after n8n lost its state; largest state ${largestState} bytes\n`,
	);
});

test('every event comes, in order, once, whatever happens', async () => {
	const began = performance.now();
	const inTime = async (what: Scenario): Promise<void> => {
		if (performance.now() - began < MAX_MS) await simulate(what);
	};
	await fc.assert(fc.asyncProperty(scenario, inTime), {
		// A run that hangs is a failure.
		timeout: 30_000,
		numRuns: RUNS,
	});
}, 180_000);

test('another event begins at once, also just after events that n8n failed to store', async () => {
	const about = { count: 1, records: 1, seed: 0, lateMs: 90 * SECOND, slow: 'no' } as const;
	await simulate({
		engine: 'durable',
		event: 'each',
		existing: 0,
		maxItems: 1,
		startFrom: 'now',
		nearClockChange: false,
		hasBudget: false,
		commands: [
			{ do: 'rollback' },
			{ do: 'insert', ...about },
			{ do: 'poll', times: 2, everyMs: MINUTE },
			{ do: 'event' },
			{ do: 'poll', times: 1, everyMs: HOUR },
			{ do: 'event' },
		],
	});
});

test('10,000 events in an hour, with late ones, come through', async () => {
	const commands: Command[] = [{ do: 'poll', times: 1, everyMs: SECOND }];
	for (let burst = 0; burst < 100; burst++) {
		const about = { count: 100, records: 20, seed: SEED % 1_000_000, lateMs: 2 * SECOND } as const;
		commands.push({ do: 'insert', ...about, slow: burst % 10 === 0 ? 'late' : 'no' });
		commands.push({ do: 'poll', times: 1, everyMs: 36 * SECOND });
	}
	const before = total.events;
	await simulate({
		engine: 'memory',
		event: 'each',
		existing: 0,
		maxItems: 1_000,
		startFrom: 'now',
		nearClockChange: true,
		hasBudget: true,
		commands,
	});
	expect(total.events - before).toBe(10_000);
});

import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { N8nCluster } from '../../../../sandbox/n8n/cluster.mts';
import { installTarball } from '../../../../sandbox/n8n/link.mts';
import { N8nRest } from '../../../../sandbox/n8n/rest.mts';
import { startServices } from '../../../../sandbox/n8n/services.mts';
import type { QueueServices } from '../../../../sandbox/n8n/services.mts';
import { secondsSince, step } from '../report.mts';
import { LOGIN, readWorld } from '../world.mts';
import { PATIENCE_MS } from './flow.mts';
import type { Theatre } from './flow.mts';
import { Outage } from './outage.mts';
import type { OutageSeat } from './outage.mts';
import { makesSense, whyNotPlayed } from './plan.mts';
import { ROUNDS, scenarios } from './scenarios.mts';
import type { Round, Scenario } from './scenarios.mts';
import { environmentOf, setups, whyNot } from './setups.mts';
import type { Setup } from './setups.mts';
import { torturedShops } from './shops.mts';
import type { TortureEntry } from './shops.mts';
import { Sink } from './sink.mts';
import { NOTHING, Stage } from './stage.mts';
import type { Tally } from './stage.mts';
import { turnstile } from './turnstile.mts';

/** Set-ups played side by side: an n8n with twenty workflows keeps half a core busy. */
const SETUPS_AT_A_TIME = Math.max(2, Math.floor(availableParallelism() / 2));

/** Workflows that one n8n switches on or off at the same time: more only make each other wait. */
const PUBLICATIONS_AT_A_TIME = 2;

/** What became of one scenario: a cell of the table. */
export type Outcome = Tally | Error;

/** Outcomes by shop, set-up and scenario. */
export type Outcomes = Map<string, Outcome>;

export function cellKey(shop: TortureEntry, setup: Setup, scenario: Scenario): string {
	return `${shop.name} ${setup.id} ${scenario.title}`;
}

/** What n8n itself costs in a scenario. */
export function priceOf({ price }: Scenario, setup: Setup): Tally {
	return { ...NOTHING, ...price?.(setup) };
}

/** Plays every scenario in every set-up that this machine can run, all set-ups side by side. */
export async function playEverything(): Promise<Outcomes> {
	const outcomes: Outcomes = new Map();
	const wanted = setups.filter((setup) => whyNot(setup) === undefined);
	const services = wanted.some(({ isQueue }) => isQueue) ? await startServices() : undefined;
	const sink = await Sink.open();
	const inTurn = turnstile(SETUPS_AT_A_TIME);
	const play = async (setup: Setup) => await playSetup(setup, { services, sink, outcomes });
	try {
		await Promise.all(wanted.map(async (setup) => await inTurn(async () => await play(setup))));
	} finally {
		await sink.close();
		await services?.stop();
	}
	return outcomes;
}

interface Shared {
	services: QueueServices | undefined;
	sink: Sink;
	outcomes: Outcomes;
}

async function playSetup(setup: Setup, { services, sink, outcomes }: Shared): Promise<void> {
	const { projectFolder, workFolder, tarball } = readWorld();
	const logFolder = join(workFolder, 'torture', setup.id);
	const userFolder = join(logFolder, 'home');
	installTarball(projectFolder, userFolder, tarball);
	if (setup.isQueue) services?.createDatabase(setup.id);
	const extra = environmentOf(setup, services);
	const hasWorker = setup.isQueue;
	const options = { projectFolder, userFolder, logFolder, extra, hasWorker };
	const startedAt = Date.now();
	const cluster = await N8nCluster.open(options);
	try {
		const rest = new N8nRest(cluster.url);
		await rest.enter(LOGIN);
		step(`torture, ${setup.title}: n8n ready after ${secondsSince(startedAt)}`);
		const inTurn = turnstile(PUBLICATIONS_AT_A_TIME);
		await playAll({ setup, cluster, rest, sink, inTurn }, outcomes);
		step(`torture, ${setup.title}: over after ${secondsSince(startedAt)}`);
	} finally {
		// Nobody wants its data any more.
		await Promise.all([cluster.killMain(), cluster.killWorker()]);
		keepLogs(setup, logFolder, projectFolder);
	}
}

/** Starts all scenarios, and ends and starts n8n when those of a round are ready for it. */
async function playAll(theatre: Theatre, outcomes: Outcomes): Promise<void> {
	const { setup } = theatre;
	const plays = torturedShops.flatMap((shop) =>
		scenarios
			.filter((scenario) => makesSense(scenario, setup) && !whyNotPlayed(shop, setup, scenario))
			.map((scenario) => ({ shop, scenario, round: scenario.round })),
	);
	const playersOf = (round: Round) => plays.filter((play) => play.round === round).length;
	const outages = ROUNDS.map((round) => ({ round, outage: new Outage(playersOf(round)) }));
	const NO_OUTAGE = new Outage(1);
	const start = (wanted: typeof plays) =>
		wanted.map(async (play) => {
			const found = outages.find(({ round }) => round === play.round)?.outage ?? NO_OUTAGE;
			const { shop, scenario } = play;
			const outcome = await playScenario(theatre, shop, scenario, found.for(play));
			outcomes.set(cellKey(shop, setup, scenario), outcome);
		});
	// Nobody else may be disturbed by the end of n8n.
	const running = start(plays.filter(({ round }) => round === undefined));
	const rounds = ROUNDS.map((round) => start(plays.filter((play) => play.round === round)));
	await Promise.all(running);
	for (const [index, { round, outage }] of outages.entries()) {
		await outage.happen(
			async () => await endN8n(theatre, round, outage),
			async () => await theatre.cluster.start(),
		);
		await Promise.all(rounds[index] ?? []);
	}
}

async function endN8n({ cluster, setup }: Theatre, round: Round, outage: Outage): Promise<void> {
	const { strikes } = outage;
	const [first] = strikes;
	if (first) {
		const workflowIds = strikes.map(({ workflowId }) => workflowId);
		cluster.orderCrash({ point: first.point, workflowIds });
		for (const { provoke } of strikes) provoke();
		await cluster.crashed(PATIENCE_MS);
		cluster.cancelCrash();
	} else if (round === 'restart') {
		await cluster.stop();
	} else {
		// The scenarios that should have brought it about have failed.
		await cluster.killMain();
	}
	if (round === 'beforeInsert') await cluster.killWorker();
	step(`torture, ${setup.title}: n8n is down (${round})`);
}

async function playScenario(
	theatre: Theatre,
	entry: TortureEntry,
	scenario: Scenario,
	seat: OutageSeat,
): Promise<Outcome> {
	const { title, emptyShop: empty } = scenario;
	const price = priceOf(scenario, theatre.setup);
	const name = `${theatre.setup.id}, ${entry.name}: ${title}`;
	const startedAt = Date.now();
	let stage: Stage | undefined;
	try {
		stage = await Stage.open(theatre, entry, { title, price, empty });
		await scenario.play(stage, seat);
		for (const flow of stage.flows) await flow.unpublish();
		const tally = stage.tally();
		step(`${name}: ${JSON.stringify(tally)} ${secondsSince(startedAt)}`);
		const outcome = scenario.round === undefined ? tally : withoutChance(tally, price);
		if (outcome !== tally) step(`${name}: n8n lost or repeated something by chance`);
		return outcome;
	} catch (error) {
		step(`${name}: FAILED ${String(error)} ${secondsSince(startedAt)}`);
		return error instanceof Error ? error : new Error(String(error));
	} finally {
		seat.leave();
		await stage?.close();
	}
}

/**
 * The tally without what n8n lost or repeated when its end happened to come at a bad moment, beyond what
 * the scenario is about: the triggers have no part in it, and another time it is not there.
 */
function withoutChance(tally: Tally, price: Tally): Tally {
	const lost = Math.max(0, tally.lostByN8n - price.lostByN8n);
	const repeated = Math.max(0, tally.repeatedByN8n - price.repeatedByN8n);
	if (lost === 0 && repeated === 0) return tally;
	return {
		delivered: tally.delivered + lost,
		retried: tally.retried,
		missed: tally.missed - lost,
		lostByN8n: tally.lostByN8n - lost,
		duplicates: tally.duplicates - repeated,
		repeatedByN8n: tally.repeatedByN8n - repeated,
	};
}

function keepLogs(setup: Setup, logFolder: string, projectFolder: string): void {
	const results = join(projectFolder, 'test-results');
	mkdirSync(results, { recursive: true });
	for (const role of ['main', 'worker']) {
		const log = join(logFolder, `${role}.log`);
		if (existsSync(log)) copyFileSync(log, join(results, `torture-${setup.id}-${role}.log`));
	}
}

import { randomUUID } from 'node:crypto';
import { errorOf } from '../../../../sandbox/n8n/executionData.mts';
import type { WorkflowNode } from '../../../../sandbox/n8n/workflow.mts';
import { until } from '../until.mts';
import { PATIENCE_MS } from './flow.mts';
import type { Flow } from './flow.mts';
import type { OutageSeat } from './outage.mts';
import type { Setup } from './setups.mts';
import { label } from './sink.mts';
import { TRIGGER } from './stage.mts';
import type { Stage, Tally } from './stage.mts';

/**
 * The ends of n8n, in the order in which they are played. The scenarios of one are played around the
 * same end.
 */
export const ROUNDS = ['beforeInsert', 'afterInsert', 'restart'] as const;

export type Round = (typeof ROUNDS)[number];

/** A row of the table. */
export interface Scenario {
	title: string;
	/** The end of n8n it is played around; n8n runs on when absent. */
	round?: Round;
	/** Set-ups it makes sense in; all when absent. */
	only?: (setup: Setup) => boolean;
	/** A shop in which nothing was ever ordered. */
	emptyShop?: boolean;
	/** What n8n itself costs: 0 of everything when absent. */
	price?: (setup: Setup) => Partial<Tally>;
	play(stage: Stage, outage: OutageSeat): Promise<void>;
}

/** What a test event of an empty shop is answered with. */
const NOTHING_YET = /nothing that matches yet/;

/** A published workflow that has shown that it works. */
async function working(stage: Stage, parameters: Record<string, unknown> = {}): Promise<Flow> {
	const flow = await stage.published(parameters);
	stage.placeOrders(1, flow);
	await stage.arrive();
	return flow;
}

function check(isAsWanted: boolean, what: string): void {
	if (!isAsWanted) throw new Error(what);
}

/** Orders whose executions are under way and do not end. */
async function keepRunning(stage: Stage, flow: Flow, count: number): Promise<void> {
	const { sink } = stage.theatre;
	sink.hold(flow.channel);
	stage.placeOrders(count, flow);
	await until('the executions', async () => sink.holding(flow.channel) === count, PATIENCE_MS);
}

/** The node by which the guide tells users to drop events that were processed before. */
function removeDuplicates(): WorkflowNode {
	return {
		id: randomUUID(),
		name: 'Remove Duplicates',
		type: 'n8n-nodes-base.removeDuplicates',
		typeVersion: 2,
		position: [110, 0],
		parameters: {
			operation: 'removeItemsSeenInPreviousExecutions',
			logic: 'removeItemsWithAlreadySeenKeyValues',
			dedupeValue: '={{ $json.event.id }}',
			options: {},
		},
	};
}

const whileRunning: Scenario[] = [
	{
		title: 'New orders while everything runs',
		play: async (stage) => {
			const flow = await working(stage);
			stage.placeOrders(3, flow);
			await stage.morePolls(1);
			stage.placeOrders(2, flow);
			await stage.settle();
		},
	},
	{
		title: 'Nothing happens: a poll is one small request and starts no execution',
		play: async (stage) => {
			const flow = await working(stage);
			const { shop, entry, theatre } = stage;
			const [requests, polls] = [shop.requests().length, stage.polls];
			await stage.morePolls(3);
			const made = shop.requests().slice(requests);
			const text = JSON.stringify(made.map(({ path, bytes }) => [path, bytes]));
			check(made.length === stage.polls - polls, `more than one request a poll: ${text}`);
			check(made.every(entry.isPoll), `other requests than polls: ${text}`);
			check(
				made.every(({ bytes }) => bytes < entry.idleBytes),
				`large answers: ${text}`,
			);
			const { length } = await theatre.rest.executions(flow.id);
			check(length === 1, `${length} executions for one order`);
		},
	},
	{
		title: 'The shop is down for many polls',
		play: async (stage) => {
			const flow = await working(stage);
			stage.shop.breakDown();
			stage.placeOrders(3, flow);
			await stage.morePolls(3);
			stage.shop.recover();
			await stage.settle();
		},
	},
	{
		title: 'The workflow is published again, twice, with orders in between',
		play: async (stage) => {
			const flow = await working(stage);
			stage.placeOrders(1, flow);
			await flow.edit((nodes) => {
				const last = nodes.at(-1);
				if (last) last.notes = 'Another node than the trigger was changed';
			});
			await flow.publish();
			stage.placeOrders(1, flow);
			await flow.setTrigger({ options: { maxItemsPerPoll: 50 } });
			await flow.publish();
			stage.placeOrders(1, flow);
			await stage.settle();
		},
	},
	{
		title: 'Deactivated, then activated again: what happened meanwhile comes',
		play: async (stage) => {
			const flow = await working(stage);
			await flow.unpublish();
			stage.placeOrders(3, flow);
			await flow.publish();
			stage.placeOrders(1, flow);
			await stage.settle();
		},
	},
	{
		title: 'The trigger is renamed while the workflow is off, with 2 orders meanwhile',
		// The default engine keeps the place under the node's name.
		price: ({ isDurable }) => ({ missed: isDurable ? 0 : 2 }),
		play: async (stage) => {
			const flow = await working(stage);
			await stage.settle();
			await flow.unpublish();
			stage.placeOrders(2, flow);
			await flow.edit(([trigger]) => {
				if (trigger) trigger.name = 'Orders of my shop';
			});
			await flow.publish();
			stage.placeOrders(1, flow);
			await stage.settle({ lost: stage.price.missed });
		},
	},
	{
		title: 'Two workflows on one shop, one of them with two triggers',
		play: async (stage) => {
			const both = await stage.flow(
				stage.trigger({ event: 'orderCreated' }, 'Created'),
				stage.trigger({ event: 'orderStatusChanged' }, 'Changed'),
			);
			await both.publish();
			const other = await stage.published();
			const [first = '', second = ''] = stage.placeOrders(2, both, other);
			await stage.settle();
			await stage.changeStatus(first, 'processing', both);
			await stage.changeStatus(second, 'processing', both);
			await stage.changeStatus(first, 'shipped', both);
			stage.placeOrders(1, both, other);
			await stage.settle();
		},
	},
	{
		title: '"Fetch test event" on a live workflow: the newest order, nothing else changes',
		play: async (stage) => {
			const flow = await working(stage);
			const [newest = ''] = stage.placeOrders(1, flow);
			await stage.settle();
			await stage.theatre.rest.run(flow.id, TRIGGER);
			const shown = flow.testDeliveries.map((delivery) => delivery.label);
			check(
				JSON.stringify(shown) === JSON.stringify([label('orderCreated', newest)]),
				`shown: ${shown.join(', ')}`,
			);
			stage.placeOrders(1, flow);
			await stage.settle();
		},
	},
	{
		title: '"Fetch test event" in a shop without orders: says so; the first order comes',
		emptyShop: true,
		play: async (stage) => {
			const flow = await stage.flow(stage.trigger({ event: 'orderCreated' }));
			const { run } = await stage.theatre.rest.run(flow.id, TRIGGER);
			const message = errorOf(run)?.message ?? 'no message';
			check(NOTHING_YET.test(message), message);
			await flow.publish();
			stage.placeOrders(1, flow);
			await stage.settle();
		},
	},
	{
		title: 'More orders than "Max Items Per Poll": the rest comes with the next polls',
		play: async (stage) => {
			const flow = await working(stage, { options: { maxItemsPerPoll: 3 } });
			await flow.unpublish();
			stage.placeOrders(8, flow);
			await flow.publish();
			await stage.settle();
			const sizes = new Map<string, number>();
			for (const { execution } of flow.deliveries) {
				sizes.set(execution, (sizes.get(execution) ?? 0) + 1);
			}
			check(Math.max(...sizes.values()) === 3, `sizes: ${[...sizes.values()].join(', ')}`);
		},
	},
	{
		title: '"Start From" the last days: orders from before the activation, in portions',
		emptyShop: true,
		play: async (stage) => {
			const options = { startFrom: 'lastDays', startDays: 2, maxItemsPerPoll: 3 };
			const flow = await stage.flow(stage.trigger({ event: 'orderCreated', options }));
			stage.placeOrders(7, flow);
			await flow.publish();
			stage.placeOrders(1, flow);
			await stage.settle();
		},
	},
	{
		title: 'Rewound: another trigger with "Start From", and *Remove Duplicates* behind it',
		emptyShop: true,
		play: async (stage) => {
			const flow = await stage.flow(stage.trigger({ event: 'orderCreated' }));
			await flow.edit((nodes) => nodes.splice(1, 0, removeDuplicates()));
			await flow.publish();
			stage.placeOrders(2, flow);
			await stage.arrive();
			await flow.unpublish();
			const options = { startFrom: 'lastDays', startDays: 2 };
			const other = stage.trigger({ event: 'orderCreated', options }, 'Rewound');
			await flow.edit((nodes) => nodes.splice(0, 1, other));
			await flow.publish();
			stage.placeOrders(1, flow);
			await stage.settle();
			const executions = await stage.theatre.rest.executions(flow.id);
			check(executions.length >= 2, 'the rewound trigger told nothing');
		},
	},
	{
		title: 'Event and filter are changed and changed back',
		play: async (stage) => {
			const flow = await working(stage);
			const { processing, shipped } = stage.entry.statusIds;
			const changed = { event: 'orderStatusChanged' };
			await flow.setTrigger({ ...changed, statusIds: [shipped] });
			await flow.publish();
			const [first = '', second = ''] = stage.placeOrders(2);
			await stage.changeStatus(first, 'processing');
			await stage.changeStatus(first, 'shipped', flow);
			await stage.arrive();
			await flow.setTrigger({ ...changed, statusIds: [processing] });
			await flow.publish();
			await stage.changeStatus(second, 'processing', flow);
			await stage.changeStatus(second, 'shipped');
			await stage.arrive();
			await flow.setTrigger({ event: 'orderCreated', statusIds: [] });
			await flow.publish();
			stage.placeOrders(1, flow);
			await stage.settle();
		},
	},
];

const restarts: Scenario[] = [
	{
		title: 'n8n is restarted, with orders while it is down',
		round: 'restart',
		play: async (stage, outage) => {
			const flow = await working(stage);
			await outage.down();
			stage.placeOrders(3, flow);
			await outage.up();
			stage.placeOrders(1, flow);
			await stage.settle();
		},
	},
	{
		title: 'The shop is down while n8n starts: the trigger lives and catches up',
		round: 'restart',
		play: async (stage, outage) => {
			const flow = await working(stage);
			await outage.down();
			stage.shop.breakDown();
			stage.placeOrders(2, flow);
			await outage.up();
			// n8n tries an activation five times, within 15 seconds, and then gives the trigger up for good.
			await stage.morePolls(stage.theatre.setup.isDurable ? 3 : 6);
			const { triggers } = await stage.theatre.rest.publicationStatus(flow.id);
			const states = triggers.map(({ status }) => status);
			check(states.join() === 'activated', `trigger: ${states.join()}`);
			stage.shop.recover();
			stage.placeOrders(1, flow);
			await stage.settle();
		},
	},
	{
		title: 'The power fails while nothing is going on, with orders while n8n is down',
		round: 'beforeInsert',
		play: async (stage, outage) => {
			const flow = await working(stage);
			await outage.down();
			stage.placeOrders(2, flow);
			await outage.up();
			await stage.settle();
		},
	},
	{
		title: 'Killed during a poll, before the shop has answered',
		round: 'beforeInsert',
		play: async (stage, outage) => {
			const flow = await working(stage);
			await outage.near();
			stage.shop.fallSilent();
			stage.placeOrders(2, flow);
			await stage.morePolls(1);
			await outage.down();
			await outage.up();
			stage.placeOrders(1, flow);
			await stage.settle();
		},
	},
	{
		title: 'Killed with 2 orders read: the place is written, the execution is not',
		round: 'beforeInsert',
		price: ({ isDurable }) => (isDurable ? {} : { missed: 2, lostByN8n: 2 }),
		play: async (stage, outage) => {
			const flow = await working(stage);
			const provoke = () => void stage.placeOrders(2, flow);
			await outage.down({ point: 'beforeInsert', workflowId: flow.id, provoke });
			await outage.up();
			stage.placeOrders(1, flow);
			await stage.settle({ lost: stage.price.missed });
		},
	},
	{
		title: 'Killed with 2 orders read: the execution is stored and has not begun',
		round: 'afterInsert',
		// A main process that starts in queue mode takes it for crashed.
		price: ({ isQueue }) => ({ retried: isQueue ? 2 : 0 }),
		play: async (stage, outage) => {
			const flow = await working(stage);
			const provoke = () => void stage.placeOrders(2, flow);
			await outage.down({ point: 'afterInsert', workflowId: flow.id, provoke });
			await outage.up();
			if (stage.theatre.setup.isQueue) await flow.retryCrashed();
			stage.placeOrders(1, flow);
			await stage.settle();
		},
	},
	{
		title: 'Killed while the workflow runs with 2 orders (in queue mode the worker, too)',
		round: 'beforeInsert',
		price: () => ({ retried: 2 }),
		play: async (stage, outage) => {
			const flow = await working(stage);
			await outage.near();
			await keepRunning(stage, flow, 2);
			await outage.down();
			stage.theatre.sink.release(flow.channel);
			await outage.up();
			await flow.retryCrashed();
			stage.placeOrders(1, flow);
			await stage.settle();
		},
	},
	{
		title: 'The main process is killed while a worker runs the workflow with 2 orders',
		round: 'afterInsert',
		only: ({ isQueue }) => isQueue,
		play: async (stage, outage) => {
			const flow = await working(stage);
			await outage.near();
			await keepRunning(stage, flow, 2);
			await outage.down();
			stage.theatre.sink.release(flow.channel);
			await outage.up();
			stage.placeOrders(1, flow);
			await stage.settle();
		},
	},
];

export const scenarios: readonly Scenario[] = [...whileRunning, ...restarts];

import { randomUUID } from 'node:crypto';
import { pollEverySeconds } from '../../../../sandbox/n8n/workflow.mts';
import type { WorkflowNode } from '../../../../sandbox/n8n/workflow.mts';
import { until } from '../until.mts';
import { Flow, PATIENCE_MS } from './flow.mts';
import type { Theatre } from './flow.mts';
import type { TortureEntry, TortureShop } from './shops.mts';
import { label } from './sink.mts';

const POLL_SECONDS = 5;

/** Polls after which a second delivery would have shown. */
const QUIET_POLLS = 2;

/** Polls of a workflow within which everything comes: more than the two minutes for which n8n may hold a place. */
const PATIENCE_POLLS = 30;

/** The same of an n8n that does not poll any more. */
const LONGEST_MS = 5 * PATIENCE_MS;

export const TRIGGER = 'Trigger';

/** What became of the events of a scenario. */
export interface Tally {
	/** Different events that reached a workflow. */
	delivered: number;
	/** Of those, the ones that needed a person who presses "Retry" on a crashed execution. */
	retried: number;
	missed: number;
	/** Of those, the ones that the trigger had handed over: n8n has lost them. */
	lostByN8n: number;
	/** Deliveries beyond the first of an event. */
	duplicates: number;
	/** Of those, the ones in which n8n ran one execution again. */
	repeatedByN8n: number;
}

export const NOTHING: Readonly<Tally> = {
	delivered: 0,
	retried: 0,
	missed: 0,
	lostByN8n: 0,
	duplicates: 0,
	repeatedByN8n: 0,
};

/** What one scenario plays on: a shop of its own and its workflows. */
export class Stage {
	readonly flows: Flow[] = [];
	readonly theatre: Theatre;
	readonly entry: TortureEntry;
	readonly shop: TortureShop;
	/** What n8n itself costs in this scenario. */
	readonly price: Tally;
	private readonly title: string;
	private readonly credential: { id: string; name: string };

	private constructor(
		theatre: Theatre,
		entry: TortureEntry,
		shop: TortureShop,
		credential: { id: string; name: string },
		{ title, price }: StageOptions,
	) {
		this.theatre = theatre;
		this.entry = entry;
		this.shop = shop;
		this.credential = credential;
		this.title = title;
		this.price = price;
	}

	static async open(theatre: Theatre, entry: TortureEntry, options: StageOptions): Promise<Stage> {
		const shop = await entry.open({ empty: options.empty ?? false });
		try {
			const { type, data } = entry.credential;
			const name = `${entry.name}: ${options.title}`;
			const id = await theatre.rest.saveCredential(name, type, data(shop.url));
			return new Stage(theatre, entry, shop, { id, name }, options);
		} catch (error) {
			await shop.close();
			throw error;
		}
	}

	/** A trigger of this scenario's shop. */
	trigger(parameters: Record<string, unknown>, name = TRIGGER): WorkflowNode {
		const { trigger: type, credential } = this.entry;
		return {
			id: randomUUID(),
			name,
			type,
			typeVersion: 1,
			position: [0, 0],
			parameters: { pollTimes: pollEverySeconds(POLL_SECONDS), ...parameters },
			credentials: { [credential.type]: this.credential },
		};
	}

	/** A workflow that delivers what its triggers tell. It is not published yet. */
	async flow(...triggers: WorkflowNode[]): Promise<Flow> {
		const settings = { executionOrder: 'v1' };
		const name = `${this.entry.name}: ${this.title}`;
		const plan = { name, nodes: triggers, connections: {}, settings };
		const flow = new Flow(this.theatre, plan);
		await flow.create();
		this.flows.push(flow);
		return flow;
	}

	/** A published workflow that is told of new orders. */
	async published(parameters: Record<string, unknown> = {}): Promise<Flow> {
		const flow = await this.flow(this.trigger({ event: 'orderCreated', ...parameters }));
		await flow.publish();
		return flow;
	}

	/** Customers place orders, which these workflows have to deliver. */
	placeOrders(count: number, ...flows: Flow[]): string[] {
		const ids = Array.from({ length: count }, () => this.shop.placeOrder());
		for (const flow of flows) flow.expected.push(...ids.map((id) => label('orderCreated', id)));
		return ids;
	}

	/** A status change, which these workflows have to deliver. */
	async changeStatus(
		orderId: string,
		status: 'processing' | 'shipped',
		...flows: Flow[]
	): Promise<void> {
		// An earlier change that nobody has looked at yet would never be told.
		if (!this.entry.tellsEveryStatus) await this.arrive();
		this.shop.changeStatus(orderId, status);
		const statusId = this.entry.statusIds[status];
		for (const flow of flows) flow.expected.push(label('orderStatusChanged', orderId, statusId));
	}

	/** Polls that the shop has seen, refused ones included. */
	get polls(): number {
		return this.shop.requests().filter((request) => this.entry.isPoll(request)).length;
	}

	/** Waits until so many more polls have reached the shop. */
	async morePolls(count: number): Promise<void> {
		const goal = this.polls + count;
		await until(`${count} more polls`, async () => this.polls >= goal, PATIENCE_MS);
	}

	/**
	 * Waits until everything that has to come has come, but for events that n8n has `lost`. Patience is
	 * counted in polls, because a busy n8n polls late.
	 */
	async arrive({ lost = 0 } = {}): Promise<void> {
		const enough = this.polls + PATIENCE_POLLS * this.flows.length;
		const isOver = async () => this.tally().missed <= lost || this.polls > enough;
		try {
			await until('all events', isOver, LONGEST_MS);
		} catch {
			// What is missing is told in the end.
			this.tally();
		}
	}

	/** Waits until everything has come, and a while longer for what must not come. */
	async settle({ lost = 0 } = {}): Promise<void> {
		await this.arrive({ lost });
		await this.morePolls(QUIET_POLLS * this.flows.length);
	}

	/** What became of all events so far. Fails on what nobody had to expect. */
	tally(): Tally {
		const sum = { ...NOTHING };
		for (const flow of this.flows) {
			const { deliveries, expected, retried } = flow;
			const told = new Map<string, Set<string>>();
			for (const { label: what, eventId } of deliveries) {
				told.set(what, (told.get(what) ?? new Set()).add(eventId));
			}
			const unexpected = [...told.keys()].filter((what) => !expected.includes(what));
			if (unexpected.length > 0) throw new Error(`Unexpected: ${unexpected.join(', ')}`);
			const changing = [...told].filter(([, ids]) => ids.size > 1);
			if (changing.length > 0) {
				throw new Error(`One event with several IDs: ${JSON.stringify(changing.map(([w]) => w))}`);
			}
			sum.delivered += told.size;
			sum.retried += [...told.keys()].filter((what) => retried.has(what)).length;
			const missed = expected.filter((what) => !told.has(what));
			sum.missed += missed.length;
			if (missed.length > 0) {
				const handedOver = flow.handedOver;
				sum.lostByN8n += missed.filter((what) => handedOver.has(what)).length;
			}
			sum.duplicates += deliveries.length - told.size;
			const runs = new Set(deliveries.map(({ label: what, execution }) => `${execution} ${what}`));
			sum.repeatedByN8n += deliveries.length - runs.size;
		}
		return sum;
	}

	async close(): Promise<void> {
		await this.shop.close();
	}
}

export interface StageOptions {
	title: string;
	price: Tally;
	/** A shop in which nothing was ever ordered. */
	empty?: boolean;
}

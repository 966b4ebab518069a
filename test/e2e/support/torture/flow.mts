import { randomUUID } from 'node:crypto';
import type { N8nCluster } from '../../../../sandbox/n8n/cluster.mts';
import type { N8nRest } from '../../../../sandbox/n8n/rest.mts';
import { chain } from '../../../../sandbox/n8n/workflow.mts';
import type { Workflow, WorkflowNode } from '../../../../sandbox/n8n/workflow.mts';
import { until } from '../until.mts';
import type { Setup } from './setups.mts';
import { labelOf } from './sink.mts';
import type { Delivery, EventItem, Sink } from './sink.mts';
import type { Turnstile } from './turnstile.mts';

/** Longest wait for something that has to come. */
export const PATIENCE_MS = 120_000;

/** One n8n with everything that the scenarios on it share. */
export interface Theatre {
	setup: Setup;
	cluster: N8nCluster;
	rest: N8nRest;
	sink: Sink;
	/** Through here go the publications. */
	inTurn: Turnstile;
}

/** A published workflow: one or more triggers, and a node that hands every event to the sink. */
export class Flow {
	readonly channel = randomUUID();
	/** Labels of the events it has to deliver. */
	readonly expected: string[] = [];
	/** Whether somebody had to press "Retry". */
	readonly retried = new Set<string>();
	private workflow: Workflow;
	private storedId = '';
	private readonly theatre: Theatre;

	constructor(theatre: Theatre, workflow: Workflow) {
		this.theatre = theatre;
		this.workflow = workflow;
	}

	get id(): string {
		return this.storedId;
	}

	/** What it has delivered by itself, and what by hand. */
	get deliveries(): Delivery[] {
		return this.received(false);
	}

	get testDeliveries(): Delivery[] {
		return this.received(true);
	}

	/** Labels of the events that its triggers have handed over to n8n, whatever became of them. */
	get handedOver(): Set<string> {
		const own = this.theatre.cluster
			.handOvers()
			.filter(({ workflowId }) => workflowId === this.storedId);
		// A poll that failed hands over an empty item with its error.
		const events = own.flatMap(({ items }) => items.filter(({ event }) => event !== undefined));
		return new Set((events as unknown as EventItem[]).map(labelOf));
	}

	private received(byHand: boolean): Delivery[] {
		const { deliveries } = this.theatre.sink;
		return deliveries.filter(
			({ channel, isTest }) => channel === this.channel && isTest === byHand,
		);
	}

	/** Stores the workflow for the first time, with the node that delivers. */
	async create(): Promise<void> {
		const deliver: WorkflowNode = {
			id: randomUUID(),
			name: 'Deliver',
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.2,
			position: [220, 0],
			parameters: {
				method: 'POST',
				url: `${this.theatre.sink.url}/${this.channel}`,
				sendBody: true,
				specifyBody: 'json',
				jsonBody:
					'={{ JSON.stringify({ execution: $execution.id, mode: $execution.mode, item: $json }) }}',
				options: {},
			},
		};
		const nodes = [...this.workflow.nodes, deliver];
		this.workflow = { ...this.workflow, nodes, connections: this.connect(nodes) };
		this.storedId = (await this.theatre.rest.createWorkflow(this.workflow)).id;
	}

	async publish(): Promise<void> {
		const { rest, inTurn } = this.theatre;
		const publication = await inTurn(async () => await rest.publish(this.id, PATIENCE_MS));
		if (publication.status !== 'published') {
			throw new Error(`Not published: ${JSON.stringify(publication)}`);
		}
	}

	/** Switches the workflow off, and waits until its triggers are: n8n does that on the side. */
	async unpublish(): Promise<void> {
		const { rest, inTurn } = this.theatre;
		await inTurn(async () => {
			await rest.unpublish(this.id);
			await until(
				'the triggers are off',
				async () => (await rest.publicationStatus(this.id)).triggers.length === 0,
				PATIENCE_MS,
			);
		});
	}

	/** Saves changed nodes as a new version; `publish` makes them count. */
	async edit(change: (nodes: WorkflowNode[]) => void): Promise<void> {
		change(this.workflow.nodes);
		const { nodes } = this.workflow;
		this.workflow.connections = this.connect(nodes);
		const { connections } = this.workflow;
		await this.theatre.rest.updateWorkflow(this.id, { nodes, connections });
	}

	/** Sets parameters of the trigger. */
	async setTrigger(parameters: Record<string, unknown>): Promise<void> {
		await this.edit(([trigger]) => {
			if (trigger) trigger.parameters = { ...trigger.parameters, ...parameters };
		});
	}

	/** Presses "Retry" on every execution that n8n marked as crashed, once there is one. */
	async retryCrashed(): Promise<void> {
		const { rest } = this.theatre;
		const crashed = await until(
			'a crashed execution',
			async () => {
				const executions = await rest.executions(this.id);
				const found = executions.filter(({ status }) => status === 'crashed');
				return found.length > 0 && found;
			},
			PATIENCE_MS,
		);
		const told = new Set(this.deliveries.map((delivery) => delivery.label));
		for (const what of this.expected) if (!told.has(what)) this.retried.add(what);
		for (const { id } of crashed) await rest.retry(id);
	}

	/** Every trigger leads to the same nodes, which stand one behind the other. */
	private connect(nodes: readonly WorkflowNode[]): Workflow['connections'] {
		const isTrigger = ({ type }: WorkflowNode) => type.endsWith('Trigger');
		const names = nodes.filter((node) => !isTrigger(node)).map(({ name }) => name);
		const triggers = nodes.filter(isTrigger).map(({ name }) => chain(name, ...names));
		return Object.assign({}, ...triggers) as Workflow['connections'];
	}
}

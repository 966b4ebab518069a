/**
 * The ways in which n8n runs polling triggers, reduced to what decides about delivery: which object a
 * poll sees as its state, what of it is stored when, and what a failure of the first poll means.
 */
import { ObservableObject } from 'n8n-workflow';
import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { pollEvents } from '../../nodes/shared/polling/poll.ts';
import type { TriggerEvent } from '../../nodes/shared/polling/stream.ts';
import { instantOf, vendor } from './simulationShop.mts';

export type Activation = 'activate' | 'update' | 'init' | 'leadershipChange' | 'manual';

export interface ContextOptions {
	staticData: IDataObject;
	parameters: IDataObject;
	/** The parameters as they were typed, where expressions matter. */
	typed?: IDataObject;
	mode?: 'trigger' | 'manual';
	activation?: Activation;
	workflowId?: string;
	/** `undefined` for n8n versions without budgets. */
	budgetMs?: number;
	warnings?: string[];
}

/** What a node's `poll` sees of n8n. */
export function contextOf({
	staticData,
	parameters,
	typed = parameters,
	mode = 'trigger',
	activation = 'activate',
	workflowId = 'workflow',
	budgetMs,
	warnings = [],
}: ContextOptions): IPollFunctions {
	const context = {
		getNode: () => ({
			id: 'node',
			name: 'Trigger',
			type: 'test',
			typeVersion: 1,
			parameters: typed,
		}),
		getMode: () => mode,
		getActivationMode: () => activation,
		getWorkflow: () => ({ id: workflowId }),
		getNodeParameter: (name: string, fallback?: unknown) => parameters[name] ?? fallback,
		getWorkflowStaticData: () => staticData,
		getCredentials: async () => ({}),
		logger: { warn: (message: string) => warnings.push(message) },
		...(budgetMs !== undefined && { getPollBudgetMs: () => budgetMs }),
	};
	return context as unknown as IPollFunctions;
}

/** What became of one poll. */
export type Tick =
	| { kind: 'items'; items: INodeExecutionData[] }
	| { kind: 'nothing' }
	| { kind: 'error'; error: unknown };

/**
 * - `memory`: the default; state is stored with events and at activation.
 * - `durable`: each poll gets a copy, stored if it changed; what the activation leads to is not,
 *   unless it has events.
 * - `durableTicks`: the durable scheduler without durable cursors; each poll gets what was stored
 *   with the last events.
 */
export type EngineKind = 'memory' | 'durable' | 'durableTicks';

let processes = 0;

export class PollEngine {
	parameters: IDataObject = {};

	/** What n8n's database holds, latest last. */
	stored: string[] = ['{}'];

	/** Writes to the object that polls see. */
	writes = 0;

	warnings: string[] = [];

	/** n8n's next hand-over fails and is rolled back. */
	failsNextCommit = false;

	budgetMs: number | undefined;

	isActive = false;

	/** A process remembers triggers by workflow: another name is another process. */
	private workflowId = '';

	private context: IPollFunctions | undefined;

	private live: IDataObject = {};

	constructor(
		readonly kind: EngineKind,
		private readonly events: Array<TriggerEvent<object>>,
	) {
		this.startProcess();
	}

	get state(): string {
		return this.stored.at(-1) ?? '{}';
	}

	/** A restart of n8n: only what is stored survives, and an older state may have been put back. */
	startProcess(stored = this.state): void {
		this.workflowId = `workflow ${++processes}`;
		this.republish(stored);
	}

	/** Publishing again: another activation in the same process. */
	republish(stored = this.state): void {
		this.stored.push(stored);
		this.context = undefined;
		this.isActive = false;
	}

	/** The first poll of an activation, or a tick. */
	async poll(activation: Activation): Promise<Tick> {
		const isActivation = !this.isActive;
		const isLive = this.kind === 'memory' || (isActivation && this.kind === 'durableTicks');
		if (!isLive || isActivation)
			this.context = this.newContext(isActivation ? activation : 'update');
		const seen = this.live;
		const before = JSON.stringify(seen);
		const tick = await this.run(this.context);
		const after = JSON.stringify(seen);
		if (tick.kind === 'error') return tick;
		if (isActivation) this.isActive = true;
		const isStored =
			this.kind === 'durable'
				? before !== after && (tick.kind === 'items' || !isActivation)
				: tick.kind === 'items' || isActivation;
		if (this.failsNextCommit && this.kind === 'durable' && tick.kind === 'items') {
			this.failsNextCommit = false;
			return { kind: 'error', error: 'rolled back' };
		}
		if (isStored) this.stored.push(after);
		return tick;
	}

	/** One more poll of the same activation, while another may be under way; nothing is stored. */
	async pollBeside(): Promise<Tick> {
		const context = this.kind === 'memory' ? this.context : this.newContext('update');
		return await this.run(context);
	}

	private newContext(activation: Activation): IPollFunctions {
		this.live = this.watched(JSON.parse(this.state) as IDataObject);
		return contextOf({
			staticData: this.live,
			parameters: this.parameters,
			activation,
			workflowId: this.workflowId,
			budgetMs: this.budgetMs,
			warnings: this.warnings,
		});
	}

	/** n8n's own wrapping, and a count of the writes. */
	private watched(data: IDataObject): IDataObject {
		const count = (): true => {
			this.writes++;
			return true;
		};
		return new Proxy(ObservableObject.create(data), {
			set: (target, name, value) => count() && Reflect.set(target, name, value),
			deleteProperty: (target, name) => count() && Reflect.deleteProperty(target, name),
		});
	}

	private async run(context: IPollFunctions | undefined): Promise<Tick> {
		if (!context) throw new Error('Not active.');
		try {
			const result = await pollEvents(context, vendor, this.events, instantOf);
			return result?.[0] ? { kind: 'items', items: result[0] } : { kind: 'nothing' };
		} catch (error) {
			return { kind: 'error', error };
		}
	}
}

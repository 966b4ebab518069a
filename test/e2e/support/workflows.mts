import { randomUUID } from 'node:crypto';
import type { N8nRest, Execution } from '../../../sandbox/n8n/rest.mts';
import { chain, pollEverySeconds } from '../../../sandbox/n8n/workflow.mts';
import type { StoredWorkflow, Workflow, WorkflowNode } from '../../../sandbox/n8n/workflow.mts';
import { readWorld } from './world.mts';

export const ACTION = 'n8n-nodes-storefronts.prestaShop';
export const TOOL = 'n8n-nodes-storefronts.prestaShopTool';
export const TRIGGER = 'n8n-nodes-storefronts.prestaShopTrigger';
export const START = 'Start';

type Parameters = Record<string, unknown>;

function node(
	name: string,
	type: string,
	typeVersion: number,
	parameters: Parameters,
): WorkflowNode {
	return { id: randomUUID(), name, type, typeVersion, position: [0, 0], parameters };
}

function withCredential(plain: WorkflowNode): WorkflowNode {
	return { ...plain, credentials: { prestaShopApi: readWorld().credential } };
}

/** The node that starts a workflow by hand. */
export function manualTrigger(): WorkflowNode {
	return node(START, 'n8n-nodes-base.manualTrigger', 1, {});
}

/** A PrestaShop node with the credential of the sandbox shop. */
export function action(name: string, parameters: Parameters): WorkflowNode {
	return withCredential(node(name, ACTION, 1, parameters));
}

/** A PrestaShop Trigger; the seconds between polls are much shorter than a user may choose. */
export function trigger(name: string, parameters: Parameters, pollSeconds = 2): WorkflowNode {
	const pollTimes = pollEverySeconds(pollSeconds);
	return withCredential(node(name, TRIGGER, 1, { pollTimes, ...parameters }));
}

/** Two nodes that give one item per value, in the field `value`. */
export function manyItems(values: unknown[]): WorkflowNode[] {
	return [
		node('Values', 'n8n-nodes-base.set', 3.4, {
			mode: 'raw',
			jsonOutput: JSON.stringify({ value: values }),
			options: {},
		}),
		node('Items', 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'value', options: {} }),
	];
}

/** A workflow of nodes one after the other, spread over the canvas. */
export function workflowOf(name: string, nodes: WorkflowNode[]): Workflow {
	return {
		name,
		nodes: nodes.map((entry, index) => ({ ...entry, position: [index * 220, 0] })),
		connections: chain(...nodes.map((entry) => entry.name)),
		settings: { executionOrder: 'v1' },
	};
}

/** A resource locator as the editor stores it. */
export function locator(mode: string, value: unknown): Record<string, unknown> {
	return { __rl: true, mode, value };
}

/** Creates a workflow that does one thing by hand, and runs it. */
export async function runAction(
	rest: N8nRest,
	parameters: Parameters,
	before: WorkflowNode[] = [],
): Promise<{ workflow: StoredWorkflow; execution: Execution }> {
	const name = `${String(parameters.resource)}: ${String(parameters.operation)}`;
	const nodes = [manualTrigger(), ...before, action('PrestaShop', parameters)];
	const workflow = await rest.createWorkflow(workflowOf(name, nodes));
	return { workflow, execution: await rest.run(workflow.id, START) };
}

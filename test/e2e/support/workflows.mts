import { randomUUID } from 'node:crypto';
import { chain } from '../../../sandbox/n8n/workflow.mts';
import type { Workflow, WorkflowNode } from '../../../sandbox/n8n/workflow.mts';

/** The name of the node that starts a workflow by hand. */
export const START = 'Start';

type Parameters = Record<string, unknown>;

/** A node in the place where n8n puts the first one. */
export function node(
	name: string,
	type: string,
	typeVersion: number,
	parameters: Parameters,
): WorkflowNode {
	return { id: randomUUID(), name, type, typeVersion, position: [0, 0], parameters };
}

/** The node that starts a workflow by hand. */
export function manualTrigger(): WorkflowNode {
	return node(START, 'n8n-nodes-base.manualTrigger', 1, {});
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

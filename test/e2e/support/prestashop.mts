import type { Execution, N8nRest } from '../../../sandbox/n8n/rest.mts';
import type { StoredWorkflow, WorkflowNode } from '../../../sandbox/n8n/workflow.mts';
import { shopNodes } from './shopNodes.mts';
import { manualTrigger, START, workflowOf } from './workflows.mts';
import { readWorld } from './world.mts';

export const ACTION = 'n8n-nodes-storefronts.prestaShop';
export const TOOL = 'n8n-nodes-storefronts.prestaShopTool';
export const TRIGGER = 'n8n-nodes-storefronts.prestaShopTrigger';

type Parameters = Record<string, unknown>;

const nodes = shopNodes({ action: ACTION, trigger: TRIGGER, credential: 'prestaShopApi' });

/** A PrestaShop node with the credential of the sandbox shop, or with the type of its tool, one for an agent. */
export function action(name: string, parameters: Parameters, type = ACTION): WorkflowNode {
	return nodes.action(name, readWorld().credential, parameters, type);
}

/** A PrestaShop Trigger with the credential of the sandbox shop, polling every two seconds. */
export function trigger(name: string, parameters: Parameters): WorkflowNode {
	return nodes.trigger(name, readWorld().credential, parameters);
}

/** Creates a workflow that does one thing by hand, and runs it. */
export async function runAction(
	rest: N8nRest,
	parameters: Parameters,
	before: WorkflowNode[] = [],
): Promise<{ workflow: StoredWorkflow; execution: Execution }> {
	const name = `${String(parameters.resource)}: ${String(parameters.operation)}`;
	const chained = [manualTrigger(), ...before, action('PrestaShop', parameters)];
	const workflow = await rest.createWorkflow(workflowOf(name, chained));
	return { workflow, execution: await rest.run(workflow.id, START) };
}

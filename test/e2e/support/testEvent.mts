import { errorOf, outputOf } from '../../../sandbox/n8n/executionData.mts';
import type { N8nRest } from '../../../sandbox/n8n/rest.mts';
import type { WorkflowNode } from '../../../sandbox/n8n/workflow.mts';
import { saw } from './report.mts';
import { workflowOf } from './workflows.mts';

/** What "Fetch test event" shows of a trigger: one event; fails if the trigger remembers any of it. */
export async function fetchTestEvent(
	rest: N8nRest,
	trigger: WorkflowNode,
): Promise<Record<string, unknown>> {
	const name = `Test event: ${String(trigger.parameters.event)}`;
	const workflow = await rest.createWorkflow(workflowOf(name, [trigger]));
	const { run } = await rest.run(workflow.id, trigger.name);
	const items = outputOf(run, trigger.name);
	const { staticData } = await rest.readWorkflow(workflow.id);
	saw(`${items.length} item: ${JSON.stringify(items[0]?.json ?? errorOf(run)).slice(0, 300)}`);
	saw(`remembered afterwards: ${JSON.stringify(staticData)}`);
	expect(items).toHaveLength(1);
	expect(staticData ?? {}).toEqual({});
	return items[0]?.json ?? {};
}

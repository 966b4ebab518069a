/** What the nodes of a workflow have given out, read from the executions that n8n has stored. */
import { errorOf, outputOf } from '../../../sandbox/n8n/executionData.mts';
import type { RunData } from '../../../sandbox/n8n/executionData.mts';
import type { N8nRest } from '../../../sandbox/n8n/rest.mts';

type Json = Record<string, unknown>;

/** The records a node gave; throws the failure of the run as the user sees it. */
export function recordsOf(run: RunData, node: string): Json[] {
	const error = errorOf(run);
	if (error) throw new Error(`${error.message} / ${error.description}`);
	return outputOf(run, node).map(({ json }) => json);
}

/** Everything a node of a workflow has given out so far, oldest first. */
export async function givenBy(
	rest: N8nRest,
	workflow: { id: string },
	node: string,
): Promise<Json[]> {
	const items = [];
	for (const { id } of (await rest.executions(workflow.id)).reverse()) {
		items.push(...outputOf((await rest.execution(id)).run, node).map(({ json }) => json));
	}
	return items;
}

import type { N8nRest } from '../../../sandbox/n8n/rest.mts';
import type { StoredWorkflow } from '../../../sandbox/n8n/workflow.mts';
import { saw } from './report.mts';

/** Other processes may keep the machine busy. */
const PATIENCE_MS = 90_000;

/** Publishes a workflow; fails unless n8n says that all of it is published. */
export async function publish(rest: N8nRest, { id, name }: StoredWorkflow): Promise<void> {
	const { status, triggers } = await rest.publish(id, PATIENCE_MS);
	saw(`${name}: ${status} ${JSON.stringify(triggers)}`);
	expect(status).toBe('published');
}

import { join } from 'node:path';
import { fillTemplate, readTemplate } from './template.mts';
import type { N8nRest } from './rest.mts';
import type { StoredWorkflow, Workflow } from './workflow.mts';

/** A demo shop that runs. */
export interface RunningShop {
	readonly url: string;
	/** What n8n needs to know of the shop and of what belongs to it. */
	credentials: Array<{ type: string; name: string; data: Record<string, unknown> }>;
	/** Tells the shop where its "Ship" button should report; called when the workflows are live. */
	connect(n8nUrl: string): void | Promise<void>;
	close(): Promise<void>;
}

/** Everything that makes up one shop of the demo. */
export interface DemoShop {
	name: string;
	preferredPort: number;
	start(port: number): Promise<RunningShop>;
	/** Files in the folder `workflows`, published at the start. */
	workflows: string[];
	/** The shop address that stands in these files. */
	placeholderUrl: string;
	/** What to try in the shop. */
	invitation: string[];
}

const POLL_SECONDS = 10;
/** The part of a workflow that names the demo shop of an earlier start. */
const DEMO_ADDRESS = /http:\/\/127\.0\.0\.1:\d+(?=\/_sandbox\/)/g;

/** Unpublishes the workflows of a shop that an earlier start has left published. */
export async function pauseWorkflows(
	rest: N8nRest,
	shop: DemoShop,
	projectFolder: string,
): Promise<void> {
	const names = shop.workflows.map((file) => readTemplate(templateFile(projectFolder, file)).name);
	for (const workflow of await rest.listWorkflows()) {
		if (workflow.active && names.includes(workflow.name)) await rest.unpublish(workflow.id);
	}
}

function templateFile(projectFolder: string, file: string): string {
	return join(projectFolder, 'workflows', file);
}

/** Gives n8n the credentials and the workflows of one shop and publishes them. */
export async function setUpShop(
	rest: N8nRest,
	shop: DemoShop,
	{ url: shopUrl, credentials }: RunningShop,
	projectFolder: string,
): Promise<string[]> {
	const saved: Record<string, { id: string; name: string }> = {};
	for (const { type, name, data } of credentials) {
		saved[type] = { id: await rest.saveCredential(name, type, data), name };
	}
	const published: string[] = [];
	for (const file of shop.workflows) {
		const template = readTemplate(templateFile(projectFolder, file));
		const workflow = fillTemplate(template, {
			placeholderUrl: shop.placeholderUrl,
			shopUrl,
			credentials: saved,
			pollSeconds: POLL_SECONDS,
		});
		published.push(await bringUp(rest, workflow, shopUrl));
	}
	return published;
}

async function bringUp(rest: N8nRest, wanted: Workflow, shopUrl: string): Promise<string> {
	const known = (await rest.listWorkflows()).find((entry) => entry.name === wanted.name);
	const workflow = known
		? await renew(rest, await rest.readWorkflow(known.id), shopUrl)
		: await rest.createWorkflow(wanted);
	const publication = await rest.publish(workflow.id);
	if (publication.status !== 'published') {
		const reasons = publication.triggers.map((trigger) => trigger.errorMessage).filter(Boolean);
		throw new Error(`"${wanted.name}" could not be published: ${reasons.join('; ')}`);
	}
	return wanted.name;
}

/**
 * Keeps what the user has changed in an example and only brings it up to date. The demo shop begins
 * anew with every start, so a trigger must not remember order numbers of the last one.
 */
async function renew(
	rest: N8nRest,
	stored: StoredWorkflow,
	shopUrl: string,
): Promise<StoredWorkflow> {
	if (stored.active) await rest.unpublish(stored.id);
	const nodes = JSON.stringify(stored.nodes).replaceAll(DEMO_ADDRESS, shopUrl);
	return await rest.updateWorkflow(stored.id, {
		nodes: JSON.parse(nodes) as Workflow['nodes'],
		connections: stored.connections,
		staticData: null,
	});
}

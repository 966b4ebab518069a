import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { N8nLink } from '../shared/pageShell.mts';
import { fillTemplate, readTemplate } from './template.mts';
import type { N8nRest } from './rest.mts';
import type { StoredWorkflow, Workflow } from './workflow.mts';

/** A demo shop that runs. */
export interface RunningShop {
	readonly url: string;
	/** What n8n needs to know of the shop and of what belongs to it; the first of a type is used in the examples. */
	credentials: Array<{ type: string; name: string; data: Record<string, unknown> }>;
	/** Tells the shop where its buttons should report and what its page links to; called when the workflows are live. */
	connect(n8nUrl: string, link: N8nLink): void | Promise<void>;
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

/** An example that is published. */
export interface PublishedWorkflow {
	id: string;
	name: string;
}

const POLL_SECONDS = 10;
/** The part of a workflow that names the demo shop of an earlier start. */
const DEMO_ADDRESS = /http:\/\/127\.0\.0\.1:\d+(?=\/_sandbox\/)/g;

/**
 * Which workflow of n8n an example became, by its file's name. Kept from start to start, because a name may as well
 * be that of a workflow which the user has imported.
 */
export class DemoWorkflows {
	readonly #file: string;
	readonly #ids: Record<string, string>;

	/** @param file where to keep it; it does not have to exist */
	constructor(file: string) {
		this.#file = file;
		this.#ids = existsSync(file)
			? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>)
			: {};
	}

	idOf(template: string): string | undefined {
		return this.#ids[template];
	}

	remember(template: string, id: string): void {
		this.#ids[template] = id;
		writeFileSync(this.#file, JSON.stringify(this.#ids, null, '\t'));
	}
}

/** Unpublishes the workflows of a shop that an earlier start has left published. */
export async function pauseWorkflows(
	rest: N8nRest,
	shop: DemoShop,
	known: DemoWorkflows,
): Promise<void> {
	const ids = shop.workflows.map((file) => known.idOf(file));
	for (const workflow of await rest.listWorkflows()) {
		if (workflow.active && ids.includes(workflow.id)) await rest.unpublish(workflow.id);
	}
}

/** Gives n8n the credentials and the workflows of one shop and publishes them. */
export async function setUpShop(
	rest: N8nRest,
	shop: DemoShop,
	{ url: shopUrl, credentials }: RunningShop,
	{ projectFolder, known }: { projectFolder: string; known: DemoWorkflows },
): Promise<PublishedWorkflow[]> {
	const saved: Record<string, { id: string; name: string }> = {};
	for (const { type, name, data } of credentials) {
		const id = await rest.saveCredential(name, type, data);
		saved[type] ??= { id, name };
	}
	const published: PublishedWorkflow[] = [];
	for (const file of shop.workflows) {
		const template = readTemplate(join(projectFolder, 'workflows', file));
		const workflow = fillTemplate(template, {
			placeholderUrl: shop.placeholderUrl,
			shopUrl,
			credentials: saved,
			pollSeconds: POLL_SECONDS,
		});
		const stored = await storeWorkflow(rest, workflow, known.idOf(file), shopUrl);
		known.remember(file, stored.id);
		await publish(rest, stored);
		published.push({ id: stored.id, name: stored.name });
	}
	return published;
}

/** What a shop's page shows of n8n. */
export function n8nLink(n8nUrl: string, workflows: PublishedWorkflow[]): N8nLink {
	return {
		workflows: workflows.map(({ id, name }) => ({ name, url: workflowUrl(n8nUrl, id) })),
		pollSeconds: POLL_SECONDS,
	};
}

/** Where the editor shows a workflow. */
export function workflowUrl(n8nUrl: string, id: string): string {
	return `${n8nUrl}/workflow/${id}`;
}

/** The workflow of an earlier start brought up to date, or a new one where the user has deleted it. */
async function storeWorkflow(
	rest: N8nRest,
	wanted: Workflow,
	id: string | undefined,
	shopUrl: string,
): Promise<StoredWorkflow> {
	const exists = (await rest.listWorkflows()).some((entry) => entry.id === id);
	return id !== undefined && exists
		? await renew(rest, await rest.readWorkflow(id), shopUrl)
		: await rest.createWorkflow(wanted);
}

async function publish(rest: N8nRest, workflow: StoredWorkflow): Promise<void> {
	const publication = await rest.publish(workflow.id);
	if (publication.status === 'published') return;
	const reasons = publication.triggers.map((trigger) => trigger.errorMessage).filter(Boolean);
	throw new Error(`"${workflow.name}" could not be published: ${reasons.join('; ')}`);
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

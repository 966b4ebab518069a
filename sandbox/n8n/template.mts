import { readFileSync } from 'node:fs';
import { pollEverySeconds } from './workflow.mts';
import type { Workflow, WorkflowNode } from './workflow.mts';

/** What a template leaves open. */
export interface TemplateFilling {
	/** The shop address that stands in the template, and the real one. */
	placeholderUrl: string;
	shopUrl: string;
	/** Credential by type, for the nodes that name one. */
	credentials: Record<string, { id: string; name: string }>;
	/** Poll more often than a shop owner would, so that a newcomer does not wait. */
	pollSeconds?: number;
}

/** Reads a workflow template as it lies in the project. */
export function readTemplate(file: string): Workflow {
	return JSON.parse(readFileSync(file, 'utf8')) as Workflow;
}

/** Puts addresses and credentials into a template, as a user would do by hand after the import. */
export function fillTemplate(template: Workflow, filling: TemplateFilling): Workflow {
	const text = JSON.stringify(template).replaceAll(filling.placeholderUrl, filling.shopUrl);
	const workflow = JSON.parse(text) as Workflow;
	for (const node of workflow.nodes) fillNode(node, filling);
	return workflow;
}

function fillNode(node: WorkflowNode, filling: TemplateFilling): void {
	for (const type of Object.keys(node.credentials ?? {})) {
		const credential = filling.credentials[type];
		if (credential && node.credentials) node.credentials[type] = credential;
	}
	if (filling.pollSeconds !== undefined && 'pollTimes' in node.parameters) {
		node.parameters.pollTimes = pollEverySeconds(filling.pollSeconds);
	}
}

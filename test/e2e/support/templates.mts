/** The workflow templates of the package, by the names of their files. */
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { N8nRest } from '../../../sandbox/n8n/rest.mts';
import { fillTemplate, readTemplate } from '../../../sandbox/n8n/template.mts';
import type { TemplateFilling } from '../../../sandbox/n8n/template.mts';
import type {
	CredentialReference,
	StoredWorkflow,
	Workflow,
} from '../../../sandbox/n8n/workflow.mts';
import { picture, waitForCanvas } from './browser.mts';
import { saw } from './report.mts';
import { readWorld } from './world.mts';

const fileOf = (name: string): string => join(readWorld().projectFolder, 'workflows', name);

/** The credentials that the nodes of a workflow name. */
function credentialsOf({ nodes }: Workflow): CredentialReference[] {
	return nodes.flatMap(({ credentials }) => Object.values(credentials ?? {}));
}

/** The credentials a template names as it lies in the project. */
export function credentialsNamedIn(name: string): CredentialReference[] {
	return credentialsOf(readTemplate(fileOf(name)));
}

/** Imports the file of a template into the editor, and waits until all its nodes are drawn. */
export async function importIntoEditor(editor: Page, name: string): Promise<void> {
	await editor.goto(`${readWorld().n8nUrl}/workflow/new`);
	await editor.locator('[data-test-id="canvas-wrapper"]').waitFor();
	await editor.locator('[data-test-id="workflow-import-input"]').setInputFiles(fileOf(name));
	await waitForCanvas(editor);
	const { nodes } = readTemplate(fileOf(name));
	for (const node of nodes.filter(({ type }) => !type.endsWith('stickyNote'))) {
		await editor.locator(`[data-node-name="${node.name}"]`).first().waitFor();
	}
	await picture(editor, `import-${name.replace('.json', '')}`);
}

/** Stores a template as it is, and gives the credentials that n8n has found for it. */
export async function credentialsFoundFor(
	rest: N8nRest,
	name: string,
): Promise<CredentialReference[]> {
	const stored = await rest.createWorkflow(readTemplate(fileOf(name)));
	const found = credentialsOf(stored);
	saw(`${stored.nodes.length} nodes, credentials ${JSON.stringify(found)}`);
	return found;
}

/**
 * Stores a template with the address of a shop, polling every two seconds. Credentials that are not
 * given are found by their names, as after the import.
 */
export async function storeTemplate(
	rest: N8nRest,
	name: string,
	filling: Omit<TemplateFilling, 'credentials' | 'pollSeconds'> & Partial<TemplateFilling>,
): Promise<StoredWorkflow> {
	const filled = fillTemplate(readTemplate(fileOf(name)), {
		credentials: {},
		pollSeconds: 2,
		...filling,
	});
	return await rest.createWorkflow(filled);
}

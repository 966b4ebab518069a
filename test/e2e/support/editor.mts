import type { Browser, Locator, Page } from 'playwright-core';
import type { N8nRest } from '../../../sandbox/n8n/rest.mts';
import type {
	CredentialReference,
	StoredWorkflow,
	WorkflowNode,
} from '../../../sandbox/n8n/workflow.mts';
import { openBrowser, openEditor, picture, waitForCanvas } from './browser.mts';
import { saw } from './report.mts';
import { until } from './until.mts';
import { START, workflowOf } from './workflows.mts';

/** Other processes may keep the machine busy. */
const PATIENCE_MS = 60_000;

/** Poll times as a user chooses them. */
export const EVERY_MINUTE = { item: [{ mode: 'everyMinute' }] };

/** The value that a drop-down list or text field of a panel shows. */
export async function shownIn(panel: Locator, field: string): Promise<string> {
	return await panel.locator(`[data-test-id="${field}"] input`).first().inputValue();
}

/** The editor of n8n in a browser of its own, as the user of one shop sees it. */
export class Editor {
	readonly page: Page;
	private readonly browser: Browser;
	private readonly rest: N8nRest;
	private readonly pictures: string;
	/** What the page complained of: errors of scripts, and failed requests to n8n. */
	private readonly complaints: string[] = [];

	private constructor(browser: Browser, page: Page, rest: N8nRest, pictures: string) {
		this.browser = browser;
		this.page = page;
		this.rest = rest;
		this.pictures = pictures;
		page.setDefaultTimeout(PATIENCE_MS);
		page.on('pageerror', (error) => this.complaints.push(String(error)));
		page.on('console', (message) => {
			if (message.type() === 'error') this.complaints.push(message.text());
		});
		page.on('response', (response) => {
			if (response.status() >= 400) this.complaints.push(`${response.status()} ${response.url()}`);
		});
	}

	/** Opens the editor; the names of all pictures begin with `pictures`. */
	static async open(rest: N8nRest, pictures = ''): Promise<Editor> {
		const browser = await openBrowser();
		return new Editor(browser, await openEditor(browser), rest, pictures);
	}

	async close(): Promise<void> {
		await this.browser.close();
	}

	/** Keeps a picture of what the editor shows. */
	async picture(name: string): Promise<void> {
		await picture(this.page, `${this.pictures}${name}`);
	}

	/** Complaints of the page, without those of n8n itself: the tests do not let it reach other sites. */
	ownComplaints(): string[] {
		const ours = this.complaints.filter((line) => !/ERR_FAILED|ERR_BLOCKED/.test(line));
		saw(`${this.complaints.length} complaints in all, ${JSON.stringify(ours)}`);
		return ours;
	}

	/** Stores a workflow of these nodes, opens it and waits until it is drawn. */
	async openWorkflow(name: string, nodes: WorkflowNode[]): Promise<StoredWorkflow> {
		const workflow = await this.rest.createWorkflow(workflowOf(name, nodes));
		await this.page.goto(`${this.rest.url}/workflow/${workflow.id}`);
		await waitForCanvas(this.page);
		return workflow;
	}

	/** Opens the panel of one node of what the canvas shows. */
	async openNode(name: string): Promise<Locator> {
		await this.page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`).dblclick();
		const panel = this.page.locator('[data-test-id="ndv"]');
		await panel.waitFor();
		return panel;
	}

	/** Opens the panel of the last of these nodes, in a workflow of their own. */
	async openPanel(...nodes: WorkflowNode[]): Promise<Locator> {
		const name = nodes.at(-1)?.name ?? '';
		await this.openWorkflow(`${name} panel`, nodes);
		return await this.openNode(name);
	}

	/** Runs these nodes, and opens the panel of the last one as the list of executions shows it. */
	async openExecution(...nodes: WorkflowNode[]): Promise<Locator> {
		const name = nodes.at(-1)?.name ?? '';
		const workflow = await this.rest.createWorkflow(workflowOf(`${name} execution`, nodes));
		const execution = await this.rest.run(workflow.id, START);
		await this.page.goto(`${this.rest.url}/workflow/${workflow.id}/executions/${execution.id}`);
		await waitForCanvas(this.page);
		return await this.openNode(name);
	}

	/** Opens the form of a credential, waits until n8n has tested it with success, and gives its text. */
	async openCredential({ id }: CredentialReference): Promise<string> {
		await this.page.goto(`${this.rest.url}/home/credentials/${String(id)}`);
		const form = this.page.locator('[data-test-id="credential-edit-dialog"]');
		await form.getByText('Connection tested successfully').waitFor();
		await this.picture('credential');
		const text = await form.innerText();
		saw(text.replaceAll(/\s+/g, ' ').slice(0, 500));
		return text;
	}

	/** Waits until the panel has asked the shop for all that it shows. */
	async fieldsLoaded(): Promise<void> {
		await this.page.getByText('Loading fields').first().waitFor({ state: 'hidden' });
	}

	/** What the drop-down list of a parameter offers; pictured while it is open. */
	async optionsOf(parameter: string, name: string): Promise<string[]> {
		const options = this.page.locator('[data-test-id="parameter-input-item"]:visible');
		// A list that is still closing would be taken for the new one.
		await options.first().waitFor({ state: 'hidden' });
		await this.page.locator(`[data-test-id="parameter-input-${parameter}"]`).click();
		await options.first().waitFor();
		const texts = await options.allInnerTexts();
		await this.picture(name);
		await this.page.keyboard.press('Escape');
		const offered = texts.map((text) => text.split('\n')[0] ?? '');
		saw(`${name}: ${offered.join(', ')}`);
		return offered;
	}

	/** Waits until a list of which several can be chosen has come from the shop. */
	async choicesLoaded(parameter: string): Promise<void> {
		await this.fieldsLoaded();
		await this.choiceField(parameter).locator('input:enabled').first().waitFor();
	}

	/** What such a list offers, once it has an entry with this text; pictured while it is open. */
	async choicesOf(parameter: string, text: string, name: string): Promise<string[]> {
		const choices = this.page.locator('.el-select-dropdown__item:visible');
		await choices.first().waitFor({ state: 'hidden' });
		await this.choiceField(parameter).click();
		await choices.filter({ hasText: text }).waitFor();
		const texts = await choices.allInnerTexts();
		await this.picture(name);
		saw(`${name}: ${texts.join(' | ')}`);
		return texts;
	}

	/** The entries of the picker that is open. */
	entries(): Locator {
		return this.page.locator('[data-test-id="rlc-item"]:visible');
	}

	/** Opens the list of a picker and gives its entries; pictured while it is open. */
	async entriesOf(parameter: string, name: string): Promise<string[]> {
		const field = this.pickerField(parameter);
		await field.scrollIntoViewIfNeeded();
		await field.locator('[data-test-id="rlc-input-container"]').click();
		await this.entries().first().waitFor();
		const texts = await this.entries().allInnerTexts();
		await this.picture(name);
		saw(`${name}: ${texts.join(' | ')}`);
		return texts;
	}

	/** Types into the search of the open picker and gives the entries that are left. */
	async entriesWith(filter: string): Promise<string[]> {
		const all = await this.entries().count();
		await this.page
			.locator('[data-test-id="rlc-search"] input, input[data-test-id="rlc-search"]')
			.fill(filter);
		return await until(
			`entries with ${filter}`,
			async () => {
				const texts = await this.entries().allInnerTexts();
				return texts.length > 0 && texts.length < all && texts;
			},
			PATIENCE_MS,
		);
	}

	/** What a picker shows as chosen. */
	async pickedIn(parameter: string): Promise<string> {
		return await this.pickerField(parameter).locator('input').last().inputValue();
	}

	private pickerField(parameter: string): Locator {
		return this.page.locator(`[data-test-id="resource-locator-${parameter}"]`);
	}

	private choiceField(parameter: string): Locator {
		return this.page.locator(`[data-test-id="parameter-input-${parameter}"]`);
	}
}

import { setTimeout as sleep } from 'node:timers/promises';
import { unflatten } from './executionData.mts';
import type { RunData } from './executionData.mts';
import type { StoredWorkflow, Workflow } from './workflow.mts';

export interface Login {
	email: string;
	password: string;
}

export interface CredentialTestResult {
	status: 'OK' | 'Error';
	message: string;
}

export interface PublicationStatus {
	status: string;
	triggers: Array<{ nodeId: string; status: string; errorMessage: string | null }>;
}

export interface ExecutionSummary {
	id: string;
	workflowId: string;
	mode: string;
	status: string;
	startedAt: string | null;
	stoppedAt: string | null;
}

export interface Execution extends ExecutionSummary {
	run: RunData;
}

/** A request that n8n has refused. */
export class N8nRequestError extends Error {
	readonly status: number;

	constructor(method: string, path: string, status: number, body: string) {
		super(`${method} ${path} answered ${status}: ${body.slice(0, 500)}`);
		this.name = 'N8nRequestError';
		this.status = status;
	}
}

/** How often, and after how long, a request is sent again that n8n was too busy for. */
const BUSY_ATTEMPTS = 20;
const BUSY_PAUSE_MS = 1_000;

const FINISHED = new Set(['success', 'error', 'crashed', 'canceled']);

/** Talks to n8n the way its editor does: with the owner's session, over the editor's own API. */
export class N8nRest {
	readonly url: string;
	private cookie: string;

	/** `session` is what `session` of another object gave: n8n allows few logins per minute. */
	constructor(url: string, session = '') {
		this.url = url;
		this.cookie = session;
	}

	/** Creates the owner of a fresh n8n, or logs in when there already is one. */
	async enter(login: Login): Promise<void> {
		const settings = await this.get<{ userManagement: { showSetupOnFirstLoad: boolean } }>(
			'/rest/settings',
		);
		if (settings.userManagement.showSetupOnFirstLoad) {
			await this.post('/rest/owner/setup', { ...login, firstName: 'Demo', lastName: 'Owner' });
		} else {
			await this.post('/rest/login', { emailOrLdapLoginId: login.email, password: login.password });
		}
	}

	/** The node types that the editor offers, as it reads them. */
	async nodeTypes(): Promise<Array<Record<string, unknown>>> {
		const response = await this.send('GET', '/types/nodes.json');
		return (await response.json()) as Array<Record<string, unknown>>;
	}

	/** The credential types that the editor offers. */
	async credentialTypes(): Promise<Array<Record<string, unknown>>> {
		const response = await this.send('GET', '/types/credentials.json');
		return (await response.json()) as Array<Record<string, unknown>>;
	}

	/** Creates a credential, or gives the one of this name and type the new data. */
	async saveCredential(name: string, type: string, data: Record<string, unknown>): Promise<string> {
		const known =
			await this.get<Array<{ id: string; name: string; type: string }>>('/rest/credentials');
		const same = known.find((entry) => entry.name === name && entry.type === type);
		if (same) {
			await this.send('PATCH', `/rest/credentials/${same.id}`, { name, type, data });
			return same.id;
		}
		return (await this.post<{ id: string }>('/rest/credentials', { name, type, data })).id;
	}

	/** Presses the test button of the credential dialog. */
	async testCredential(type: string, data: Record<string, unknown>): Promise<CredentialTestResult> {
		return await this.post('/rest/credentials/test', {
			credentials: { id: '', name: 'Test', type, data },
		});
	}

	/** What a searchable list of a node shows; `path` is the parameter, as in `parameters.orderId`. */
	async searchList(request: {
		path: string;
		methodName: string;
		nodeType: string;
		credentials: Record<string, { id: string; name: string }>;
		currentNodeParameters: Record<string, unknown>;
		filter?: string;
	}): Promise<Array<{ name: string; value: string }>> {
		const { nodeType, ...rest } = request;
		const answer = await this.post<{ results: Array<{ name: string; value: string }> }>(
			'/rest/dynamic-node-parameters/resource-locator-results',
			{ nodeTypeAndVersion: { name: nodeType, version: 1 }, ...rest },
		);
		return answer.results;
	}

	/** Every stored workflow, without its nodes. */
	async listWorkflows(): Promise<Array<{ id: string; name: string; active: boolean }>> {
		return await this.get('/rest/workflows');
	}

	async createWorkflow(workflow: Workflow): Promise<StoredWorkflow> {
		return await this.post('/rest/workflows', workflow);
	}

	async readWorkflow(id: string): Promise<StoredWorkflow> {
		return await this.get(`/rest/workflows/${id}`);
	}

	/** Saves changes as a new version; the published version stays as it is. */
	async updateWorkflow(id: string, change: Partial<Workflow>): Promise<StoredWorkflow> {
		const response = await this.send('PATCH', `/rest/workflows/${id}`, change);
		return await unwrap<StoredWorkflow>(response);
	}

	/** Publishes the newest version and waits until its triggers are registered. */
	async publish(id: string, limitMs = 30_000): Promise<PublicationStatus> {
		const { versionId } = await this.readWorkflow(id);
		await this.post(`/rest/workflows/${id}/activate`, { versionId });
		return await this.waitForPublication(id, limitMs);
	}

	async unpublish(id: string): Promise<void> {
		await this.post(`/rest/workflows/${id}/deactivate`, {});
	}

	async publicationStatus(id: string): Promise<PublicationStatus> {
		return await this.get(`/rest/workflows/${id}/publication-status`);
	}

	/** Waits until n8n has brought a publication to an end, good or bad. */
	async waitForPublication(id: string, limitMs = 30_000): Promise<PublicationStatus> {
		const until = Date.now() + limitMs;
		for (;;) {
			const status = await this.publicationStatus(id);
			const pending = status.status !== 'published' && status.status !== 'failed';
			if (!pending || Date.now() > until) return status;
			await sleep(100);
		}
	}

	/** Runs a workflow from one trigger, as the button in the editor does, and waits for the end. */
	async run(id: string, trigger: string, limitMs = 60_000): Promise<Execution> {
		const { executionId } = await this.post<{ executionId: string }>(`/rest/workflows/${id}/run`, {
			triggerToStartFrom: { name: trigger },
		});
		return await this.waitForExecution(executionId, limitMs);
	}

	/** The newest executions of a workflow, newest first. */
	async executions(workflowId: string, limit = 100): Promise<ExecutionSummary[]> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		const answer = await this.get<{ results: ExecutionSummary[] }>(
			`/rest/executions?filter=${filter}&limit=${limit}`,
		);
		return answer.results;
	}

	/** One execution with everything that its nodes have given out. */
	async execution(id: string): Promise<Execution> {
		const answer = await this.get<ExecutionSummary & { data: string }>(`/rest/executions/${id}`);
		return { ...answer, run: unflatten(answer.data) as RunData };
	}

	/** Runs an execution that failed once more, with the workflow as it was then. */
	async retry(id: string): Promise<void> {
		await this.post(`/rest/executions/${id}/retry`, { loadWorkflow: false });
	}

	async waitForExecution(id: string, limitMs = 60_000): Promise<Execution> {
		const until = Date.now() + limitMs;
		for (;;) {
			const execution = await this.execution(id);
			if (FINISHED.has(execution.status)) return execution;
			if (Date.now() > until) throw new Error(`Execution ${id} is still ${execution.status}`);
			await sleep(100);
		}
	}

	/** The session cookie as `name=value`; it outlives a restart of n8n. */
	get session(): string {
		return this.cookie;
	}

	private async get<T>(path: string): Promise<T> {
		return await unwrap<T>(await this.send('GET', path));
	}

	private async post<T>(path: string, body: unknown): Promise<T> {
		return await unwrap<T>(await this.send('POST', path, body));
	}

	private async send(method: string, path: string, body?: unknown): Promise<Response> {
		let response = await this.sendOnce(method, path, body);
		// n8n has lost its database for a moment and has not looked at the request.
		for (let attempt = 0; response.status === 503 && attempt < BUSY_ATTEMPTS; attempt++) {
			await sleep(BUSY_PAUSE_MS);
			response = await this.sendOnce(method, path, body);
		}
		const cookie = response.headers.getSetCookie().find((entry) => entry.startsWith('n8n-auth='));
		if (cookie) this.cookie = cookie.split(';')[0] ?? '';
		if (!response.ok) {
			throw new N8nRequestError(method, path, response.status, await response.text());
		}
		return response;
	}

	private async sendOnce(method: string, path: string, body: unknown): Promise<Response> {
		return await fetch(`${this.url}${path}`, {
			method,
			headers: {
				'content-type': 'application/json',
				cookie: this.cookie,
				// n8n closes idle connections after 5 seconds; a busy process would still use them.
				connection: 'close',
			},
			body: body === undefined ? undefined : JSON.stringify(body),
			signal: AbortSignal.timeout(60_000),
		});
	}
}

/** The editor's API wraps every answer in `data`. */
async function unwrap<T>(response: Response): Promise<T> {
	return ((await response.json()) as { data: T }).data;
}

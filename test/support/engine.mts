/**
 * Runs nodes inside n8n's own execution engine (n8n-core), in process: real parameter resolution,
 * real contexts, real HTTP; credentials are given as plain data.
 */
import {
	ExecutionLifecycleHooks,
	LoadOptionsContext,
	PollContext,
	SupplyDataContext,
	WorkflowExecute,
} from 'n8n-core';
import { Workflow, createRunExecutionData, setSafeRegexEngine } from 'n8n-workflow';
import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IDataObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INode,
	INodeExecutionData,
	INodeListSearchResult,
	INodeParameters,
	INodePropertyOptions,
	INodeType,
	INodeTypes,
	IWorkflowExecuteAdditionalData,
	WorkflowActivateMode,
} from 'n8n-workflow';

// n8n gives every pattern some milliseconds of the wall clock; a machine that is busy may need more.
setSafeRegexEngine({
	exec: (pattern, input, flags) => new RegExp(pattern, flags).exec(input),
	test: (pattern, input, flags) => new RegExp(pattern, flags).test(input),
	replace: (pattern, input, flags, replacement) =>
		input.replace(new RegExp(pattern, flags), replacement),
	matchAll: (pattern, input, flags = '') => [
		...input.matchAll(new RegExp(pattern, flags.includes('g') ? flags : `${flags}g`)),
	],
	split: (pattern, input, flags) => input.split(new RegExp(pattern, flags)),
});

/** A start node that feeds the items under test. */
function itemsNode(items: INodeExecutionData[]): INodeType {
	return {
		description: {
			displayName: 'Items',
			name: 'items',
			group: ['input'],
			version: 1,
			description: 'Feeds the items under test',
			defaults: { name: 'Items' },
			inputs: [],
			outputs: ['main'],
			properties: [],
		},
		execute: async () => [items],
	};
}

/** A node under test with its credential. */
export interface Bench {
	node: INodeType;
	credentialType: ICredentialType;
	credentials: ICredentialDataDecryptedObject;
}

function nodeTypesOf(node: INodeType, items: INodeExecutionData[]): INodeTypes {
	const source = itemsNode(items);
	return {
		getByName: () => node,
		getByNameAndVersion: (name: string) => (name === 'test.items' ? source : node),
		getKnownTypes: () => ({}),
	} as unknown as INodeTypes;
}

/** n8n stores a property that renews itself as an empty text. */
function tokenDefaults({ properties }: ICredentialType): ICredentialDataDecryptedObject {
	const tokens = properties.filter(({ typeOptions }) => typeOptions?.expirable);
	return Object.fromEntries(tokens.map(({ name }) => [name, '']));
}

function additionalDataOf({ credentialType, credentials }: Bench): IWorkflowExecuteAdditionalData {
	const authenticate = credentialType.authenticate as (
		credentials: ICredentialDataDecryptedObject,
		options: IHttpRequestOptions,
	) => Promise<IHttpRequestOptions>;
	// As n8n does: asks for a token when there is none or it expired, and keeps it in the credential.
	const preAuthentication = async (
		helpers: IHttpRequestHelper,
		data: ICredentialDataDecryptedObject,
		_type: string,
		_node: INode,
		isExpired: boolean,
	) => {
		const token = credentialType.properties.find(({ typeOptions }) => typeOptions?.expirable);
		if (!token || !credentialType.preAuthentication) return undefined;
		if (data[token.name] && !isExpired) return undefined;
		const output = await credentialType.preAuthentication.call(helpers, data);
		Object.assign(credentials, output);
		return Object.assign(data, output);
	};
	return {
		credentialsHelper: {
			getParentTypes: () => [],
			isCredentialUsableByNode: () => true,
			getDecrypted: async () => ({
				...tokenDefaults(credentialType),
				// Each run stands for itself, unless a test is about what runs share.
				rememberReferenceData: false,
				...credentials,
			}),
			preAuthentication,
			authenticate: async (
				data: ICredentialDataDecryptedObject,
				_: string,
				request: IHttpRequestOptions,
			) => await authenticate(data, request),
			getCredentialsProperties: () => credentialType.properties,
		},
		executeWorkflow: undefined,
		restApiUrl: '',
		instanceBaseUrl: '',
		webhookBaseUrl: '',
		formWaitingBaseUrl: 'http://127.0.0.1',
		webhookWaitingBaseUrl: 'http://127.0.0.1',
		webhookTestBaseUrl: '',
		userId: 'test',
		variables: {},
		setExecutionStatus: () => {},
		sendDataToUI: () => {},
		hooks: new ExecutionLifecycleHooks('manual', 'test', {} as never),
	} as unknown as IWorkflowExecuteAdditionalData;
}

function nodeOf(
	{ node, credentialType }: Bench,
	parameters: INodeParameters,
	rest: Partial<INode>,
): INode {
	return {
		id: 'under-test',
		name: 'Under Test',
		type: `test.${node.description.name}`,
		typeVersion: 1,
		position: [0, 0],
		parameters,
		credentials: { [credentialType.name]: { id: '1', name: 'Test' } },
		...rest,
	};
}

let workflowNumber = 0;

function workflowOf(
	bench: Bench,
	nodes: INode[],
	{ id, items = [] }: { id?: string; items?: INodeExecutionData[] } = {},
): Workflow {
	return new Workflow({
		id: id ?? `workflow-${++workflowNumber}`,
		nodes,
		connections:
			nodes.length > 1
				? { Items: { main: [[{ node: 'Under Test', type: 'main', index: 0 }]] } }
				: {},
		active: false,
		nodeTypes: nodeTypesOf(bench.node, items),
		settings: { executionOrder: 'v1' },
	});
}

/** What a run of the node gave: output items, or the error that ended it. */
export interface Execution {
	items: INodeExecutionData[];
	/** Items on n8n's error output. */
	errorItems: INodeExecutionData[];
	/** What the editor shows above the output. */
	hints: string[];
	error?: Error & { description?: string | null; httpCode?: string | null; context?: IDataObject };
}

/** Executes the node once for `items`. */
export async function executeNode(
	bench: Bench,
	parameters: INodeParameters,
	{
		items = [{ json: {} }],
		isTool = false,
		...settings
	}: { items?: INodeExecutionData[]; isTool?: boolean } & Pick<
		INode,
		'onError' | 'retryOnFail' | 'maxTries' | 'waitBetweenTries'
	> = {},
): Promise<Execution> {
	const source = nodeOf(bench, {}, { id: 'items', name: 'Items', type: 'test.items' });
	// n8n calls the type of a node that serves as a tool so.
	const type = `test.${bench.node.description.name}${isTool ? 'Tool' : ''}`;
	const target = nodeOf(bench, parameters, { ...settings, type });
	const workflow = workflowOf(bench, [source, target], { items });
	const additionalData = additionalDataOf(bench);
	const runData = await new WorkflowExecute(additionalData, 'manual', createRunExecutionData()).run(
		{ workflow, startNode: source },
	);
	const [last] = runData.data.resultData.runData['Under Test'] ?? [];
	const error = (last?.error ?? runData.data.resultData.error) as Execution['error'];
	const [regular, failed] = last?.data?.main ?? [];
	return {
		items: regular ?? [],
		errorItems: failed ?? [],
		hints: (last?.hints ?? []).map(({ message }) => message),
		...(error && { error }),
	};
}

/** What a sub-node hands to the node above it. */
export async function supplyData(bench: Bench, parameters: INodeParameters): Promise<unknown> {
	const node = nodeOf(bench, parameters, {});
	const items: INodeExecutionData[] = [{ json: {} }];
	const runData = createRunExecutionData();
	const main = { main: [items] };
	const context = new SupplyDataContext(
		workflowOf(bench, [node]),
		node,
		additionalDataOf(bench),
		'manual',
		runData,
		0,
		items,
		main,
		'ai_tool',
		{ node, data: main, source: null },
		[],
	);
	const supplied = await bench.node.supplyData?.call(context, 0);
	return supplied?.response;
}

/** A trigger between polls: holds n8n's static data, as one activation does. */
export class TriggerBench {
	staticData: IDataObject = {};

	/** What a test changes in what n8n offers to the node. */
	adapt: ((context: PollContext) => void) | undefined;

	private context: PollContext | undefined;

	private readonly bench: Bench;

	private readonly parameters: INodeParameters;

	private readonly id = `workflow-${++workflowNumber}`;

	constructor(bench: Bench, parameters: INodeParameters) {
		this.bench = bench;
		this.parameters = parameters;
	}

	/** One tick. `manual` is "Fetch test event". */
	async poll(
		activation: WorkflowActivateMode = 'update',
		mode: 'trigger' | 'manual' = 'trigger',
	): Promise<INodeExecutionData[]> {
		const context =
			mode === 'manual' ? this.newContext('manual', 'manual') : this.contextOf(activation);
		const result = await this.bench.node.poll?.call(context);
		return result?.[0] ?? [];
	}

	/** What a restart does: a new context, and only what n8n stored. */
	restart(stored: IDataObject = this.staticData): void {
		this.staticData = structuredClone(stored);
		this.context = undefined;
	}

	private contextOf(activation: WorkflowActivateMode): PollContext {
		this.context ??= this.newContext('trigger', activation);
		return this.context;
	}

	private newContext(mode: 'trigger' | 'manual', activation: WorkflowActivateMode): PollContext {
		const node = nodeOf(this.bench, this.parameters, {});
		const workflow = workflowOf(this.bench, [node], { id: this.id });
		const additionalData = additionalDataOf(this.bench);
		const context = new PollContext(
			workflow,
			node,
			additionalData,
			mode,
			activation,
			undefined,
			undefined,
			undefined,
			undefined,
			() => this.staticData,
		);
		this.adapt?.(context);
		return context;
	}
}

/** Fills a picker as the editor does. */
export async function searchList(
	bench: Bench,
	method: string,
	filter?: string,
	paginationToken?: string,
	parameters: INodeParameters = {},
): Promise<INodeListSearchResult> {
	const context = editorContext(bench, parameters);
	const search = bench.node.methods?.listSearch?.[method];
	if (!search) throw new Error(`The node has no list "${method}".`);
	return await search.call(context, filter, paginationToken);
}

/** Fills a list of plain options as the editor does. */
export async function loadOptions(bench: Bench, method: string): Promise<INodePropertyOptions[]> {
	const load = bench.node.methods?.loadOptions?.[method];
	if (!load) throw new Error(`The node has no options "${method}".`);
	return await load.call(editorContext(bench, {}));
}

function editorContext(bench: Bench, parameters: INodeParameters): LoadOptionsContext {
	const node = nodeOf(bench, parameters, {});
	return new LoadOptionsContext(
		workflowOf(bench, [node]),
		node,
		{ ...additionalDataOf(bench), currentNodeParameters: parameters },
		'',
	);
}

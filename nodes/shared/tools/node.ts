import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	ISupplyDataFunctions,
	SupplyData,
} from 'n8n-workflow';

import { schemaOf } from './parameters';
import type { Parameters } from './parameters';
import { answerTo, checkedZone } from './run';
import type { ToolNode } from './run';
import { settingsFrom, refuseModelsChoice } from './settings';
import type { ShopTools } from './shopTools';
import { toolsOf } from './table';
import { offered, parametersOf } from './tool';
import { zodSchemaOf } from './zodSchema';
import { toNodeError } from '../http/errors';
import type { Vendor } from '../protocol/vendor';
import { fingerprint } from '../text/hash';

/** A tool as agents of n8n take it: LangChain wants `invoke` and its namespace, n8n the metadata. */
interface AgentTool {
	name: string;
	description: string;
	schema: object;
	lc_namespace: string[];
	metadata: { isFromToolkit: true; sourceNodeName: string };
	invoke(input: unknown): Promise<string>;
}

/** Hands an agent or an MCP Server Trigger the tools that are switched on. */
export async function supplyTools<R>(
	context: ISupplyDataFunctions,
	itemIndex: number,
	vendor: Vendor<R>,
	tools: ShopTools<R>,
): Promise<SupplyData> {
	const node = nodeOf(context, itemIndex, vendor, tools);
	const offers = offered(toolsOf(tools), node.settings).map(
		async (tool): Promise<AgentTool> => ({
			name: tool.name,
			description: tool.description,
			schema: await schemaFor(parametersOf(tool, node.settings)),
			lc_namespace: ['n8n', 'tools'],
			metadata: { isFromToolkit: true, sourceNodeName: context.getNode().name },
			// Agents up to 2.x and the MCP Server Trigger call this; later ones run the node.
			invoke: async (input) => {
				const { given, id } = callIn(input);
				const call = { name: tool.name, arguments: given };
				const { index } = context.addInputData(NodeConnectionTypes.AiTool, [
					[{ json: { ...given } as IDataObject }],
				]);
				const answer = await answerTo(node, { ...call, id: id ?? idOf(call) });
				context.addOutputData(NodeConnectionTypes.AiTool, index, [[{ json: answer }]]);
				return JSON.stringify(answer);
			},
		}),
	);
	return { response: await Promise.all(offers) };
}

/** Answers the calls of agents from 3.0 on: each is an item that names the tool. */
export async function executeTools<R>(
	context: IExecuteFunctions,
	vendor: Vendor<R>,
	tools: ShopTools<R>,
): Promise<INodeExecutionData[][]> {
	const items: INodeExecutionData[] = [];
	for (const [index, { json }] of context.getInputData().entries()) {
		const node = nodeOf(context, index, vendor, tools);
		const { tool: name, toolCallId: id, ...given } = argumentsOf(context, json);
		const call = { name: String(name ?? ''), arguments: given };
		const answer = await answerTo(node, {
			...call,
			id: String(json.toolCallId ?? id ?? idOf(call)),
		});
		items.push({ json: answer, pairedItem: { item: index } });
	}
	return [items];
}

async function schemaFor(parameters: Parameters): Promise<object> {
	return (await zodSchemaOf(parameters)) ?? schemaOf(parameters);
}

/** Reads the parameters of the node; what a model may not decide must not come from it. */
function nodeOf<R>(
	context: IExecuteFunctions | ISupplyDataFunctions,
	itemIndex: number,
	vendor: Vendor<R>,
	tools: ShopTools<R>,
): ToolNode<R> {
	try {
		refuseModelsChoice(context.getNode().parameters);
		const read = (name: string, fallback: unknown) =>
			context.getNodeParameter(name, itemIndex, fallback as IDataObject) as unknown;
		return {
			context,
			vendor,
			tools,
			settings: settingsFrom(read),
			options: read('options', {}) as IDataObject,
			timeZone: checkedZone(String(read('timeZone', ''))),
		};
	} catch (error) {
		throw toNodeError(context.getNode(), error, `Set up the tools of ${vendor.name}`, itemIndex);
	}
}

/**
 * What the model gave. n8n merges it over the item the agent works on, so that a field of that item
 * would pass for an argument the model left out; what the model itself gave stands in the run's data.
 */
function argumentsOf(context: IExecuteFunctions, merged: IDataObject): IDataObject {
	const run = Number(context.getWorkflowDataProxy(0).$runIndex);
	const path = [
		'runExecutionData',
		'resultData',
		'runData',
		context.getNode().name,
		run,
		'inputOverride',
		NodeConnectionTypes.AiTool,
		0,
		0,
		'json',
	];
	const own = path.reduce<unknown>(
		(value, key) =>
			typeof value === 'object' && value !== null ? (value as IDataObject)[key] : undefined,
		context,
	);
	return typeof own === 'object' && own !== null ? (own as IDataObject) : merged;
}

/** LangChain hands over the arguments, or the call with its ID around them. */
function callIn(input: unknown): { given: Record<string, unknown>; id?: string } {
	const call =
		typeof input === 'object' && input !== null ? (input as Record<string, unknown>) : {};
	if (call.type !== 'tool_call' || typeof call.args !== 'object') return { given: call };
	return {
		given: (call.args ?? {}) as Record<string, unknown>,
		...(typeof call.id === 'string' && { id: call.id }),
	};
}

/** Stands for the call where n8n gives it no ID: the same one within a day. */
function idOf(call: unknown): string {
	return fingerprint(JSON.stringify([call, new Date().toISOString().slice(0, 10)]));
}

import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	ISupplyDataFunctions,
	SupplyData,
} from 'n8n-workflow';

import { nodeMethods } from '../shared/pickers/nodeMethods';
import { executeTools, supplyTools } from '../shared/tools/node';
import { toToolProperties, toolOptions } from '../shared/tools/settings';
import { pickers } from './pickers';
import { tools } from './tools';
import { prestaShop } from './vendor';

export class PrestaShopTools implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'PrestaShop Tools',
		name: 'prestaShopTools',
		icon: {
			light: 'file:../../icons/prestashop.svg',
			dark: 'file:../../icons/prestashop.dark.svg',
		},
		group: ['output'],
		version: [1],
		subtitle: '={{$parameter["customerMode"] ? "for customers" : "for staff"}}',
		description: 'Give an AI agent or an MCP server the orders, products and customers of a shop',
		defaults: { name: 'PrestaShop Tools' },
		builderHint: {
			searchHint:
				'A sub-node: connect it to an AI Agent or an MCP Server Trigger. It brings all tools of the shop at once. For chats with customers switch on Customer Mode.',
			relatedNodes: [
				{
					nodeType: '@n8n/n8n-nodes-langchain.agent',
					relationHint: 'Calls the tools',
				},
				{
					nodeType: '@n8n/n8n-nodes-langchain.mcpTrigger',
					relationHint: 'Offers the tools to assistants outside of n8n',
				},
			],
		},
		inputs: [],
		outputs: [NodeConnectionTypes.AiTool],
		outputNames: ['Tools'],
		credentials: [{ name: 'prestaShopApi', required: true, testedBy: 'prestaShopApiTest' }],
		properties: [...toToolProperties(tools, prestaShop)],
	};

	methods = nodeMethods(prestaShop, pickers, toolOptions(tools));

	async supplyData(this: ISupplyDataFunctions, itemIndex: number): Promise<SupplyData> {
		return await supplyTools(this, itemIndex, prestaShop, tools);
	}

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await executeTools(this, prestaShop, tools);
	}
}

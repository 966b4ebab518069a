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
import { toToolProperties } from '../shared/tools/settings';
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
		inputs: [],
		outputs: [NodeConnectionTypes.AiTool],
		outputNames: ['Tools'],
		credentials: [{ name: 'prestaShopApi', required: true, testedBy: 'prestaShopApiTest' }],
		properties: [...toToolProperties(tools, prestaShop)],
	};

	methods = nodeMethods(prestaShop, pickers, { getToolStatuses: tools.statusOptions });

	async supplyData(this: ISupplyDataFunctions, itemIndex: number): Promise<SupplyData> {
		return await supplyTools(this, itemIndex, prestaShop, tools);
	}

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await executeTools(this, prestaShop, tools);
	}
}

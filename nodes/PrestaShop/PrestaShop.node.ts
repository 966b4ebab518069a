import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';

import { executeOperation } from '../shared/actions/execute';
import { nodeMethods } from '../shared/pickers/nodeMethods';
import { toProperties } from '../shared/actions/properties';
import { operationSubtitle } from '../shared/actions/subtitle';
import { resources } from './actions';
import { pickers } from './pickers';
import { prestaShop } from './vendor';

export class PrestaShop implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'PrestaShop',
		name: 'prestaShop',
		icon: {
			light: 'file:../../icons/prestashop.svg',
			dark: 'file:../../icons/prestashop.dark.svg',
		},
		group: ['transform'],
		version: [1],
		subtitle: operationSubtitle(resources),
		description: 'Read and change orders, customers, products and stock of a PrestaShop shop',
		defaults: { name: 'PrestaShop' },
		usableAsTool: true,
		builderHint: {
			searchHint:
				'One operation on one resource of the shop. Records are named by ID or by what people call them, such as an order number. For an AI Agent that answers questions use PrestaShop Tools instead of many of these.',
		},
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'prestaShopApi', required: true, testedBy: 'prestaShopApiTest' }],
		properties: [...toProperties(resources, prestaShop)],
	};

	methods = nodeMethods(prestaShop, pickers);

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await executeOperation(this, prestaShop, resources);
	}
}

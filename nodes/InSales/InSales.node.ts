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
import { inSales } from './vendor';

export class InSales implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'InSales',
		name: 'inSales',
		icon: {
			light: 'file:../../icons/insales.svg',
			dark: 'file:../../icons/insales.dark.svg',
		},
		group: ['transform'],
		version: [1],
		subtitle: operationSubtitle(resources),
		description: 'Create, read and change orders, clients and products of an InSales shop',
		defaults: { name: 'InSales' },
		usableAsTool: true,
		builderHint: {
			searchHint:
				'One operation on one resource of the shop. Records are named by ID or by what people call them, such as an order number. For an AI Agent that answers questions use InSales Tools instead of many of these.',
		},
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'inSalesApi', required: true, testedBy: 'inSalesApiTest' }],
		properties: [...toProperties(resources, inSales)],
	};

	methods = nodeMethods(inSales, pickers);

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await executeOperation(this, inSales, resources);
	}
}

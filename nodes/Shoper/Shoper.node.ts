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
import { shoper } from './vendor';

export class Shoper implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Shoper',
		name: 'shoper',
		icon: {
			light: 'file:../../icons/shoper.svg',
			dark: 'file:../../icons/shoper.dark.svg',
		},
		group: ['transform'],
		version: [1],
		subtitle: operationSubtitle(resources),
		description: 'Read and change orders, customers, products and stock of a Shoper shop',
		defaults: { name: 'Shoper' },
		usableAsTool: true,
		builderHint: {
			searchHint:
				'One operation on one resource of the shop. Records are named by ID or by what people call them, such as an order number. For an AI Agent that answers questions use Shoper Tools instead of many of these.',
		},
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'shoperApi', required: true, testedBy: 'shoperApiTest' }],
		properties: [...toProperties(resources, shoper)],
	};

	methods = nodeMethods(shoper, pickers);

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await executeOperation(this, shoper, resources);
	}
}

import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	ICredentialDataDecryptedObject,
	ICredentialTestFunctions,
	ICredentialsDecrypted,
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';

import { testCredential } from '../shared/http/credentialTest';
import { executeOperation } from '../shared/actions/execute';
import { toListSearch } from '../shared/pickers/listSearch';
import { toProperties } from '../shared/actions/properties';
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
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		description: 'Read and change orders, customers, products and stock of a Shoper shop',
		defaults: { name: 'Shoper' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'shoperApi', required: true, testedBy: 'shoperApiTest' }],
		properties: [...toProperties(resources, shoper)],
	};

	methods = {
		listSearch: toListSearch(shoper, pickers),
		credentialTest: {
			async shoperApiTest(
				this: ICredentialTestFunctions,
				credential: ICredentialsDecrypted<ICredentialDataDecryptedObject>,
			) {
				return await testCredential(this, shoper, credential);
			},
		},
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await executeOperation(this, shoper, resources);
	}
}

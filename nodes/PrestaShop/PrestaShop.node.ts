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
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		description: 'Read and change orders, customers, products and stock of a PrestaShop shop',
		defaults: { name: 'PrestaShop' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'prestaShopApi', required: true, testedBy: 'prestaShopApiTest' }],
		properties: [...toProperties(resources, prestaShop)],
	};

	methods = {
		listSearch: toListSearch(prestaShop, pickers),
		credentialTest: {
			async prestaShopApiTest(
				this: ICredentialTestFunctions,
				credential: ICredentialsDecrypted<ICredentialDataDecryptedObject>,
			) {
				return await testCredential(this, prestaShop, credential);
			},
		},
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await executeOperation(this, prestaShop, resources);
	}
}

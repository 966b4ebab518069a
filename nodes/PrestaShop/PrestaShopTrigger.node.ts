import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	ICredentialDataDecryptedObject,
	ICredentialTestFunctions,
	ICredentialsDecrypted,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IPollFunctions,
} from 'n8n-workflow';

import { testCredential } from '../shared/http/credentialTest';
import { toListSearch, toLoadOptions } from '../shared/pickers/listSearch';
import { pollEvents } from '../shared/polling/poll';
import { toTriggerProperties } from '../shared/polling/triggerFields';
import { events, instantOf } from './triggers/events';
import { includeChoices } from './pickers/locators';
import { optionLoaders, pickers } from './pickers';
import { prestaShop } from './vendor';

export class PrestaShopTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'PrestaShop Trigger',
		name: 'prestaShopTrigger',
		icon: {
			light: 'file:../../icons/prestashop.svg',
			dark: 'file:../../icons/prestashop.dark.svg',
		},
		group: ['trigger'],
		version: [1],
		subtitle: '={{$parameter["event"]}}',
		description:
			'Start a workflow when orders, customers or products of a PrestaShop shop are new or change',
		eventTriggerDescription: '',
		defaults: { name: 'PrestaShop Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'prestaShopApi', required: true, testedBy: 'prestaShopApiTest' }],
		properties: [...toTriggerProperties(events, includeChoices, prestaShop)],
	};

	methods = {
		listSearch: toListSearch(prestaShop, pickers),
		loadOptions: toLoadOptions(prestaShop, optionLoaders),
		credentialTest: {
			async prestaShopApiTest(
				this: ICredentialTestFunctions,
				credential: ICredentialsDecrypted<ICredentialDataDecryptedObject>,
			) {
				return await testCredential(this, prestaShop, credential);
			},
		},
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await pollEvents(this, prestaShop, events, instantOf);
	}
}

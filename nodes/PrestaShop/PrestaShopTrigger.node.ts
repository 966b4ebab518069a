import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IPollFunctions,
} from 'n8n-workflow';

import { eventSubtitle } from '../shared/actions/subtitle';
import { includeChoices } from './orders/fields';
import { nodeMethods } from '../shared/pickers/nodeMethods';
import { pollEvents } from '../shared/polling/poll';
import { toTriggerProperties } from '../shared/polling/triggerFields';
import { events, instantOf } from './triggers/events';
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
		subtitle: eventSubtitle(events),
		description:
			'Start a workflow when orders, customers or products of a PrestaShop shop are new or change',
		eventTriggerDescription: '',
		defaults: { name: 'PrestaShop Trigger' },
		polling: true,
		builderHint: {
			searchHint:
				'Polls the shop and gives one item for each event. Every item has event.id, by which doubles can be removed.',
		},
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'prestaShopApi', required: true, testedBy: 'prestaShopApiTest' }],
		properties: [...toTriggerProperties(events, includeChoices, prestaShop)],
	};

	methods = nodeMethods(prestaShop, pickers, optionLoaders);

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await pollEvents(this, prestaShop, events, instantOf);
	}
}

import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IPollFunctions,
} from 'n8n-workflow';

import { eventSubtitle } from '../shared/actions/subtitle';
import { nodeMethods } from '../shared/pickers/nodeMethods';
import { pollEvents } from '../shared/polling/poll';
import { toTriggerProperties } from '../shared/polling/triggerFields';
import { events, instantOf } from './triggers/events';
import { optionLoaders, pickers } from './pickers';
import { includeChoices } from './products/fields';
import { inSales } from './vendor';

export class InSalesTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'InSales Trigger',
		name: 'inSalesTrigger',
		icon: {
			light: 'file:../../icons/insales.svg',
			dark: 'file:../../icons/insales.dark.svg',
		},
		group: ['trigger'],
		version: [1],
		subtitle: eventSubtitle(events),
		description:
			'Start a workflow when orders, clients or products of an InSales shop are new or change',
		eventTriggerDescription: '',
		defaults: { name: 'InSales Trigger' },
		polling: true,
		builderHint: {
			searchHint:
				'Polls the shop and gives one item for each event. Every item has event.id, by which doubles can be removed.',
		},
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'inSalesApi', required: true, testedBy: 'inSalesApiTest' }],
		// Names come in the language of the shop.
		properties: [...toTriggerProperties(events, includeChoices, inSales, [], ['language'])],
	};

	methods = nodeMethods(inSales, pickers, optionLoaders);

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await pollEvents(this, inSales, events, instantOf);
	}
}

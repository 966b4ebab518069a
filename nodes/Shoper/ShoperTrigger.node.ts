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
import { includedParts } from './orders/view';
import { optionLoaders, pickers } from './pickers';
import { shoper } from './vendor';

export class ShoperTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Shoper Trigger',
		name: 'shoperTrigger',
		icon: {
			light: 'file:../../icons/shoper.svg',
			dark: 'file:../../icons/shoper.dark.svg',
		},
		group: ['trigger'],
		version: [1],
		subtitle: eventSubtitle(events),
		description:
			'Start a workflow when orders, customers or products of a Shoper shop are new or change',
		eventTriggerDescription: '',
		defaults: { name: 'Shoper Trigger' },
		polling: true,
		builderHint: {
			searchHint:
				'Polls the shop and gives one item for each event. Every item has event.id, by which doubles can be removed.',
		},
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'shoperApi', required: true, testedBy: 'shoperApiTest' }],
		properties: [...toTriggerProperties(events, includeChoices, shoper, includedParts)],
	};

	methods = nodeMethods(shoper, pickers, optionLoaders);

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await pollEvents(this, shoper, events, instantOf);
	}
}

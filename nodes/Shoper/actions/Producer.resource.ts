import { flag, text } from '../../shared/output/recordShape';

import { simpleReads } from './readOnlyResources';

export const producer = simpleReads({
	value: 'producer',
	name: 'Producer',
	one: 'a producer',
	many: 'producers',
	holds: 'name and website',
	path: 'producers',
	idName: 'producerId',
	picker: 'searchProducers',
	filters: [],
	shape: {
		name: text('name'),
		website: text('web'),
		default: flag('isdefault'),
	},
});

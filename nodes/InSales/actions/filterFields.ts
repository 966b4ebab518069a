import { field } from '../../shared/actions/operation';

/** What lists can be asked for without reading all of the shop (InSales API reference, 3.3). */
export const updatedAfter = field({
	displayName: 'Updated After',
	name: 'updatedAfter',
	type: 'dateTime',
	default: '',
	description:
		"Changed (or created) at this time or later. A time without an offset is the shop's local time.",
});

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

/** For orders, which are asked for by their changes: InSales has no filter for the time they were placed. */
export const createdAfter = field({
	displayName: 'Created After',
	name: 'createdAfter',
	type: 'dateTime',
	default: '',
	description:
		"Placed at this time or later, the newest first. InSales has no such filter: all orders that changed since are read and compared here. A time without an offset is the shop's local time.",
});

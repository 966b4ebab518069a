import { field } from '../../shared/actions/operation';

/** Fields of the shop that have no field of their own here. */
export const otherFields = field({
	displayName: 'Other Fields',
	name: 'otherFields',
	type: 'json',
	default: '{}',
	description:
		'More fields by the names the shop uses, as JSON, such as {"responsible_user_id": 12}. An empty text or null empties a field.',
});

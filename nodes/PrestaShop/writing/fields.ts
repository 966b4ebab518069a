import { field } from '../../shared/actions/operation';

/** Fields of the shop that have no field of their own here. */
export const otherFields = field({
	displayName: 'Other Fields',
	name: 'otherFields',
	type: 'json',
	default: '{}',
	description:
		'More fields by the names the shop uses, as JSON. Texts that exist once per language are named by language: {"available_now": {"en": "In stock"}}. Lists that belong to the record are replaced as a whole: {"associations": {"categories": [2, 5]}}. An empty text empties the field.',
});

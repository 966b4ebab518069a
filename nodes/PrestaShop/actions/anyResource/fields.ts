import { field } from '../../../shared/actions/operation';
import type { PrestaShopRecord } from '../../api/records';
import { by, locator, matches } from '../../../shared/pickers/locators';
import { MASK } from '../../../shared/writing/namedValues';
import { withoutSecrets } from '../../api/secrets';

/** Any resource of the shop, by the name it has there. */
export const webserviceResource = locator({
	displayName: 'Webservice Resource',
	name: 'webserviceResource',
	description: 'The resource as the shop calls it, such as cart_rules or suppliers',
	list: 'searchWebserviceResources',
	modes: [
		by(
			'name',
			'By Name',
			'e.g. cart_rules',
			matches('^[a-z_]+$', 'Small letters and underscores only'),
		),
	],
});

export const anyRecordId = field({
	displayName: 'Record ID',
	name: 'recordId',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. 12',
});

export const record = field({
	displayName: 'Record',
	name: 'record',
	type: 'json',
	default: '{}',
	required: true,
	description:
		'Fields by the names the shop uses, as JSON. Texts that exist once per language are named by language: {"name": {"en": "Mug", "pl": "Kubek"}}. "Get Schema" lists the fields.',
});

export const showProtected = field({
	displayName: 'Show Protected Values',
	name: 'showProtected',
	type: 'boolean',
	default: false,
	description:
		'Whether to show what is masked otherwise: passwords, keys and tokens of people, and the values of the configuration',
});

export const queryParameters = field({
	displayName: 'Query Parameters',
	name: 'queryParameters',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add parameter',
	default: {},
	description: 'Further parameters of the webservice, such as price[gross][use_tax]',
	options: [
		{
			displayName: 'Parameter',
			name: 'row',
			values: [
				{ displayName: 'Name', name: 'name', type: 'string', default: '' },
				{ displayName: 'Value', name: 'value', type: 'string', default: '' },
			],
		},
	],
});

/** Resources whose values are secrets as a whole (section 9). */
const PROTECTED = ['configurations', 'translated_configurations'];

/** A record as it may be shown. */
export function shown(
	resource: string,
	original: PrestaShopRecord,
	showAll: boolean,
): PrestaShopRecord {
	if (showAll) return original;
	const masked = withoutSecrets(original);
	return PROTECTED.includes(resource) && masked.value !== undefined && masked.value !== ''
		? { ...masked, value: MASK }
		: masked;
}

import type { ICredentialType, INodeProperties, Icon } from 'n8n-workflow';

import { prestaShop } from '../nodes/PrestaShop/vendor';
import { allowHttp, rememberReferenceData, shopUrl } from '../nodes/shared/http/credentialFields';
import { authenticateOwnShop } from '../nodes/shared/http/ownShop';

export class PrestaShopApi implements ICredentialType {
	name = 'prestaShopApi';

	displayName = 'PrestaShop API';

	icon: Icon = {
		light: 'file:../icons/prestashop.svg',
		dark: 'file:../icons/prestashop.dark.svg',
	};

	documentationUrl =
		'https://github.com/example/n8n-nodes-storefronts/blob/main/docs/prestashop.md#credential';

	httpRequestNode: ICredentialType['httpRequestNode'] = {
		name: 'PrestaShop',
		docsUrl: 'https://devdocs.prestashop-project.org/9/webservice/',
		apiBaseUrlPlaceholder: 'https://shop.example.com/api/orders',
	};

	properties: INodeProperties[] = [
		shopUrl(
			'e.g. https://shop.example.com',
			'The address customers see, with the folder if the shop lies in one',
		),
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description:
				'Key with 32 characters from Advanced Parameters > Webservice in the shop. Make one key per use and tick only the rights it needs.',
		},
		{
			displayName: 'Time Zone',
			name: 'timezone',
			type: 'string',
			default: '',
			placeholder: 'e.g. Europe/Warsaw',
			description:
				'Time zone set in the shop under International > Localization. Empty: the shop is asked, which needs the right to view "configurations".',
		},
		{
			displayName: 'Send Key As',
			name: 'sendKeyAs',
			type: 'options',
			options: [
				{ name: 'Header', value: 'header' },
				{
					name: 'Query Parameter',
					value: 'query',
					description: 'For servers that remove the header; the key then appears in their logs',
				},
			],
			default: 'header',
		},
		{
			displayName: 'Use Dispatcher',
			name: 'useDispatcher',
			type: 'boolean',
			default: false,
			description:
				'Whether to call /webservice/dispatcher.php instead of /api, for shops without URL rewriting',
		},
		allowHttp('key'),
		rememberReferenceData('states, languages, currencies and carriers'),
	];

	authenticate = authenticateOwnShop(prestaShop);
}

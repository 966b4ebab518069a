import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IDataObject,
	IHttpRequestHelper,
	INodeProperties,
	Icon,
} from 'n8n-workflow';

import { renewToken, sessionToken } from '../nodes/shared/http/loginSession';
import { shoper } from '../nodes/Shoper/vendor';
import { allowHttp, rememberReferenceData, shopUrl } from '../nodes/shared/http/credentialFields';
import { authenticateOwnShop } from '../nodes/shared/http/ownShop';

export class ShoperApi implements ICredentialType {
	name = 'shoperApi';

	displayName = 'Shoper API';

	icon: Icon = {
		light: 'file:../icons/shoper.svg',
		dark: 'file:../icons/shoper.dark.svg',
	};

	documentationUrl =
		'https://github.com/example/n8n-nodes-storefronts/blob/main/docs/shoper.md#credential';

	httpRequestNode: ICredentialType['httpRequestNode'] = {
		name: 'Shoper',
		docsUrl: 'https://developers.shoper.pl/',
		apiBaseUrlPlaceholder: 'https://shop.example.com/webapi/rest/orders',
	};

	properties: INodeProperties[] = [
		shopUrl(
			'e.g. https://shop.example.com',
			'The address customers see, or the technical one that ends in shoparena.pl',
		),
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'options',
			options: [
				{
					name: 'API Token',
					value: 'apiToken',
					description: 'Token of an integration that you add in the panel',
				},
				{
					name: 'Login',
					value: 'login',
					description: 'An administrator whose group has access to the web API',
				},
			],
			default: 'apiToken',
		},
		{
			displayName: 'API Token',
			name: 'apiToken',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			displayOptions: { show: { authentication: ['apiToken'] } },
			description:
				'In the panel: Dodatki i integracje > Dodaj integrację (add an integration) > Token API. Grant only the areas the workflows need.',
		},
		{
			displayName: 'Username',
			name: 'username',
			type: 'string',
			required: true,
			default: '',
			displayOptions: { show: { authentication: ['login'] } },
			description:
				'Login of an administrator. Make an account and a group of its own for n8n: Ustawienia > Ogólne > Administratorzy sklepu, type of access "dostęp do webapi".',
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			displayOptions: { show: { authentication: ['login'] } },
		},
		allowHttp('password or token'),
		rememberReferenceData('statuses, currencies, payment and delivery methods'),
		sessionToken,
	];

	/** n8n calls this when there is no token yet, and when the shop refused the one there is. */
	async preAuthentication(
		this: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
	): Promise<IDataObject> {
		return await renewToken(this, shoper, credentials);
	}

	authenticate = authenticateOwnShop(shoper);
}

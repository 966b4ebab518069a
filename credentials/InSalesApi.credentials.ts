import type { ICredentialType, INodeProperties, Icon } from 'n8n-workflow';

import { inSales } from '../nodes/InSales/vendor';
import { allowHttp, rememberReferenceData, shopUrl } from '../nodes/shared/http/credentialFields';
import { authenticateOwnShop } from '../nodes/shared/http/ownShop';

export class InSalesApi implements ICredentialType {
	name = 'inSalesApi';

	displayName = 'InSales API';

	icon: Icon = {
		light: 'file:../icons/insales.svg',
		dark: 'file:../icons/insales.dark.svg',
	};

	documentationUrl =
		'https://github.com/example/n8n-nodes-storefronts/blob/main/docs/insales.md#credential';

	httpRequestNode: ICredentialType['httpRequestNode'] = {
		name: 'InSales',
		docsUrl: 'https://api.insales.ru/',
		apiBaseUrlPlaceholder: 'https://myshop-abc123.myinsales.ru/admin/orders.json',
	};

	properties: INodeProperties[] = [
		shopUrl(
			'e.g. https://myshop-abc123.myinsales.ru',
			'The technical address of the shop or its main domain. The part before .myinsales.ru alone will do.',
		),
		{
			displayName: 'Identifier',
			name: 'identifier',
			type: 'string',
			required: true,
			default: '',
			description:
				'Shown as "Идентификатор" with the access key under Расширения &gt; Разработчикам in the back office. Make one key per use and tick only the rights it needs.',
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'Shown as "Пароль" with the same access key',
		},
		allowHttp('key'),
		rememberReferenceData('custom statuses, extra fields, payment and delivery methods'),
	];

	authenticate = authenticateOwnShop(inSales);
}

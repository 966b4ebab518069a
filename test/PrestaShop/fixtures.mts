/** Benches for the PrestaShop nodes against a sandbox shop. */
import { CredentialTestContext } from 'n8n-core';
import type {
	ICredentialDataDecryptedObject,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
	INodeParameters,
} from 'n8n-workflow';
import { PrestaShopApi } from '../../credentials/PrestaShopApi.credentials.ts';
import { PrestaShop } from '../../nodes/PrestaShop/PrestaShop.node.ts';
import { PrestaShopTrigger } from '../../nodes/PrestaShop/PrestaShopTrigger.node.ts';
import { prestaShop } from '../../nodes/PrestaShop/vendor.ts';
import { testCredential } from '../../nodes/shared/http/credentialTest.ts';
import type { PrestaShopSandbox } from '../../sandbox/prestashop/shop.mts';
import { TriggerBench } from '../support/engine.mts';
import type { Bench } from '../support/engine.mts';

export { activated, eventOf, heldShop, holdTime, ids } from '../support/triggers.mts';
export type { HeldTime } from '../support/triggers.mts';

export const FULL = 'FULLACCESSKEY0000000000000000001';
export const LIMITED = 'LIMITEDN8NKEY0000000000000000002';

/** As the limited key, but without the right to read the history. */
export const NO_HISTORY = 'NOHISTORYKEY00000000000000000006';

type More = Partial<ICredentialDataDecryptedObject>;

function benchOf(node: Bench['node'], shopUrl: string, apiKey: string, more: More): Bench {
	const credentials = { shopUrl, apiKey, timezone: 'Europe/Warsaw', ...more };
	return { node, credentialType: new PrestaShopApi(), credentials };
}

export function actionBench(shop: { url: string }, key = FULL, more: More = {}): Bench {
	return benchOf(new PrestaShop(), shop.url, key, more);
}

export function triggerBench(
	shop: { url: string },
	parameters: INodeParameters,
	key = LIMITED,
	more: More = {},
): TriggerBench {
	return new TriggerBench(benchOf(new PrestaShopTrigger(), shop.url, key, more), parameters);
}

export function addNoHistoryKey({ control }: PrestaShopSandbox): void {
	control.addKey({
		key: NO_HISTORY,
		permissions: {
			orders: ['GET'],
			order_states: ['GET'],
			customers: ['GET'],
			products: ['GET'],
			languages: ['GET'],
		},
	});
}

/** What the credential dialog says. */
export async function testCredentials(
	shop: { url: string },
	key: string,
	more: More = {},
): Promise<INodeCredentialTestResult> {
	const context = new CredentialTestContext({} as never) as unknown as ICredentialTestFunctions;
	const { credentials } = benchOf(new PrestaShop(), shop.url, key, more);
	return await testCredential(context, prestaShop, {
		id: '1',
		name: 'Test',
		type: 'prestaShopApi',
		data: credentials,
	});
}

/** Benches for the InSales nodes against a sandbox shop. */
import { CredentialTestContext } from 'n8n-core';
import type {
	ICredentialDataDecryptedObject,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { InSalesApi } from '../../credentials/InSalesApi.credentials.ts';
import { InSales } from '../../nodes/InSales/InSales.node.ts';
import { inSales } from '../../nodes/InSales/vendor.ts';
import { testCredential } from '../../nodes/shared/http/credentialTest.ts';
import { INSALES_KEYS } from '../../sandbox/insales/shop.mts';
import type { Bench } from '../support/engine.mts';

type Key = keyof typeof INSALES_KEYS;

type More = Partial<ICredentialDataDecryptedObject>;

export function actionBench(shop: { url: string }, key: Key = 'full', more: More = {}): Bench {
	const { identifier, password } = INSALES_KEYS[key];
	return {
		node: new InSales(),
		credentialType: new InSalesApi(),
		credentials: { shopUrl: shop.url, identifier, password, ...more },
	};
}

/** What the credential dialog says. */
export async function testCredentials(
	shop: { url: string },
	key: Key,
	more: More = {},
): Promise<INodeCredentialTestResult> {
	const context = new CredentialTestContext({} as never) as unknown as ICredentialTestFunctions;
	return await testCredential(context, inSales, {
		id: '1',
		name: 'Test',
		type: 'inSalesApi',
		data: actionBench(shop, key, more).credentials,
	});
}

/** A resource locator as the editor sends it. */
export function locator(mode: string, value: string | number) {
	return { __rl: true, mode, value: `${value}` };
}

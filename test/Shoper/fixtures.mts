/** Credentials of a sandbox shop, and the node and its test with them. */
import { CredentialTestContext } from 'n8n-core';
import type {
	ICredentialDataDecryptedObject,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { ShoperApi } from '../../credentials/ShoperApi.credentials.ts';
import { Shoper } from '../../nodes/Shoper/Shoper.node.ts';
import { shoper } from '../../nodes/Shoper/vendor.ts';
import { testCredential } from '../../nodes/shared/http/credentialTest.ts';
import type { ShoperSandbox } from '../../sandbox/shoper/shop.mts';
import type { Bench } from '../support/engine.mts';

type Address = Pick<ShoperSandbox, 'url'>;

/** A credential with a token. */
export function tokenCredentials(
	{ url }: Address,
	apiToken: string,
): ICredentialDataDecryptedObject {
	return { shopUrl: url, authentication: 'apiToken', apiToken, username: '', password: '' };
}

/** A credential with a login. */
export function loginCredentials(
	{ url }: Address,
	{ login, password }: { login: string; password: string },
): ICredentialDataDecryptedObject {
	return { shopUrl: url, authentication: 'login', apiToken: '', username: login, password };
}

/** The action node with a credential. */
export function actionBench(credentials: ICredentialDataDecryptedObject): Bench {
	return { node: new Shoper(), credentialType: new ShoperApi(), credentials };
}

/** What n8n shows after "Test" in the credential. */
export async function testCredentials(
	data: ICredentialDataDecryptedObject,
): Promise<INodeCredentialTestResult> {
	const context = new CredentialTestContext({} as never) as unknown as ICredentialTestFunctions;
	return await testCredential(context, shoper, {
		id: '1',
		name: 'Test',
		type: 'shoperApi',
		data,
	});
}

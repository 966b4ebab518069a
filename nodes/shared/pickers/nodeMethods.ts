import type {
	ICredentialDataDecryptedObject,
	ICredentialTestFunctions,
	ICredentialsDecrypted,
	INodeCredentialTestResult,
	INodeType,
} from 'n8n-workflow';

import { testCredential } from '../http/credentialTest';
import type { Vendor } from '../protocol/vendor';
import { toListSearch, toLoadOptions } from './listSearch';
import type { OptionLoader, Picker } from './listSearch';

/**
 * What the editor asks of a node: the lists of its fields, and the test of its credential, which the
 * node's description calls by the name of the credential with `Test` behind it.
 */
export function nodeMethods<R>(
	vendor: Vendor<R>,
	pickers: Readonly<Record<string, Picker<R>>>,
	optionLoaders: Readonly<Record<string, OptionLoader<R>>> = {},
): NonNullable<INodeType['methods']> {
	return {
		listSearch: toListSearch(vendor, pickers),
		loadOptions: toLoadOptions(vendor, optionLoaders),
		credentialTest: {
			async [`${vendor.credential}Test`](
				this: ICredentialTestFunctions,
				credential: ICredentialsDecrypted<ICredentialDataDecryptedObject>,
			): Promise<INodeCredentialTestResult> {
				return await testCredential(this, vendor, credential);
			},
		},
	};
}

/** Benches for the PrestaShop nodes against a sandbox shop. */
import { jest } from '@jest/globals';
import { CredentialTestContext } from 'n8n-core';
import type {
	ICredentialDataDecryptedObject,
	ICredentialTestFunctions,
	IDataObject,
	INodeCredentialTestResult,
	INodeParameters,
} from 'n8n-workflow';
import { PrestaShopApi } from '../../credentials/PrestaShopApi.credentials.ts';
import { PrestaShop } from '../../nodes/PrestaShop/PrestaShop.node.ts';
import { PrestaShopTrigger } from '../../nodes/PrestaShop/PrestaShopTrigger.node.ts';
import { prestaShop } from '../../nodes/PrestaShop/vendor.ts';
import { testCredential } from '../../nodes/shared/credentialTest.ts';
import type { PrestaShopSandbox } from '../../sandbox/prestashop/shop.mts';
import { TriggerBench } from '../support/engine.mts';
import type { Bench } from '../support/engine.mts';

export const FULL = 'FULLACCESSKEY0000000000000000001';
export const LIMITED = 'LIMITEDN8NKEY0000000000000000002';

/** As the limited key, but without the right to read the history. */
export const NO_HISTORY = 'NOHISTORYKEY00000000000000000006';

const MS_PER_MINUTE = 60_000;

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

/** Takes hold of `Date` alone: the shop's clock and the trigger's go on together, by hand. */
export function holdTime(at: string): { pass(minutes: number): void; end(): void } {
	jest.useFakeTimers({
		now: Date.parse(at),
		doNotFake: [
			'hrtime',
			'nextTick',
			'performance',
			'queueMicrotask',
			'setImmediate',
			'clearImmediate',
			'setInterval',
			'clearInterval',
			'setTimeout',
			'clearTimeout',
		],
	});
	return {
		pass: (minutes) => jest.setSystemTime(Date.now() + minutes * MS_PER_MINUTE),
		end: () => jest.useRealTimers(),
	};
}

/** The records of the delivered items, in order. */
export function ids(items: Array<{ json: IDataObject }>): number[] {
	return items.map(({ json }) => Number(json.id));
}

/** The event part of an item. */
export function eventOf({ json }: { json: IDataObject }): IDataObject {
	return json.event as IDataObject;
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

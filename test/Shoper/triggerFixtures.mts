/** Shoper triggers against a sandbox shop whose bucket never makes a test wait. */
import type { INodeParameters } from 'n8n-workflow';
import { ShoperApi } from '../../credentials/ShoperApi.credentials.ts';
import { ShoperTrigger } from '../../nodes/Shoper/ShoperTrigger.node.ts';
import { SHOPER_TOKENS, startShoperSandbox } from '../../sandbox/shoper/shop.mts';
import type { ShoperSandbox, ShoperSandboxOptions } from '../../sandbox/shoper/shop.mts';
import { TriggerBench } from '../support/engine.mts';
import { tokenCredentials } from './fixtures.mts';

export { activated, eventOf, heldShop, holdTime, ids } from '../support/triggers.mts';
export type { HeldTime } from '../support/triggers.mts';

const WIDE = { limit: 100_000, perSecond: 100_000 };

/** A shop with a bucket for everybody: time stands still in most tests, and then nothing drains. */
export async function wideShop(options: ShoperSandboxOptions = {}): Promise<ShoperSandbox> {
	return await startShoperSandbox({ bucket: WIDE, ...options });
}

export function triggerBench(
	shop: Pick<ShoperSandbox, 'url'>,
	parameters: INodeParameters,
	token: string = SHOPER_TOKENS.full,
): TriggerBench {
	const credentials = tokenCredentials(shop, token);
	const bench = { node: new ShoperTrigger(), credentialType: new ShoperApi(), credentials };
	return new TriggerBench(bench, parameters);
}

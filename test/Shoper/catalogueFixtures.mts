/** One operation of the Shoper node against a sandbox shop. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { SHOPER_TOKENS, startShoperSandbox } from '../../sandbox/shoper/shop.mts';
import type { ShoperSandbox } from '../../sandbox/shoper/shop.mts';
import { executeNode } from '../support/engine.mts';
import type { Execution } from '../support/engine.mts';
import { actionBench, tokenCredentials } from './fixtures.mts';

/** A shop whose bucket never makes a test wait. */
export async function wideShop(): Promise<ShoperSandbox> {
	return await startShoperSandbox({ bucket: { limit: 1000, perSecond: 1000 } });
}

export interface RunOptions {
	items?: IDataObject[];
	goOn?: boolean;
	token?: string;
}

/** Runs an operation with the token that may do everything, unless told. */
export async function run(
	shop: ShoperSandbox,
	resource: string,
	operation: string,
	parameters: INodeParameters,
	{ items = [{}], goOn = false, token = SHOPER_TOKENS.full }: RunOptions = {},
): Promise<Execution> {
	return await executeNode(
		actionBench(tokenCredentials(shop, token)),
		{ resource, operation, ...parameters },
		{
			items: items.map((json) => ({ json })),
			...(goOn && { onError: 'continueRegularOutput' as const }),
		},
	);
}

/** Output of a run that must not have failed. */
export function jsonOf({ items, error }: Execution): IDataObject[] {
	if (error) throw error;
	return items.map(({ json }) => json);
}

/** A resource locator. */
export const by = (mode: string, value: string) => ({ __rl: true, mode, value });

/** Requests since the log was cleared, below the API's root. */
export function requestsOf(shop: ShoperSandbox): string[] {
	return shop.control
		.requests()
		.map(({ method, path }) => `${method} ${path.replace('/webapi/rest', '')}`);
}

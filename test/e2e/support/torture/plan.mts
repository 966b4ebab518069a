import type { Scenario } from './scenarios.mts';
import { whyNot } from './setups.mts';
import type { Setup } from './setups.mts';
import type { TortureEntry } from './shops.mts';

/** Whether everything is played, not only what every change of the code has to pass. */
const isFull = process.env.E2E_TORTURE_FULL === '1';

/** Whether a scenario exists in a set-up. */
export function makesSense({ only }: Scenario, setup: Setup): boolean {
	return only?.(setup) ?? true;
}

/** Why a scenario is not played for a shop, here and now. */
export function whyNotPlayed(
	{ plays: { everything, outages } }: TortureEntry,
	setup: Setup,
	{ round }: Scenario,
): string | undefined {
	const { id } = setup;
	const isUsual = everything.includes(id) || (outages.includes(id) && round !== undefined);
	return whyNot(setup) ?? (isUsual || isFull ? undefined : 'only with E2E_TORTURE_FULL=1');
}

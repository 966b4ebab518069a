/**
 * What the triggers do when things go wrong, in each way to run n8n: nothing is missed and nothing is
 * delivered twice, but for what n8n itself loses. The results stand in docs/delivery-guarantees.md;
 * `E2E_WRITE_TABLE=1 npm run test:e2e -- torture` writes them there.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fill } from '../support/generatedTables.mts';
import { makesSense, whyNotPlayed } from './support/torture/plan.mts';
import { cellKey, playEverything, priceOf } from './support/torture/run.mts';
import type { Outcomes } from './support/torture/run.mts';
import { scenarios } from './support/torture/scenarios.mts';
import { setups } from './support/torture/setups.mts';
import { torturedShops } from './support/torture/shops.mts';
import { deliveryTable, tableName } from './support/torture/table.mts';
import { readWorld } from './support/world.mts';

const LIMIT_MS = 25 * 60_000;

let outcomes: Outcomes = new Map();

beforeAll(async () => {
	outcomes = await playEverything();
}, LIMIT_MS);

describe.each(torturedShops.map((shop) => [shop.name, shop] as const))('%s', (_, shop) => {
	describe.each(setups.map((setup) => [setup.title, setup] as const))('%s', (__, setup) => {
		for (const scenario of scenarios.filter((each) => makesSense(each, setup))) {
			const reason = whyNotPlayed(shop, setup, scenario);
			const name = reason === undefined ? scenario.title : `${scenario.title} (${reason})`;
			(reason === undefined ? test : test.skip)(name, () => {
				const outcome = outcomes.get(cellKey(shop, setup, scenario));
				if (!outcome || outcome instanceof Error) throw outcome ?? new Error('Not played');
				const { delivered: _delivered, ...cost } = outcome;
				const { delivered: _none, ...price } = priceOf(scenario, setup);
				expect(cost).toEqual(price);
				expect(outcome.delivered).toBeGreaterThan(0);
			});
		}
	});

	test('docs/delivery-guarantees.md shows what came out', () => {
		const file = join(readWorld().projectFolder, 'docs', 'delivery-guarantees.md');
		const before = readFileSync(file, 'utf8');
		const table = deliveryTable(shop, outcomes, before);
		const after = fill(before, tableName(shop), table);
		if (process.env.E2E_WRITE_TABLE === '1') writeFileSync(file, after);
		expect(readFileSync(file, 'utf8')).toBe(after);
	});
});

import { makesSense, whyNotPlayed } from './plan.mts';
import { cellKey } from './run.mts';
import type { Outcome, Outcomes } from './run.mts';
import { scenarios } from './scenarios.mts';
import { setups } from './setups.mts';
import type { TortureEntry } from './shops.mts';

/** What stands in a table where nothing was ever played. */
const NOT_TESTED = 'not tested';

/** What stands where a scenario does not exist. */
const NO_SUCH_THING = '–';

const FIRST_COLUMN = 'What happens';

/** The mark of a shop's table in the document. */
export function tableName({ name }: TortureEntry): string {
	return `delivery:${name}`;
}

/**
 * The table of one shop: a row per scenario, a column per set-up. What was not played now stays as it
 * stands in `document`; a set-up that was never played has no column.
 */
export function deliveryTable(shop: TortureEntry, outcomes: Outcomes, document: string): string {
	const kept = cellsOf(document, tableName(shop));
	const columns = setups.map((setup) => ({
		title: setup.title,
		cells: scenarios.map((scenario) => {
			if (!makesSense(scenario, setup)) return NO_SUCH_THING;
			if (whyNotPlayed(shop, setup, scenario) === undefined) {
				return cell(outcomes.get(cellKey(shop, setup, scenario)));
			}
			return kept.get(`${scenario.title} | ${setup.title}`) ?? NOT_TESTED;
		}),
	}));
	const shown = columns.filter(({ cells }) =>
		cells.some((text) => text !== NOT_TESTED && text !== NO_SUCH_THING),
	);
	const header = [FIRST_COLUMN, ...shown.map(({ title }) => title)];
	const rows = scenarios.map(({ title }, at) => [
		title,
		...shown.map(({ cells }) => cells[at] ?? NOT_TESTED),
	]);
	const lines = [header, header.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`);
	return lines.join('\n');
}

function cell(outcome: Outcome | undefined): string {
	if (!outcome || outcome instanceof Error) return '**failed**';
	const { delivered, retried, missed, duplicates } = outcome;
	const counts = `${delivered} / ${missed} / ${duplicates}`;
	const marks = [missed > 0 || duplicates > 0 ? `**${counts}**` : counts];
	if (retried > 0) marks.push(`(${retried} after *Retry*)`);
	return marks.join(' ');
}

/** The cells of a table in the document, by the titles of row and column. */
function cellsOf(document: string, name: string): Map<string, string> {
	const [, text = ''] = document.split(`<!-- ${name} -->`);
	const [table = ''] = text.split(`<!-- /${name} -->`);
	const lines = table.split('\n').filter((line) => line.startsWith('| '));
	const [header = [], ...rows] = lines.map((line) => line.slice(2, -2).split(' | '));
	const cells = new Map<string, string>();
	for (const [title = '', ...row] of rows) {
		for (const [at, text] of row.entries()) cells.set(`${title} | ${header[at + 1]}`, text);
	}
	return cells;
}

import { cellKey } from './run.mts';
import type { Outcome, Outcomes } from './run.mts';
import { scenarios } from './scenarios.mts';
import { setups, whyNot } from './setups.mts';
import type { TortureEntry } from './shops.mts';

/** The mark of a shop's table in the document. */
export function tableName({ name }: TortureEntry): string {
	return `delivery:${name}`;
}

/**
 * The table of one shop: a row per scenario, a column per set-up. Columns that could not be played
 * here stay as they stand in `document`.
 */
export function deliveryTable(shop: TortureEntry, outcomes: Outcomes, document: string): string {
	const header = ['What happens', ...setups.map(({ title }) => title)];
	const rows = scenarios.map((scenario) => [
		scenario.title,
		...setups.map((setup, column) => {
			if (scenario.only && !scenario.only(setup)) return '–';
			const outcome = outcomes.get(cellKey(shop, setup, scenario));
			const kept = keptCell(document, scenario.title, column + 1);
			return whyNot(setup) === undefined ? cell(outcome) : (kept ?? 'not tested');
		}),
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

function keptCell(document: string, title: string, column: number): string | undefined {
	const row = document.split('\n').find((line) => line.startsWith(`| ${title} |`));
	return row?.split(' | ')[column]?.replace(/ \|$/, '');
}

import type { Figures } from './measure.mts';

/** A job, one way to do it, and what it costs. */
export type Row = [job: string, way: string, figures: Figures];

const COLUMNS: Array<[figure: keyof Figures, head: string]> = [
	['requests', 'requests'],
	['refused', 'refused'],
	['kilobytes', 'kB'],
	['seconds', 'seconds'],
	['pacedSeconds', 's paced'],
	['megabytes', 'MB'],
	['missed', 'missed'],
	['again', 'again'],
];

/** Columns before the figures. */
const LABELS = 2;

/** A number as the tables show it. */
export function many(count: number): string {
	return count.toLocaleString('en');
}

/** Prints a Markdown table that reads well as it is. */
export function printTable(latencyMs: number, rows: readonly Row[]): void {
	const columns = COLUMNS.filter(([name]) => rows.some(([, , figures]) => name in figures));
	const head = ['job', 'by', ...columns.map(([, text]) => text)];
	const body = rows.map(([job, way, figures], at) => [
		// The ways of a job stand together.
		rows[at - 1]?.[0] === job ? '' : job,
		way,
		...columns.map(([name]) => many(figures[name] ?? 0)),
	]);
	const widths = head.map((_, at) =>
		Math.max(3, ...[head, ...body].map((cells) => cells[at]?.length ?? 0)),
	);
	const rule = widths.map((width, at) =>
		at < LABELS ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
	);
	const padded = (cell: string, at: number) =>
		at < LABELS ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0);
	console.log(`The sandbox answers a small request in ${latencyMs.toFixed(1)} ms.\n`);
	for (const cells of [head, rule, ...body]) console.log(`| ${cells.map(padded).join(' | ')} |`);
}

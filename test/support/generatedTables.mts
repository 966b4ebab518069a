import type { Resource } from '../../nodes/shared/actions/operation.ts';
import type { TriggerEvent } from '../../nodes/shared/polling/stream.ts';

/** How rights are told; as they stand in the code when no name is given. */
type NameRight = (right: string) => string;

const asCode: NameRight = (right) => `\`${right}\``;

/** The operations of a node as a Markdown table. */
export function operationsTable(
	resources: ReadonlyArray<Resource<never>>,
	nameRight = asCode,
): string {
	const rows = [...resources]
		.sort((a, b) => a.name.localeCompare(b.name))
		.flatMap((resource) =>
			[...resource.operations]
				.sort((a, b) => a.name.localeCompare(b.name))
				.map(({ name, description, needs }) => [
					resource.name,
					name,
					description,
					needs.length === 0 ? '–' : needs.map(nameRight).join(', '),
				]),
		);
	return table(['Resource', 'Operation', 'What it does', 'Needs'], rows);
}

/** The events of a trigger as a Markdown table. */
export function eventsTable(
	events: ReadonlyArray<TriggerEvent<never>>,
	nameRight = asCode,
): string {
	const rows = events.map(({ name, description, needs, uses = [] }) => [
		name,
		description,
		needs.map(nameRight).join(', '),
		uses.map(nameRight).join(', ') || '–',
	]);
	return table(['Event', 'When', 'Needs', 'Better with'], rows);
}

function table(head: string[], rows: string[][]): string {
	const line = (cells: string[]) =>
		`| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
	return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Puts `content` between the markers `<!-- name -->` and `<!-- /name -->` of a Markdown text. */
export function fill(markdown: string, name: string, content: string): string {
	const pattern = new RegExp(`(<!-- ${name} -->\\n)[\\s\\S]*?(<!-- /${name} -->)`);
	if (!pattern.test(markdown)) throw new Error(`The document has no place for "${name}".`);
	return markdown.replace(
		pattern,
		(_, open: string, close: string) => `${open}\n${content}\n\n${close}`,
	);
}

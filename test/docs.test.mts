/** The tables in docs/operations.md are made from the code. `npm run docs` rewrites them. */
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Resource } from '../nodes/shared/actions/operation.ts';
import type { TriggerEvent } from '../nodes/shared/polling/stream.ts';
import type { Vendor } from '../nodes/shared/protocol/vendor.ts';
import { eventsTable, fill, operationsTable } from './support/generatedTables.mts';

const root = path.join(import.meta.dirname, '..');
const tables = path.join(root, 'docs/operations.md');

const documents = [
	'README.md',
	...readdirSync(path.join(root, 'docs'), { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.md'))
		.map((file) => `docs/${file.replaceAll('\\', '/')}`),
];

interface Manifest {
	n8n: { nodes: string[] };
}

function generated(): string {
	const { n8n } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as Manifest;
	const folders = new Set(n8n.nodes.map((file) => path.basename(path.dirname(file))));
	let markdown = readFileSync(tables, 'utf8');
	for (const folder of folders) {
		// Which folders there are is known only from package.json.
		const load = (file: string): unknown => require(path.join(root, 'nodes', folder, file));
		const { resources } = load('actions/index.ts') as { resources: Array<Resource<never>> };
		const { nameRight } = load('api/rights.ts') as Pick<Vendor<never>, 'nameRight'>;
		const { events } = load('triggers/events.ts') as { events: Array<TriggerEvent<never>> };
		markdown = fill(markdown, `operations:${folder}`, operationsTable(resources, nameRight));
		markdown = fill(markdown, `events:${folder}`, eventsTable(events, nameRight));
	}
	return markdown;
}

test('docs/operations.md lists the operations and events that the code has', () => {
	const markdown = generated();
	if (process.env.UPDATE_DOCS === '1') writeFileSync(tables, markdown);
	expect(readFileSync(tables, 'utf8')).toBe(markdown);
});

test.each(documents)('every relative link in %s leads somewhere', (file) => {
	const text = readFileSync(path.join(root, file), 'utf8');
	const links = [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, target = '']) => target);
	const broken = links.filter((link) => !existsSync(path.join(root, path.dirname(file), link)));
	expect(broken).toEqual([]);
});

/** The workflow templates, as far as they can be checked without running n8n. */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..');
const folder = path.join(root, 'workflows');
const files = readdirSync(folder).filter((file) => file.endsWith('.json'));

interface Template {
	name: string;
	nodes: Array<{
		name: string;
		type: string;
		parameters: unknown;
		credentials?: Record<string, { id: unknown; name: string }>;
	}>;
	connections: Record<string, Record<string, Array<Array<{ node: string }>>>>;
}

const read = (file: string) =>
	JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as Template;

/** All texts inside a value. */
function texts(value: unknown): string[] {
	if (typeof value === 'string') return [value];
	return typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : [];
}

test('there are two for each shop, and three with an assistant', () => {
	const subjects = files.map((file) => file.split('-')[0]);
	const counts = Object.fromEntries(
		[...new Set(subjects)].map((each) => [each, subjects.filter((one) => one === each).length]),
	);
	expect(counts).toEqual({ assistant: 3, insales: 2, prestashop: 2, shoper: 2 });
});

describe.each(files)('%s', (file) => {
	const { nodes, connections } = read(file);

	test('names no credential of ours by its ID', () => {
		const credentials = nodes.flatMap((node) => Object.values(node.credentials ?? {}));
		expect(credentials.length).toBeGreaterThan(0);
		for (const { id } of credentials) expect(id).toBeNull();
	});

	test('connects nodes that are there', () => {
		const names = nodes.map(({ name }) => name);
		expect(new Set(names).size).toBe(names.length);
		const ends = Object.values(connections).flatMap((outputs) =>
			Object.values(outputs)
				.flat(2)
				.map(({ node }) => node),
		);
		for (const name of [...Object.keys(connections), ...ends]) expect(names).toContain(name);
	});

	// n8n 2.41 cannot evaluate it ("Cannot read properties of undefined").
	test('has no optional chaining inside a template literal', () => {
		const expressions = nodes.flatMap((node) => texts(node.parameters));
		expect(expressions.filter((text) => /\$\{[^}]*\?\./.test(text))).toEqual([]);
	});
});

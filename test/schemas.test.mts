/**
 * Output schemas: what the editor offers to drag before a node ran for the first time. They are made
 * from real output of the simplified reads. `npm run docs` rewrites them.
 *
 * A shop joins by `test/<Folder>/schemas.mts`.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { INodeParameters } from 'n8n-workflow';
import type { ConformanceSuite } from './conformance.test.mts';
import { executeNode } from './support/engine.mts';
import { schemaOf } from './support/outputSchema.mts';

/** What `test/<Folder>/schemas.mts` exports. */
export interface SchemaSuite {
	/** Version of the sandbox shop, and name of a credential that may read everything. */
	version: string;
	key: string;
	/** Reads with simplified output, and what to ask for so that they have something to show. */
	reads: Array<[resource: string, operation: string, parameters: INodeParameters]>;
	/** Names of fields that hold a map whose keys are made by the shop owner, such as prices by title. */
	maps?: string[];
}

const root = path.join(import.meta.dirname, '..');
const { n8n } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
	n8n: { nodes: string[] };
};
const folders = [...new Set(n8n.nodes.map((file) => path.basename(path.dirname(file))))];

describe.each(folders)('%s', (folder) => {
	// Which modules there are is known only from package.json.
	const load = (file: string): unknown => require(path.join(root, 'test', folder, file));
	const { suite } = load('conformance.mts') as { suite: ConformanceSuite };
	const { schemas } = load('schemas.mts') as { schemas: SchemaSuite };

	test.each(schemas.reads)(
		'the schema of %s.%s is that of its output',
		async (resource, operation, rest) => {
			const shop = await suite.start(schemas.version);
			try {
				const parameters = { resource, operation, ...rest };
				const { items, error } = await executeNode(shop.bench(schemas.key), parameters);
				expect(error?.message).toBeUndefined();
				expect(items.length).toBeGreaterThan(0);
				const outputs = items.map(({ json }) => json);
				const found = { ...schemaOf(outputs, schemas.maps), version: 1 };
				const schema = `${JSON.stringify(found, null, '\t')}\n`;
				const place = path.join(root, 'nodes', folder, '__schema__/v1.0.0', resource);
				const file = path.join(place, `${operation}.json`);
				if (process.env.UPDATE_DOCS === '1') {
					mkdirSync(place, { recursive: true });
					writeFileSync(file, schema);
				}
				expect(existsSync(file) ? readFileSync(file, 'utf8') : 'no file').toBe(schema);
			} finally {
				await shop.close();
			}
		},
	);
});

test('keys that a shop owner made are in no schema', () => {
	const output = [{ prices: { Wholesale: 1 }, variants: [{ prices: { Members: null } }] }];
	expect(schemaOf(output, ['prices'])).toEqual({
		type: 'object',
		properties: {
			prices: { type: 'object' },
			variants: {
				type: 'array',
				items: { type: 'object', properties: { prices: { type: 'object' } } },
			},
		},
	});
});

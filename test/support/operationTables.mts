/** The operations of every shop, each with parameters that are known to be right: those of its first case that succeeds. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Operation, Resource } from '../../nodes/shared/actions/operation.ts';
import { fieldsOf } from '../../nodes/shared/actions/ifNotFound.ts';

const root = path.join(import.meta.dirname, '../..');

/** Any record: the tests here look at what goes in. */
export type Bare = Record<string, unknown>;

export interface TableEntry {
	folder: string;
	/** `order.get`. */
	name: string;
	operation: Operation<Bare>;
	/** The operation's own fields and those all of its kind have. */
	fields: INodeProperties[];
	/** By field name. */
	parameters: IDataObject;
}

interface Case {
	parameters: IDataObject;
	input?: IDataObject[];
	error?: string[];
}

/** Folders of the shops, as package.json names them. */
export function shopFolders(): string[] {
	const { n8n } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
		n8n: { nodes: string[] };
	};
	return [...new Set(n8n.nodes.map((file) => path.basename(path.dirname(file))))];
}

export function operationsOf(folder: string): TableEntry[] {
	const { resources } = require(path.join(root, 'nodes', folder, 'actions/index.ts')) as {
		resources: Array<Resource<Bare>>;
	};
	return resources.flatMap((resource) =>
		resource.operations.map((operation) => {
			const name = `${resource.value}.${operation.value}`;
			return {
				folder,
				name,
				operation,
				fields: fieldsOf(operation, undefined),
				parameters: goodParameters(folder, name),
			};
		}),
	);
}

function goodParameters(folder: string, name: string): IDataObject {
	const file = path.join(root, 'test', folder, 'cases', `${name}.json`);
	const cases = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Case[]) : [];
	// Cases of uploads fail for want of a file, not for their parameters.
	const good = cases.find(({ error }) => error === undefined) ?? cases[0];
	if (!good) throw new Error(`There is no test/${folder}/cases/${name}.json.`);
	return resolved(good.parameters, good.input?.[0] ?? {}) as IDataObject;
}

/** Expressions of the form `{{ $json.name }}`, the only one that cases use, in place. */
function resolved(value: unknown, item: IDataObject): unknown {
	if (typeof value === 'string') {
		const [, name] = /^=\{\{ \$json\.(\w+) \}\}$/.exec(value) ?? [];
		return name === undefined ? value : item[name];
	}
	if (Array.isArray(value)) return value.map((each) => resolved(each, item));
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, resolved(v, item)]));
}

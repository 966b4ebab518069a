import type { IDataObject } from 'n8n-workflow';

import { fieldsOf, found } from '../actions/ifNotFound';
import { OutputFile } from '../actions/files';
import { Gathering } from '../actions/jointWrites';
import type { InputItem, Resource } from '../actions/operation';
import { readValues } from '../actions/parameters';
import { InputError } from '../protocol/errors';
import type { Scope } from '../protocol/scope';
import type { Shop } from '../reading/shop';

/** One use of an operation: where it stands in the table, and its parameters by name. */
export interface Step {
	resource: string;
	operation: string;
	parameters: Readonly<Record<string, unknown>>;
	/** Entries of the collection `options`. */
	options?: Readonly<Record<string, unknown>>;
	/** What fields of the shop are called in reports, where its own name would mislead. */
	names?: Readonly<Record<string, string>>;
}

/** Runs an operation of the shop's node as if its parameters had been typed in; what it gives back. */
export type Perform = (step: Step) => Promise<IDataObject[]>;

/**
 * Operations for tools: the same code, checks and messages as in the node, for one call.
 *
 * @param scope how the vendor confines calls; the shop handed in is confined already
 */
export function performerOf<R>(
	shop: Shop<R>,
	resources: ReadonlyArray<Resource<R>>,
	scope: Scope | undefined,
): Perform {
	return async ({ resource, operation: name, parameters, options = {} }) => {
		const operation = resources
			.find(({ value }) => value === resource)
			?.operations.find(({ value }) => value === name);
		if (!operation) throw new Error(`There is no operation ${resource}: ${name}.`);
		const fields = fieldsOf(operation, scope);
		const given: Record<string, unknown> = { ...parameters, options };
		const strange = Object.keys(parameters).find(
			(each) => !fields.some((field) => field.name === each),
		);
		if (strange !== undefined)
			throw new Error(`${resource}: ${name} has no parameter "${strange}".`);
		const values = readValues(fields, (each) => given[each]);
		const gather = new Gathering(shop, 1, true);
		const item: InputItem<R> = {
			index: 0,
			file: async () =>
				await Promise.reject(new InputError('A tool has no files.', 'Use the node instead.')),
			together: async (work, change) => await gather.join(work, 0, change, shop),
		};
		let failed = true;
		try {
			const rows = await found(async () => await operation.run(shop, values, item), values);
			failed = false;
			return rows.map((row) => (row instanceof OutputFile ? row.json : row));
		} finally {
			gather.leave(failed);
		}
	};
}

import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { field } from './operation';
import type { Operation, Output, Outputs } from './operation';
import { NotFoundError } from '../protocol/errors';
import type { Scope } from '../protocol/scope';
import { withOutputOptions } from './shownOutput';
import { withOption, withScope } from '../reading/shopContext';

const ifNotFound = field({
	displayName: 'If Nothing Is Found',
	name: 'ifNotFound',
	type: 'options',
	default: 'fail',
	description: 'What to do when the shop has no such record',
	options: [
		{ name: 'Fail', value: 'fail' },
		{ name: 'Return an Item That Says So', value: 'item', description: 'With found: false' },
		{ name: 'Return No Item', value: 'skip' },
	],
});

/** The fields of an operation: its own, and those that all of its kind have. */
export function fieldsOf<R>(
	{ fields, findsOne }: Operation<R>,
	scope: Scope | undefined,
): INodeProperties[] {
	const own = findsOne ? withOption(fields, ifNotFound) : fields;
	return withScope(withOutputOptions(own), scope);
}

/** Puts what the user chose in the place of records that are not there; `fail` throws. */
export async function found(
	run: () => Promise<Outputs>,
	values: Readonly<Record<string, unknown>>,
): Promise<Output[]> {
	const choice = (values.options as IDataObject | undefined)?.[ifNotFound.name] ?? 'fail';
	const result = await run().catch((error: unknown) => [missing(error)]);
	const rows = Array.isArray(result) ? result : [result];
	return rows.flatMap((row): Output[] => {
		if (!(row instanceof NotFoundError)) return [row];
		if (choice === 'fail') throw row;
		return choice === 'skip' ? [] : [{ found: false, message: row.message }];
	});
}

/** Looks several named records up, so that one that is not there does not hide the others. */
export async function eachFound<T>(
	names: readonly string[],
	look: (name: string) => Promise<T[]>,
): Promise<Array<T | NotFoundError>> {
	const looks = names.map(
		async (name) => await look(name).catch((error: unknown) => [missing(error)]),
	);
	return (await Promise.all(looks)).flat();
}

function missing(error: unknown): NotFoundError {
	if (error instanceof NotFoundError) return error;
	throw error;
}

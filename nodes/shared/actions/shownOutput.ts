import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { maxOutputCharacters } from './fields';
import { OutputFile } from './files';
import { field } from './operation';
import type { Output } from './operation';
import { capped } from '../output/capped';
import { InputError } from '../protocol/errors';
import { withOption } from '../reading/shopContext';

const output = field({
	displayName: 'Output',
	name: 'output',
	type: 'options',
	default: 'simplified',
	description: 'What to return of each record',
	options: [
		{ name: 'Raw', value: 'raw', description: 'As the shop has it' },
		{ name: 'Selected Fields', value: 'fields', description: 'Only those named in "Fields"' },
		{ name: 'Simplified', value: 'simplified' },
	],
});

const fields = field({
	displayName: 'Fields',
	name: 'fields',
	type: 'string',
	default: '',
	placeholder: 'e.g. number, status.name, customer.email',
	description:
		'Names of simplified fields with commas between, parts of a field with a dot; counts with the output Selected Fields',
});

const SIMPLIFY = 'simplify';

/** Adds what every operation has to say about its output. */
export function withOutputOptions(own: readonly INodeProperties[]): INodeProperties[] {
	const has = (name: string) =>
		own.some(
			(each) =>
				each.name === 'options' &&
				((each.options ?? []) as INodeProperties[]).some((option) => option.name === name),
		);
	const capping = has(maxOutputCharacters.name) ? own : withOption(own, maxOutputCharacters);
	const isSimplified = own.some(({ name }) => name === SIMPLIFY);
	return isSimplified ? withOption(withOption(capping, fields), output) : [...capping];
}

/** The values with *Simplify* as *Output* has it, where that was chosen. */
export function withOutput(values: Record<string, unknown>): Record<string, unknown> {
	const { output: chosen } = optionsIn(values);
	if (chosen === undefined || chosen === '' || values[SIMPLIFY] === undefined) return values;
	return { ...values, [SIMPLIFY]: chosen !== 'raw' };
}

function optionsIn(values: Readonly<Record<string, unknown>>): IDataObject {
	return (values.options ?? {}) as IDataObject;
}

/** For a model, fields that say nothing are left out, and none is no empty answer. */
const NONE = { count: 0, message: 'Nothing fits. Change the filters, or say that there is none.' };

/** What a model does not need of a simplified record. */
const NOT_FOR_MODELS = ['platform', 'shop', 'adminUrl'];

/**
 * Rows as they go out: the selected fields, for a model without what says nothing, and cut to the
 * characters that are wanted.
 *
 * @throws InputError for fields no row has
 */
export function shownRows(
	rows: Output[],
	values: Readonly<Record<string, unknown>>,
	isTool: boolean,
): Output[] {
	const options = optionsIn(values);
	const names = options.output === 'fields' ? namesIn(options.fields) : undefined;
	const chosen = names && rows.length > 0 ? selected(rows, names) : rows;
	const isSimple = values[SIMPLIFY] !== false;
	const lean = isTool && isSimple ? chosen.map(withoutNothing) : chosen;
	if (isTool && lean.length === 0) return [{ ...NONE }];
	return cut(lean, Number(options.maxOutputCharacters ?? 0));
}

function namesIn(text: unknown): string[] {
	const names = String(text ?? '')
		.split(',')
		.map((name) => name.trim())
		.filter((name) => name !== '');
	if (names.length > 0) return names;
	throw new InputError(
		'"Fields" is empty.',
		'Name the fields that are wanted, or choose another output.',
	);
}

function selected(rows: readonly Output[], names: readonly string[]): Output[] {
	const records = rows.filter((row): row is IDataObject => !(row instanceof OutputFile));
	const isKnown = (name: string) => {
		const [root = ''] = name.split('.');
		return records.some((row) => Object.hasOwn(row, root));
	};
	const strange = names.find((name) => !isKnown(name));
	const found = records.filter((row) => row.found !== false);
	if (strange !== undefined && found.length > 0) {
		throw new InputError(
			`"Fields" names "${strange}", which the output does not have.`,
			`Its fields are ${Object.keys(found[0] ?? {}).join(', ')}.`,
		);
	}
	return rows.map((row) =>
		row instanceof OutputFile || row.found === false ? row : picked(row, names),
	);
}

function picked(row: IDataObject, names: readonly string[]): IDataObject {
	const result: IDataObject = {};
	for (const name of names) {
		const [root = '', ...path] = name.split('.');
		if (path.length === 0) result[root] = row[root];
		else {
			const inner = row[root];
			const rest = [path.join('.')];
			const part = Array.isArray(inner)
				? inner.map((each) => picked(each as IDataObject, rest))
				: picked((inner ?? {}) as IDataObject, rest);
			const before = result[root];
			result[root] = merged(before, part) as IDataObject[string];
		}
	}
	return result;
}

/** Several parts of one field come together. */
function merged(before: unknown, part: unknown): unknown {
	if (before === undefined) return part;
	if (Array.isArray(before) && Array.isArray(part)) {
		return part.map((each: object, at) => ({ ...(before[at] as object | undefined), ...each }));
	}
	return { ...(before as object | undefined), ...(part as object) };
}

function withoutNothing(row: Output): Output {
	if (row instanceof OutputFile) return row;
	const entries = Object.entries(row).filter(([name]) => !NOT_FOR_MODELS.includes(name));
	return dense(Object.fromEntries(entries)) as IDataObject;
}

/** Without `null`, at any depth; what is empty stays, because it was read. */
function dense(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(dense);
	if (typeof value !== 'object' || value === null || value instanceof Date) return value;
	const filled = Object.entries(value).filter(([, each]) => each !== null && each !== undefined);
	return Object.fromEntries(filled.map(([name, each]) => [name, dense(each)]));
}

/** Whole records only, and a last one that counts the rest; of a single one that is too long, a part. */
function cut(rows: Output[], cap: number): Output[] {
	if (cap <= 0) return rows;
	let used = 0;
	const jsonOf = (row: Output) => (row instanceof OutputFile ? row.json : row);
	const fitting = rows.findIndex((row) => (used += JSON.stringify(jsonOf(row)).length) > cap);
	if (fitting === -1) return rows;
	const shown = Math.max(fitting, 1);
	const [first] = rows;
	const head =
		fitting === 0 && first !== undefined && !(first instanceof OutputFile)
			? [capped(first, cap)]
			: rows.slice(0, shown);
	if (shown === rows.length) return head;
	const more = rows.length - shown;
	return [...head, { more, message: `${more} more. Narrow the filters to see them.` }];
}

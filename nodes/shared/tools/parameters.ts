import type { IDataObject } from 'n8n-workflow';

import { InputError } from '../protocol/errors';
import { shortened } from '../protocol/shortened';

/**
 * One parameter of a tool, as JSON Schema has it. Flat and few-worded on purpose: a model reads all of
 * them with every request.
 */
export interface Parameter {
	type: 'string' | 'number' | 'integer' | 'boolean';
	description?: string;
	enum?: readonly string[];
	/** The call makes no sense without it. */
	required?: true;
}

/** Parameters by name, in the order the model reads them. */
export type Parameters = Readonly<Record<string, Parameter>>;

type ValueOf<P extends Parameter> = P extends { enum: ReadonlyArray<infer E> }
	? E
	: P extends { type: 'string' }
		? string
		: P extends { type: 'boolean' }
			? boolean
			: number;

/** What a call gives: required ones always, the others where the model filled them in. */
export type ArgumentsOf<P extends Parameters> = {
	[K in keyof P as P[K] extends { required: true } ? K : never]: ValueOf<P[K]>;
} & {
	[K in keyof P as P[K] extends { required: true } ? never : K]?: ValueOf<P[K]>;
};

/** The parameters as JSON Schema. */
export function schemaOf(parameters: Parameters): IDataObject {
	const entries = Object.entries(parameters);
	const required = entries.filter(([, each]) => each.required).map(([name]) => name);
	const properties = entries.map(([name, { type, description, enum: choices }]) => [
		name,
		{
			type,
			...(description !== undefined && { description }),
			...(choices && { enum: [...choices] }),
		},
	]);
	return {
		type: 'object',
		properties: Object.fromEntries(properties) as IDataObject,
		...(required.length > 0 && { required }),
	};
}

/**
 * The arguments of a call, checked and brought to their types. Models send numbers as texts and leave
 * optional ones empty; anything else that does not fit is told, because a model mends what it is told.
 *
 * @throws InputError naming the parameter
 */
export function readArguments(
	parameters: Parameters,
	given: Readonly<Record<string, unknown>>,
): Record<string, string | number | boolean> {
	const strange = Object.keys(given).find((name) => !Object.hasOwn(parameters, name));
	if (strange !== undefined) {
		throw new InputError(
			`There is no parameter "${shortened(strange, 50)}".`,
			`The parameters are ${Object.keys(parameters).join(', ')}.`,
		);
	}
	const values: Record<string, string | number | boolean> = {};
	for (const [name, parameter] of Object.entries(parameters)) {
		const value = given[name];
		const isEmpty = value === undefined || value === null || String(value).trim() === '';
		if (!isEmpty) values[name] = valueOf(name, parameter, value);
		else if (parameter.required) throw new InputError(`"${name}" is missing.`, 'Fill it in.');
	}
	return values;
}

/** Longest text of an argument; a product description is the longest there is. */
const MAX_TEXT = 20_000;

function valueOf(name: string, { type, enum: choices }: Parameter, value: unknown) {
	if (typeof value === 'object') {
		throw new InputError(`"${name}" is not a plain value.`, `Give a ${type}.`);
	}
	const text = String(value).trim();
	if (type === 'boolean') {
		if (/^(true|yes|1)$/i.test(text)) return true;
		if (/^(false|no|0)$/i.test(text)) return false;
		throw new InputError(`"${name}" is "${shortened(text, 50)}".`, 'Give true or false.');
	}
	if (type !== 'string') {
		const number = Number(text);
		if (Number.isFinite(number) && (type === 'number' || Number.isSafeInteger(number)))
			return number;
		throw new InputError(
			`"${name}" is "${shortened(text, 50)}".`,
			type === 'integer' ? 'Give a whole number.' : 'Give a number with a decimal point.',
		);
	}
	if (text.length > MAX_TEXT) {
		throw new InputError(`"${name}" has ${text.length} characters.`, `Give at most ${MAX_TEXT}.`);
	}
	if (!choices) return text;
	const choice = choices.find((each) => each.toLowerCase() === text.toLowerCase());
	if (choice !== undefined) return choice;
	throw new InputError(
		`"${name}" is "${shortened(text, 50)}".`,
		`Give one of ${choices.join(', ')}.`,
	);
}

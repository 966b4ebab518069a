import type { INodeProperties } from 'n8n-workflow';

import { InputError } from './errors';
import type { Locator } from './operation';

/** Reads one parameter by name, as n8n stores it; `null` when it is hidden or unset. */
export type ReadParameter = (name: string) => unknown;

/**
 * Reads exactly the declared fields and brings each value to its declared type. Expressions and AI
 * agents may yield anything, so nothing is trusted.
 * Throws `InputError` naming the field by its label.
 */
export function readValues(
	fields: readonly INodeProperties[],
	read: ReadParameter,
): Record<string, unknown> {
	const values: Record<string, unknown> = {};
	for (const property of fields) {
		const raw = read(property.name);
		const value = coerce(property, raw ?? property.default);
		if (property.required && isEmpty(value)) {
			throw new InputError(`"${property.displayName}" is empty.`, 'Enter a value.');
		}
		values[property.name] = value;
	}
	return values;
}

function isEmpty(value: unknown): boolean {
	if (typeof value === 'object' && value !== null && 'mode' in value) {
		return (value as Locator).value === '';
	}
	return value === '' || (Array.isArray(value) && value.length === 0);
}

function coerce(property: INodeProperties, raw: unknown): unknown {
	switch (property.type) {
		case 'resourceLocator':
			return toLocator(raw);
		case 'number':
			return toNumber(property, raw);
		case 'boolean':
			return typeof raw === 'string' ? raw.trim().toLowerCase() === 'true' : Boolean(raw);
		case 'multiOptions':
			return toList(raw);
		case 'collection':
			return toCollection(property, raw);
		case 'fixedCollection':
			return typeof raw === 'object' && raw !== null ? raw : {};
		default:
			return toText(raw);
	}
}

/**
 * A collection holds only what the user added. A condition that was added but came out empty is
 * refused: leaving it away would answer with all records instead of the wanted ones.
 */
function toCollection(property: INodeProperties, raw: unknown): Record<string, unknown> {
	const given = typeof raw === 'object' && raw !== null ? (raw as Record<string, unknown>) : {};
	const values: Record<string, unknown> = {};
	for (const option of (property.options ?? []) as INodeProperties[]) {
		if (!Object.hasOwn(given, option.name)) continue;
		const value = coerce(option, given[option.name] ?? '');
		if (property.name === 'filters' && isEmpty(value)) {
			throw new InputError(
				`The filter "${option.displayName}" is empty, which would match everything.`,
				'Enter a value or remove the filter.',
			);
		}
		values[option.name] = value;
	}
	return values;
}

function toLocator(raw: unknown): Locator {
	if (typeof raw === 'object' && raw !== null) {
		const { mode, value } = raw as { mode?: unknown; value?: unknown };
		return { mode: typeof mode === 'string' ? mode : 'id', value: toText(value) };
	}
	// A whole parameter set by an expression is a bare ID.
	return { mode: 'id', value: toText(raw) };
}

function toNumber(property: INodeProperties, raw: unknown): number {
	const value = typeof raw === 'number' ? raw : Number(toText(raw) || Number.NaN);
	const { minValue } = property.typeOptions ?? {};
	if (!Number.isFinite(value) || (minValue !== undefined && value < minValue)) {
		const bound = minValue === undefined ? '' : ` of at least ${minValue}`;
		throw new InputError(
			`"${property.displayName}" is "${toText(raw)}".`,
			`Enter a number${bound}.`,
		);
	}
	return value;
}

function toList(raw: unknown): string[] {
	const list = Array.isArray(raw) ? raw : toText(raw).split(',');
	return list.map(toText).filter((text) => text !== '');
}

function toText(raw: unknown): string {
	return raw === undefined || raw === null ? '' : String(raw).trim();
}

import type { INodeProperties } from 'n8n-workflow';

import type { Locator } from '../protocol/locator';
import type { Scope } from '../protocol/scope';
import type { Shop } from './shop';

/** What an operation without options gets, to hold the field. */
const optionsField: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [],
};

/** Adds the field of `scope` to the Options of a list of fields. */
export function withScope(
	fields: readonly INodeProperties[],
	scope: Scope | undefined,
): INodeProperties[] {
	return scope ? withOption(fields, scope.field) : [...fields];
}

/** Adds an entry to the Options of a list of fields, by its place in the alphabet. */
export function withOption(
	fields: readonly INodeProperties[],
	option: INodeProperties,
): INodeProperties[] {
	const all = fields.some(isOptions) ? fields : [...fields, optionsField];
	return all.map((field) => {
		if (!isOptions(field)) return field;
		const children = [...((field.options ?? []) as INodeProperties[]), option];
		children.sort((a, b) => a.displayName.localeCompare(b.displayName));
		return { ...field, options: children };
	});
}

function isOptions({ name, type }: INodeProperties): boolean {
	return name === optionsField.name && type === 'collection';
}

/** The part of the shop that the read values name; the whole shop when they name none. */
export function scopedShop<R>(
	shop: Shop<R>,
	scope: Scope | undefined,
	values: Readonly<Record<string, unknown>>,
): Shop<R> {
	const options = (values[optionsField.name] ?? {}) as Readonly<Record<string, unknown>>;
	const chosen = scope && options[scope.field.name];
	if (scope === undefined || chosen === undefined) return shop;
	return shop.confinedTo(scope.query(chosen as Locator));
}

import type { IDisplayOptions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { fieldsOf } from './ifNotFound';
import type { Operation, Resource } from './operation';
import type { Vendor } from '../protocol/vendor';

/** What of a vendor shows in the parameters of its nodes. */
export type Presented = Pick<Vendor<never>, 'scope' | 'nameRight'>;

/** Turns the operations table into the node's parameters: Resource, Operation, and each operation's fields. */
export function toProperties<R>(
	resources: ReadonlyArray<Resource<R>>,
	vendor: Presented = {},
): INodeProperties[] {
	// n8n's linter wants literals to carry a default; the spreads below set the real ones.
	const selector: INodeProperties = {
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: [],
		default: '',
	};
	return [
		{
			...selector,
			// In the order of the table: what people need most comes first.
			options: resources.map(({ name, value }) => ({ name, value })),
			default: resources[0]?.value ?? '',
		},
		...resources.flatMap((resource) => propertiesOf(resource, vendor)),
	];
}

function propertiesOf<R>(
	resource: Resource<R>,
	{ scope, nameRight }: Presented,
): INodeProperties[] {
	const selector: INodeProperties = {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		options: [],
		default: '',
	};
	return [
		{
			...selector,
			displayOptions: { show: { resource: [resource.value] } },
			options: resource.operations.map((each) => toOption(each, nameRight)).sort(byName),
			default: resource.operations[0]?.value ?? '',
		},
		...resource.operations.flatMap((operation) =>
			[...rightsNotice(operation, nameRight), ...fieldsOf(operation, scope).flatMap(forTools)].map(
				(property) => ({
					...property,
					displayOptions: showFor(property.displayOptions, resource.value, operation.value),
				}),
			),
		),
	];
}

/** Rows that a model is given unless it asks for more. */
const LIMIT_FOR_MODELS = 10;

/** A list for a model is short unless more is asked for: the same field with another default. */
function forTools(property: INodeProperties): INodeProperties[] {
	if (property.name !== 'limit') return [property];
	const { show, hide } = property.displayOptions ?? {};
	const forModels = { show: { ...show, '@tool': [true] }, ...(hide && { hide }) };
	const forPeople = { ...(show && { show }), hide: { ...hide, '@tool': [true] } };
	return [
		{ ...property, displayOptions: forPeople },
		{ ...property, default: LIMIT_FOR_MODELS, displayOptions: forModels },
	];
}

/** The option's description says which right the operation needs, so that nobody has to guess. */
function toOption<R>(
	{ name, value, action, description, needs }: Operation<R>,
	nameRight: Presented['nameRight'],
): INodePropertyOptions {
	return { name, value, action, description: withNeeds(description, needs, nameRight) };
}

/** A description that ends in the rights that are needed, in the shop's own words. */
export function withNeeds(
	description: string,
	needs: readonly string[],
	nameRight: Presented['nameRight'] = (right) => right,
): string {
	if (needs.length === 0) return description;
	return `${description.replace(/\.$/, '')}. Needs: ${needs.map(nameRight).join(', ')}.`;
}

/** Which rights the chosen operation needs, where it is filled in. */
function rightsNotice<R>(
	{ needs }: Operation<R>,
	nameRight: Presented['nameRight'] = (right) => right,
): INodeProperties[] {
	if (needs.length === 0) return [];
	const displayName = `Needs: ${needs.map(nameRight).join(', ')}`;
	return [{ displayName, name: 'rightsNotice', type: 'notice', default: '' }];
}

function showFor(
	own: IDisplayOptions | undefined,
	resource: string,
	operation: string,
): IDisplayOptions {
	return { ...own, show: { ...own?.show, resource: [resource], operation: [operation] } };
}

function byName(a: { name: string }, b: { name: string }): number {
	return a.name.localeCompare(b.name);
}

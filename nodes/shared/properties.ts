import type { IDisplayOptions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { Operation, Resource } from './operation';
import { withScope } from './scope';
import type { Scope } from './scope';

/** Turns the operations table into the node's parameters: Resource, Operation, and each operation's fields. */
export function toProperties<R>(
	resources: ReadonlyArray<Resource<R>>,
	scope?: Scope,
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
			options: resources.map(({ name, value }) => ({ name, value })).sort(byName),
			default: resources[0]?.value ?? '',
		},
		...resources.flatMap((resource) => propertiesOf(resource, scope)),
	];
}

function propertiesOf<R>(resource: Resource<R>, scope: Scope | undefined): INodeProperties[] {
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
			options: resource.operations.map(toOption).sort(byName),
			default: resource.operations[0]?.value ?? '',
		},
		...resource.operations.flatMap((operation) =>
			withScope(operation.fields, scope).map((property) => ({
				...property,
				displayOptions: showFor(property.displayOptions, resource.value, operation.value),
			})),
		),
	];
}

/** The option's description says which right the operation needs, so that nobody has to guess. */
function toOption<R>({
	name,
	value,
	action,
	description,
	needs,
}: Operation<R>): INodePropertyOptions {
	if (needs.length === 0) return { name, value, action, description };
	const sentence = description.replace(/\.$/, '');
	return { name, value, action, description: `${sentence}. Needs: ${needs.join(', ')}.` };
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

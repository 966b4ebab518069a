import type { Resource } from './operation';

/**
 * The subtitle of an action node, "Create: Order" in the words of its parameters. n8n shows what this expression
 * gives; it knows the values of parameters only, so the names come along.
 */
export function operationSubtitle<R>(resources: ReadonlyArray<Resource<R>>): string {
	const names = resources.flatMap((resource) =>
		resource.operations.map((operation): [string, string] => [
			`${resource.value}.${operation.value}`,
			`${operation.name}: ${resource.name}`,
		]),
	);
	return nameOf(names, '$parameter["resource"] + "." + $parameter["operation"]');
}

/** The subtitle of a trigger node: the name of its event. */
export function eventSubtitle(events: ReadonlyArray<{ value: string; name: string }>): string {
	return nameOf(
		events.map(({ value, name }) => [value, name]),
		'$parameter["event"]',
	);
}

/** A flat table: two closing braces side by side would end the expression. */
function nameOf(names: Array<[string, string]>, key: string): string {
	return `={{ (${JSON.stringify(Object.fromEntries(names))})[${key}] }}`;
}

/** Parameters for operations that read, found in the shop itself through the lists of the editor. */
import type { INodeParameterResourceLocator, INodeParameters, INodeProperties } from 'n8n-workflow';
import { searchList } from '../support/engine.mts';
import type { Bench } from '../support/engine.mts';

export function byId(value: unknown): INodeParameterResourceLocator {
	return { __rl: true, mode: 'id', value: String(value) };
}

/**
 * Fills the required fields of an operation from the lists the editor shows.
 *
 * @param given what no list offers
 * @returns the parameters, or why there are none
 */
export async function parametersFor(
	bench: Bench,
	fields: readonly INodeProperties[],
	given: INodeParameters,
): Promise<INodeParameters | string> {
	const parameters = { ...given };
	for (const field of fields) {
		if (field.name === 'limit') parameters.limit = 3;
		const hasDefault = typeof field.default === 'string' && field.default !== '';
		if (!field.required || hasDefault || field.name in parameters) continue;
		const methods = field.modes?.map(({ typeOptions }) => typeOptions?.searchListMethod);
		const method = methods?.find((each) => each !== undefined);
		if (method === undefined) return `nothing tells what "${field.displayName}" may be`;
		const { results } = await searchList(bench, method);
		if (!results[0]) return 'the shop has no record of this kind';
		parameters[field.name] = byId(results[0].value);
	}
	return parameters;
}

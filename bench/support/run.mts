import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { executeNode } from '../../test/support/engine.mts';
import type { Bench } from '../../test/support/engine.mts';

/** Runs a node in n8n's engine and returns its output. Throws what the node throws. */
export async function run(
	bench: Bench,
	parameters: INodeParameters,
	items: INodeExecutionData[] = [{ json: {} }],
): Promise<IDataObject[]> {
	const { items: output, error } = await executeNode(bench, parameters, { items });
	if (error) throw error;
	return output.map(({ json }) => json);
}

/** IDs of rows. */
export function ids(rows: readonly object[], field = 'id'): string[] {
	return rows.map((row) => String((row as Record<string, unknown>)[field]));
}

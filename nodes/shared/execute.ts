import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';

import { report, toNodeError } from './errors';
import type { Locator, Operation, Resource } from './operation';
import { readValues } from './parameters';
import { openShop } from './shop';
import type { Shop } from './shop';
import type { Vendor } from './vendor';

type Outcome = { rows: IDataObject[] } | { error: unknown };

/**
 * Runs the chosen operation for all input items: the only place that loops over items, pairs
 * outputs with inputs and decides what a failure does to the rest.
 */
export async function executeOperation<R>(
	context: IExecuteFunctions,
	vendor: Vendor<R>,
	resources: ReadonlyArray<Resource<R>>,
): Promise<INodeExecutionData[][]> {
	const operation = chosenOperation(context, resources);
	const count = context.getInputData().length;
	const goOn = context.continueOnFail();
	const doings: string[] = [];
	let stopped = false;
	let shop: Shop<R>;
	try {
		shop = await openShop(context, vendor);
	} catch (error) {
		throw toNodeError(context.getNode(), error, operation.action);
	}

	const serve = async (index: number): Promise<Outcome> => {
		doings[index] = operation.action;
		try {
			const values = readValues(operation.fields, (name) =>
				context.getNodeParameter(name, index, null),
			);
			doings[index] = doingOf(operation, values, count > 1 ? index : undefined);
			const result = await operation.run(shop, values);
			return { rows: cut(Array.isArray(result) ? result : [result], values) };
		} catch (error) {
			stopped = !goOn;
			return { error };
		}
	};

	const outcomes: Outcome[] = [];
	if (operation.items === 'together') {
		outcomes.push(
			...(await Promise.all(Array.from({ length: count }, (_, index) => serve(index)))),
		);
	} else {
		for (let index = 0; index < count && !stopped; index++) {
			outcomes.push(await serve(index));
			shop.forget();
		}
	}

	const output: INodeExecutionData[] = [];
	for (const [item, outcome] of outcomes.entries()) {
		if ('rows' in outcome) {
			output.push(...outcome.rows.map((json) => ({ json, pairedItem: { item } })));
			continue;
		}
		const doing = doings[item] ?? operation.action;
		const error = toNodeError(context.getNode(), outcome.error, doing, item);
		if (!goOn) throw error;
		const { message, code, hint } = report(outcome.error, doing);
		// `error` beside `json` is what n8n's "Continue (using error output)" sorts by.
		output.push({ json: { error: message, code, hint }, error, pairedItem: { item } });
	}
	return [output];
}

function chosenOperation<R>(
	context: IExecuteFunctions,
	resources: ReadonlyArray<Resource<R>>,
): Operation<R> {
	const chosen = (name: string) => String(context.getNodeParameter(name, 0));
	const resource = resources.find(({ value }) => value === chosen('resource'));
	const operation = resource?.operations.find(({ value }) => value === chosen('operation'));
	if (operation) return operation;
	throw toNodeError(
		context.getNode(),
		new Error('Choose a resource and an operation from the lists of this version of the node.'),
		`${chosen('resource')}: ${chosen('operation')}`,
	);
}

/** "Get an order (Order ID 17) [item 3]": what a message starts with. */
function doingOf<R>(
	operation: Operation<R>,
	values: Record<string, unknown>,
	index: number | undefined,
): string {
	const named = operation.fields
		.filter(({ type, required }) => type === 'resourceLocator' || required)
		.map((field) => subjectOf(field, values[field.name]))
		.filter((text) => text !== '');
	const subject = named.length === 0 ? '' : ` (${named.join(', ')})`;
	return `${operation.action}${subject}${index === undefined ? '' : ` [item ${index}]`}`;
}

function subjectOf(field: INodeProperties, value: unknown): string {
	const { mode, value: name } =
		typeof value === 'object' && value !== null ? (value as Locator) : { mode: '', value };
	if (name === '' || name === undefined) return '';
	const by = mode === 'id' || mode === 'list' ? 'ID ' : mode === '' ? '' : `${mode} `;
	return `${field.displayName} ${by}${String(name)}`;
}

/** Applies `options.maxOutputCharacters`: whole records only, and a last one that counts the rest. */
function cut(rows: IDataObject[], values: Record<string, unknown>): IDataObject[] {
	const cap = Number((values.options as IDataObject | undefined)?.maxOutputCharacters ?? 0);
	if (cap <= 0) return rows;
	let used = 0;
	const fitting = rows.findIndex((row) => (used += JSON.stringify(row).length) > cap);
	if (fitting === -1) return rows;
	const shown = Math.max(fitting, 1);
	if (shown === rows.length) return rows;
	const more = rows.length - shown;
	return [
		...rows.slice(0, shown),
		{ more, message: `${more} more. Narrow the filters to see them.` },
	];
}

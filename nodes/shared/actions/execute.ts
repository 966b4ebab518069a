import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { inputFile, toItem } from './binary';
import { report, toNodeError } from '../http/errors';
import { fieldsOf, found } from './ifNotFound';
import { Gathering, NotStarted } from './jointWrites';
import type { InputItem, Operation, Resource } from './operation';
import type { Locator } from '../protocol/locator';
import { readValues } from './parameters';
import { refuseOpenGuards } from './refusals';
import { shownRows, withOutput } from './shownOutput';
import { shortened } from '../protocol/shortened';
import { scopedShop } from '../reading/shopContext';
import { settled } from '../protocol/settled';
import { openShop } from '../reading/shop';
import type { Vendor } from '../protocol/vendor';

type Outcome = { items: INodeExecutionData[] } | { error: unknown };

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
	const fields = fieldsOf(operation, vendor.scope);
	const count = context.getInputData().length;
	const goOn = context.continueOnFail();
	// n8n leaves out the parameters that are hidden.
	const { parameters, type = '' } = context.getNode();
	// n8n makes a tool of a node by this ending of its type.
	const isTool = type.endsWith('Tool');
	const doings: string[] = [];
	let stopped = false;
	const together = operation.items === 'together';
	const opened = await settled(async () => {
		const shop = await openShop(context, vendor);
		// One by one, each item takes a request of its own.
		if (!together) shop.foresee(count);
		return shop;
	});
	if (!opened.ok && !goOn) throw toNodeError(context.getNode(), opened.error, operation.action);

	const gathering = opened.ok && together ? new Gathering(opened.value, count, !goOn) : undefined;

	const serve = async (index: number): Promise<Outcome> => {
		const nth = count > 1 ? index : undefined;
		doings[index] = doingOf(operation, {}, nth);
		if (!opened.ok) return { error: opened.error };
		const gather = gathering ?? new Gathering(opened.value, 1, !goOn);
		let shop = opened.value;
		const item: InputItem<R> = {
			index,
			file: async (property) => await inputFile(context, index, property),
			together: async (work, change) => await gather.join(work, index, change, shop),
		};
		let failed = true;
		try {
			if (isTool) refuseOpenGuards(fields, parameters);
			const read = (name: string) =>
				Object.hasOwn(parameters, name)
					? (context.getNodeParameter(name, index) ?? null)
					: undefined;
			const values = withOutput(readValues(fields, read, isTool));
			doings[index] = doingOf(operation, values, nth);
			shop = scopedShop(opened.value, vendor.scope, values);
			const result = await found(async () => await operation.run(shop, values, item), values);
			const items: INodeExecutionData[] = [];
			for (const row of shownRows(result, values, isTool)) {
				items.push(await toItem(context, row, index));
			}
			failed = false;
			return { items };
		} catch (error) {
			stopped = !goOn;
			return { error };
		} finally {
			gather.leave(failed);
		}
	};

	let outcomes: Outcome[] = [];
	if (together) {
		const all = Array.from({ length: count }, async (_, index) => await serve(index));
		outcomes = await Promise.all(all);
	} else {
		for (let index = 0; index < count && !stopped; index++) {
			outcomes.push(await serve(index));
			if (opened.ok) opened.value.forget();
		}
	}

	const output: INodeExecutionData[] = [];
	for (const [item, outcome] of outcomes.entries()) {
		if ('items' in outcome) {
			// One by one: as arguments, very many rows would not fit on the stack.
			for (const each of outcome.items) output.push(each);
			continue;
		}
		// Somebody else's failure is the reason; that one is reported.
		if (outcome.error instanceof NotStarted) continue;
		const doing = doings[item] ?? operation.action;
		if (!goOn) {
			const error = toNodeError(context.getNode(), outcome.error, doing, item);
			throw withExtent(error, outcomes, gathering?.acted ?? false);
		}
		const { message, code, hint } = report(outcome.error, doing);
		// n8n's error output takes an item for a failed one, and adds the fields of the input item to
		// it, when `json` holds nothing beside these two; with an `error` beside `json` it would keep
		// the bare message only.
		output.push({ json: { error: message, details: { code, hint } }, pairedItem: { item } });
	}
	if (opened.ok) showWarnings(context, opened.value.warnings);
	return [output];
}

/** Warnings the editor shows one by one; a list of thousands would hide the output. */
const MAX_SHOWN_WARNINGS = 20;

/** Shows what an operation warned of above the node's output in the editor, and logs it. */
function showWarnings(context: IExecuteFunctions, warnings: ReadonlySet<string>): void {
	const messages = [...warnings].slice(0, MAX_SHOWN_WARNINGS);
	const more = warnings.size - messages.length;
	if (more > 0) messages.push(`${more} more warnings.`);
	for (const message of messages) {
		context.logger.warn(message);
		context.addExecutionHints({ message, type: 'warning', location: 'outputPane' });
	}
}

/** Item numbers a message names. */
const MAX_NAMED_ITEMS = 20;

/**
 * When changes of several items went out together, the one error that ends the run also says which
 * items were carried out: the run's output is lost, and repeating all of them could do harm.
 */
function withExtent<E extends Error>(error: E, outcomes: readonly Outcome[], acted: boolean): E {
	if (!acted || outcomes.length < 2) return error;
	const failed = [...outcomes.keys()].filter((index) => {
		const outcome = outcomes[index];
		return outcome !== undefined && 'error' in outcome;
	});
	const named = failed.slice(0, MAX_NAMED_ITEMS).join(', ');
	const more = failed.length > MAX_NAMED_ITEMS ? ', …' : '';
	error.message += ` Carried out: ${outcomes.length - failed.length} of ${outcomes.length} items; not carried out or unclear: item ${named}${more} (counted from 0). Repeat only those.`;
	return error;
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
	return `${field.displayName} ${by}${shortened(String(name), 100)}`;
}

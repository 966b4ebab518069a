import type { INodeParameters, IPollFunctions } from 'n8n-workflow';

import { InputError } from '../http/errors';
import { readValues } from '../actions/parameters';
import { CLOCK_SLACK_MS } from './state';
import type { PendingState } from './state';
import { withScope } from '../reading/shopContext';
import type { TriggerChoice, TriggerEvent } from './stream';
import { optionsOf, triggerFields } from './triggerFields';
import type { TriggerOptions } from './triggerFields';
import type { Vendor } from '../protocol/vendor';

/** What the user set on the trigger. */
export interface Setup<R> {
	event: TriggerEvent<R>;
	choice: TriggerChoice;
	options: TriggerOptions;
}

/** Reads the trigger's parameters. Throws `InputError`. */
export function readSetup<R>(
	context: IPollFunctions,
	vendor: Vendor<R>,
	events: ReadonlyArray<TriggerEvent<R>>,
): Setup<R> {
	const chosen = String(context.getNodeParameter('event'));
	const event = events.find(({ value }) => value === chosen);
	if (!event)
		throw new InputError(`This node has no event "${chosen}".`, 'Choose one from the list.');
	const fields = [...withScope(triggerFields, vendor.scope), ...event.fields];
	const values = readValues(fields, (name) => context.getNodeParameter(name, null));
	refuseEmpty(event, values, context.getNode().parameters);
	const choice = { simplify: values.simplify === true, values };
	return { event, choice, options: optionsOf(values) };
}

/** A list whose expression came out empty would mean "any", which nobody who wrote one can have meant. */
function refuseEmpty<R>(
	{ fields }: TriggerEvent<R>,
	values: Readonly<Record<string, unknown>>,
	written: INodeParameters,
): void {
	for (const { name, type, displayName } of fields) {
		const isExpression = String(written[name] ?? '').startsWith('=');
		const value = values[name];
		if (type !== 'multiOptions' || !isExpression || !Array.isArray(value)) continue;
		if (value.some((each) => String(each).trim() !== '')) continue;
		throw new InputError(
			`The expression of "${displayName}" came out empty.`,
			'Let it give what to choose, or remove it to choose all.',
		);
	}
}

/** The instant a new trigger begins at, or `undefined` for its first look at the shop. */
export function startOf({ startFrom }: TriggerOptions, pending: PendingState | undefined) {
	// Clocks differ, and what was being written at that moment became visible later.
	const since = pending && pending.since - CLOCK_SLACK_MS;
	return startFrom.mode === 'now' ? since : Math.min(startFrom.instant, since ?? Infinity);
}

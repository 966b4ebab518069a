import type { INodeProperties, IPollFunctions } from 'n8n-workflow';

import { InputError } from '../protocol/errors';
import { readValues } from '../actions/parameters';
import { CLOCK_SLACK_MS } from './state';
import type { NotStartedState } from './state';
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
	refuseEmpty(context, event.fields, values);
	const choice = { simplify: values.simplify === true, values };
	return { event, choice, options: optionsOf(values) };
}

/** A list that was filled in and came out empty would mean "any", which nobody can have meant. */
function refuseEmpty(
	context: IPollFunctions,
	fields: readonly INodeProperties[],
	values: Readonly<Record<string, unknown>>,
): void {
	const written = context.getNode().parameters ?? {};
	for (const { name, type, displayName } of fields) {
		const typed = written[name];
		const isExpression = String(typed ?? '').startsWith('=');
		const isFilled = isExpression || (Array.isArray(typed) && typed.length > 0);
		const value = values[name];
		if (type !== 'multiOptions' || !isFilled || !Array.isArray(value)) continue;
		if (value.some((each) => String(each).trim() !== '')) continue;
		throw new InputError(
			`The expression of "${displayName}" came out empty.`,
			'Let it give what to choose, or remove it to choose all.',
		);
	}
}

/**
 * The instant a new trigger begins at, or `undefined` for its first look at the shop. A date without
 * an offset is the shop's own wall clock, as in all filters.
 *
 * @throws InputError when the shop's clock is not known
 */
export async function startOf(
	{ startFrom }: TriggerOptions,
	notStarted: NotStartedState | undefined,
	instantOf: (local: string) => Promise<number | undefined>,
): Promise<number | undefined> {
	// Clocks differ, and what was being written at that moment became visible later.
	const since = notStarted && notStarted.since - CLOCK_SLACK_MS;
	if (startFrom.mode === 'now') return since;
	const instant = 'instant' in startFrom ? startFrom.instant : await instantOf(startFrom.local);
	if (instant === undefined) {
		throw new InputError(
			'"Start Date" has no offset, and it is not known which time zone the shop writes its times in.',
			'Add an offset such as +01:00, let the credential say the zone, or start from now.',
		);
	}
	return Math.min(instant, since ?? Infinity);
}

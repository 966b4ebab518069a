import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { InputError } from '../protocol/errors';
import { simplify } from '../actions/fields';
import { withNeeds } from '../actions/properties';
import type { Presented } from '../actions/properties';
import { withScope } from '../reading/shopContext';
import { userDateToLocal } from '../text/time';
import type { TriggerEvent } from './stream';

const MS_PER_DAY = 86_400_000;

/** Events of one poll when the user sets no other number. */
const DEFAULT_MAX_ITEMS = 100;

/** Fields of every trigger, whatever the event. Vendors add to the options through `extra`. */
export const triggerFields: INodeProperties[] = [
	simplify,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Include',
				name: 'include',
				type: 'multiOptions',
				default: ['customer'],
				options: [],
			},
			{
				displayName: 'Language',
				name: 'language',
				type: 'string',
				default: '',
				placeholder: 'e.g. pl',
				description:
					"ID, ISO code or name of the language for names. Empty: the shop's first language.",
			},
			{
				displayName: 'Max Items Per Poll',
				name: 'maxItemsPerPoll',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: DEFAULT_MAX_ITEMS,
				description: 'The rest is delivered by the next polls',
			},
			{
				displayName: 'Start Date',
				name: 'startDate',
				type: 'dateTime',
				default: '',
				description:
					'With "Start From" set to "Date": deliver what happened since then as well. Without an offset, it is the shop\'s own wall clock.',
			},
			{
				displayName: 'Start Days',
				name: 'startDays',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 7,
				description: 'With "Start From" set to "Last Days": how many days back',
			},
			{
				displayName: 'Start From',
				name: 'startFrom',
				type: 'options',
				default: 'now',
				description: 'Where a new trigger begins. Only the first activation looks at this.',
				options: [
					{ name: 'Date', value: 'date' },
					{ name: 'Last Days', value: 'lastDays' },
					{ name: 'Now', value: 'now', description: 'Deliver only what happens from now on' },
				],
			},
		],
	},
];

/** What the user chose under Options, checked. */
export interface TriggerOptions {
	/** A date without an offset is a wall clock time of the shop, `YYYY-MM-DD HH:MM:SS`. */
	startFrom: { mode: 'now' } | { mode: 'past'; instant: number } | { mode: 'past'; local: string };
	maxItemsPerPoll: number;
}

/** Reads the options that the engine itself needs. Throws `InputError`. */
export function optionsOf(values: Readonly<Record<string, unknown>>): TriggerOptions {
	const options = (values.options ?? {}) as IDataObject;
	const maxItemsPerPoll = Number(options.maxItemsPerPoll ?? DEFAULT_MAX_ITEMS);
	switch (options.startFrom ?? 'now') {
		case 'date': {
			const typed = String(options.startDate ?? '');
			const local = userDateToLocal(typed, undefined);
			if (local !== undefined) return { startFrom: { mode: 'past', local }, maxItemsPerPoll };
			const instant = Date.parse(typed);
			if (Number.isNaN(instant)) {
				throw new InputError(
					'"Start Date" is not a date.',
					'Add the option "Start Date" and set it.',
				);
			}
			return { startFrom: { mode: 'past', instant }, maxItemsPerPoll };
		}
		case 'lastDays': {
			const days = Number(options.startDays ?? 7);
			return {
				startFrom: { mode: 'past', instant: Date.now() - days * MS_PER_DAY },
				maxItemsPerPoll,
			};
		}
		default:
			return { startFrom: { mode: 'now' }, maxItemsPerPoll };
	}
}

/**
 * The parameters of a trigger node: its events, their own fields, and the common ones.
 *
 * @param include what can be brought along with a record
 * @param included what the option "Include" begins with
 * @param unused names of common options that mean nothing for the shop
 */
export function toTriggerProperties<R>(
	events: ReadonlyArray<TriggerEvent<R>>,
	include: readonly INodePropertyOptions[],
	{ scope, nameRight }: Presented = {},
	included: readonly string[] = ['customer'],
	unused: readonly string[] = [],
): INodeProperties[] {
	const selector: INodeProperties = {
		displayName: 'Event',
		name: 'event',
		type: 'options',
		noDataExpression: true,
		options: [],
		default: '',
	};
	// The list of events has room for one sentence each; the rest stands below the chosen one.
	const options = events
		.map(({ name, value, description }) => {
			const [sentence = ''] = description.split(/\.(?:\s|$)|;/);
			return { name, value, description: sentence };
		})
		.sort((a, b) => a.name.localeCompare(b.name));
	return [
		{ ...selector, options, default: events[0]?.value ?? '' },
		...events.flatMap((event) =>
			[noticeOf(event, nameRight), ...event.fields].map((property) => ({
				...property,
				displayOptions: { show: { event: [event.value] } },
			})),
		),
		...withScope(triggerFields, scope).map((property) =>
			withInclude(property, include, included, unused),
		),
	];
}

function noticeOf<R>(
	{ description, needs }: TriggerEvent<R>,
	nameRight: Presented['nameRight'],
): INodeProperties {
	const text = withNeeds(description, needs, nameRight);
	return { displayName: text, name: 'eventNotice', type: 'notice', default: '' };
}

function withInclude(
	property: INodeProperties,
	include: readonly INodePropertyOptions[],
	included: readonly string[],
	unused: readonly string[],
): INodeProperties {
	if (property.type !== 'collection') return property;
	const all = (property.options ?? []) as INodeProperties[];
	const children = all.filter(({ name }) => !unused.includes(name));
	return {
		...property,
		options: children.map((child) =>
			child.name === 'include'
				? { ...child, options: [...include], default: [...included] }
				: child,
		),
	};
}

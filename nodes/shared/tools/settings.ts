import type { INodeParameters, INodeProperties } from 'n8n-workflow';

import { toolsOf } from './table';
import type { ShopTools } from './shopTools';
import type { Settings } from './tool';
import { InputError } from '../protocol/errors';
import type { Presented } from '../actions/properties';
import type { OptionLoader } from '../pickers/listSearch';
import { withScope } from '../reading/shopContext';

/** Characters of an answer unless the builder says otherwise: about a thousand tokens. */
const MAX_CHARACTERS = 4_000;

/** With fewer, a confirmation has no room. */
const MIN_CHARACTERS = 500;

/** The parameters of a tools node. */
export function toToolProperties<R>(
	tools: ShopTools<R>,
	{ scope, nameRight = (right) => right }: Presented = {},
): INodeProperties[] {
	const all = toolsOf(tools);
	const shown: INodeProperties = {
		displayName: 'Tools',
		name: 'tools',
		type: 'multiOptions',
		default: [],
		noDataExpression: true,
		description: 'What the agent can do. Tools that change something are off until you tick them.',
		options: [],
	};
	const fields: INodeProperties[] = [
		{
			...shown,
			default: all.filter(({ writes }) => !writes).map(({ name }) => name),
			options: all.map(({ name, title, writes, description }) => {
				const needs = (tools.needs[name] ?? []).map(nameRight).join(', ');
				return {
					name: title,
					value: name,
					description: `${writes ? 'Writes. ' : ''}${description.replace(/\.$/, '')}. Needs: ${needs}.`,
				};
			}),
		},
		{
			displayName: 'Customer Mode',
			name: 'customerMode',
			type: 'boolean',
			default: false,
			description:
				'Whether the agent talks to customers: it needs their email address, shows only what belongs to it, and little personal data',
			builderHint: {
				propertyHint:
					'On for every chat, mailbox or phone line that customers can reach; off for staff.',
			},
		},
		{
			displayName: 'Customer Email',
			name: 'customerEmail',
			type: 'string',
			default: '',
			placeholder: 'e.g. name@example.com',
			displayOptions: { show: { customerMode: [true] } },
			description:
				'The address the customer has signed in with, so that the model cannot choose another. Empty: the model asks for it.',
			builderHint: {
				propertyHint:
					'An expression that names the node which knows the address, never the current item: the model can overwrite that.',
			},
		},
		{
			displayName: 'Confirm Writes',
			name: 'confirmWrites',
			type: 'boolean',
			default: true,
			description:
				'Whether a change takes two calls: the first only tells what would change, the second makes it',
		},
		{
			displayName: 'Allowed Status Names or IDs',
			name: 'allowedStatuses',
			type: 'multiOptions',
			default: [],
			typeOptions: { loadOptionsMethod: 'getToolStatuses' },
			description:
				'Statuses that orders may be given; none chosen: all. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		},
		{
			displayName: 'Notify Customer',
			name: 'notifyCustomer',
			type: 'options',
			default: 'model',
			description: 'Who decides whether the shop mails the customer about a new status',
			options: [
				{ name: 'Always', value: 'always' },
				{ name: 'Model Decides', value: 'model' },
				{ name: 'Never', value: 'never' },
			],
		},
		{
			displayName: 'Language',
			name: 'language',
			type: 'string',
			default: '',
			placeholder: 'e.g. pl',
			description: "Language of names and texts. Empty: the shop's main one.",
		},
		{
			displayName: 'Time Zone',
			name: 'timeZone',
			type: 'string',
			default: '',
			placeholder: 'e.g. Europe/Warsaw',
			description: 'Where "today" begins. Empty: in the shop, or, if it does not tell, in n8n.',
		},
		{
			displayName: 'Max Output Characters',
			name: 'maxOutputCharacters',
			type: 'number',
			typeOptions: { minValue: MIN_CHARACTERS },
			default: MAX_CHARACTERS,
			description: 'Longest answer the model gets, for one record as for many',
		},
		{
			displayName: 'Show Purchase Prices',
			name: 'showPurchasePrices',
			type: 'boolean',
			default: false,
			displayOptions: { show: { customerMode: [false] } },
			description: 'Whether products come with what the shop paid for them',
		},
	];
	return withScope(fields, scope);
}

/** The lists the node's parameters choose from: the statuses as the tools know them. */
export function toolOptions<R>(tools: ShopTools<R>): Record<string, OptionLoader<R>> {
	return {
		getToolStatuses: async (shop) =>
			(await tools.statuses(shop)).map(({ id, names: [name = id] }) => ({
				name: name === id ? name : `${name} (${id})`,
				value: id,
			})),
	};
}

/** The settings as the parameters have them. */
export function settingsFrom(read: (name: string, fallback: unknown) => unknown): Settings {
	const text = (name: string) => String(read(name, '') ?? '').trim();
	const list = (name: string) => {
		const value = read(name, []);
		return (Array.isArray(value) ? value : String(value ?? '').split(','))
			.map((each) => String(each).trim())
			.filter((each) => each !== '');
	};
	const customerMode = read('customerMode', false) === true;
	const notify = text('notifyCustomer');
	const max = Number(read('maxOutputCharacters', MAX_CHARACTERS));
	return {
		tools: list('tools'),
		customerMode,
		customerEmail: customerMode ? text('customerEmail') : '',
		// What is not a clear "no" keeps the guard.
		confirmWrites: read('confirmWrites', true) !== false,
		allowedStatuses: list('allowedStatuses'),
		notifyCustomer: notify === 'never' || notify === 'always' ? notify : 'model',
		language: text('language'),
		maxOutputCharacters: Number.isFinite(max) ? Math.max(max, MIN_CHARACTERS) : MAX_CHARACTERS,
		showPurchasePrices: read('showPurchasePrices', false) === true,
	};
}

/**
 * Refuses settings that read the input item: n8n merges what the model says over it, so that the model
 * could change its own guards.
 */
export function refuseModelsChoice(parameters: INodeParameters): void {
	for (const [name, value] of Object.entries(parameters)) {
		const text = JSON.stringify(value);
		if (!/"=/.test(text) || !/\$(json|input|data|fromAI)\b/i.test(text)) continue;
		throw new InputError(
			`"${name}" reads the input item, which the model can overwrite.`,
			"Enter a fixed value, or read the node that holds it: $('Chat Trigger').item.json.email.",
		);
	}
}

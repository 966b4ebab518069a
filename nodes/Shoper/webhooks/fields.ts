import { field } from '../../shared/actions/operation';

const events = field({
	displayName: 'Events',
	name: 'events',
	type: 'string',
	default: '',
	placeholder: 'e.g. order.create, order.status',
	description:
		'What the shop tells, separated by commas: order, client, product, category, specialoffer or subscriber with .create, .edit or .delete; order.paid, order.status; parcel.create, parcel.dispatch, parcel.send, parcel.delete. One change can send several of them.',
});

export const requiredEvents = { ...events, required: true as const };

export const url = field({
	displayName: 'URL',
	name: 'url',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. https://n8n.example.com/webhook/abc',
	description: 'Address that the shop posts to',
});

const active = field({
	displayName: 'Active',
	name: 'active',
	type: 'boolean',
	default: true,
	description: 'Whether the shop sends anything',
});

const secret = field({
	displayName: 'Secret',
	name: 'secret',
	type: 'string',
	typeOptions: { password: true },
	default: '',
	description: 'Key of the signature in the header X-Webhook-SHA1. It is never shown again.',
});

/** What a new webhook may have besides address and events. */
export const additionalFields = field({
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'collection',
	placeholder: 'Add field',
	default: {},
	options: [active, secret],
});

/** Fields by the shop's own names. */
export const webhookUpdateFields = field({
	displayName: 'Update Fields',
	name: 'updateFields',
	type: 'collection',
	placeholder: 'Add field',
	default: {},
	options: [active, events, secret, { ...url, required: false }],
});

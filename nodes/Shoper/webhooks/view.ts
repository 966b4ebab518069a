import type { IDataObject } from 'n8n-workflow';

import { InputError } from '../../shared/protocol/errors';
import { textOrNull } from '../../shared/output/orderShape';
import { recordId } from '../../shared/text/recordId';
import { flagOf } from '../../shared/output/recordShape';
import type { ShoperRecord } from '../api/codec';

import { withoutSecrets } from '../api/secrets';

/** Body format of the shop's posts (Shoper REST reference 8.1). */
export const JSON_FORMAT = 0;
const FORMATS: Readonly<Record<string, string>> = { [JSON_FORMAT]: 'json', 1: 'xml' };

/** A webhook; the secret, which the shop shows to everybody with the right, never leaves (8.1). */
export function viewWebhook(webhook: ShoperRecord, simple: boolean): IDataObject {
	if (!simple) return withoutSecrets(webhook);
	return {
		id: String(webhook.webhook_id ?? ''),
		url: textOrNull(webhook.url),
		active: flagOf(webhook.active),
		format: FORMATS[String(webhook.format)] ?? null,
		events: eventsIn(webhook),
		// Lists leave the secret of other applications' webhooks out.
		signed: webhook.secret === undefined ? null : webhook.secret !== '',
	};
}

function eventsIn({ events }: ShoperRecord): string[] | null {
	return Array.isArray(events) ? (events as unknown[]).map(String) : null;
}

/**
 * Events as a list. Which ones exist is up to the shop's version, their form is not.
 *
 * @throws InputError for what cannot be an event, above all `order.created`
 */
export function eventList(typed: string): string[] {
	const events = typed
		.split(',')
		.map((event) => event.trim())
		.filter((event) => event !== '');
	const wrong = events.find(
		(event) => !/^[a-z_-]+\.[a-z_]+$/.test(event) || /\.(create|edit|delete|update)d$/.test(event),
	);
	if (wrong === undefined && events.length > 0) return [...new Set(events)];
	throw new InputError(
		`"Events" is "${wrong ?? typed}".`,
		'Events look like order.create or order.status: a bare verb after the dot.',
	);
}

/** An address the shop can post to. Throws `InputError`. */
export function webhookUrl(typed: string): string {
	const url = typed.trim();
	if (/^https?:\/\/[^\s/@]+(\/\S*)?$/i.test(url)) return url;
	throw new InputError(
		'"URL" is not a web address.',
		'Enter one like https://n8n.example.com/webhook/abc, without a user name.',
	);
}

export function webhookIdOf(value: string): string {
	return recordId(value, 'Webhook');
}

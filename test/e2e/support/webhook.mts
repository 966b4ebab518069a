import type { N8nRest } from '../../../sandbox/n8n/rest.mts';
import { saw } from './report.mts';

/** Calls a webhook of n8n, such as `webhook/ship-order`, like a shop or a chat would. */
export async function callWebhook(
	rest: N8nRest,
	path: string,
	body: object,
): Promise<{ status: number; text: string }> {
	const response = await fetch(`${rest.url}/${path}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(body),
	});
	const text = await response.text();
	saw(`${JSON.stringify(body)}: ${response.status} ${text}`);
	return { status: response.status, text };
}

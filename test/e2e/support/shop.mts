import { readWorld } from './world.mts';

/** One request that the sandbox shop has noted down. */
export interface ShopRequest {
	method: string;
	path: string;
	status: number;
	[key: string]: unknown;
}

export interface ShopMail {
	to: string;
	subject: string;
	[key: string]: unknown;
}

export interface ShopOrder {
	id: number;
	reference: string;
}

async function control<T>(verb: string, body: Record<string, unknown> = {}): Promise<T> {
	const response = await fetch(`${readWorld().shopUrl}/_sandbox/${verb}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(body),
		signal: AbortSignal.timeout(20_000),
	});
	const text = await response.text();
	if (!response.ok) throw new Error(`The sandbox refused ${verb}: ${response.status} ${text}`);
	return JSON.parse(text || 'null') as T;
}

/** The switches and buttons of the sandbox shop. */
export const shop = {
	reset: async () => await control<unknown>('reset'),
	seed: async (orders: number) => await control<unknown>('seed', { orders }),
	placeOrder: async (order: Record<string, unknown> = {}) =>
		await control<ShopOrder>('placeOrder', order),
	changeState: async (orderId: number, stateId: number) =>
		await control<unknown>('changeState', { orderId, stateId }),
	mails: async () => await control<ShopMail[]>('mails'),
	requests: async () => await control<ShopRequest[]>('requests'),
	clearRequests: async () => await control<unknown>('clearRequests'),
	notifications: async () => await control<Array<{ text: string }>>('notifications'),
	setShipWebhook: async (url: string) => await control<unknown>('setShipWebhook', { url }),
	setWebserviceEnabled: async (enabled: boolean) =>
		await control<unknown>('setWebserviceEnabled', { enabled }),
	setUrlRewriting: async (on: boolean) => await control<unknown>('setUrlRewriting', { on }),
	setStripAuthorization: async (on: boolean) =>
		await control<unknown>('setStripAuthorization', { on }),
};

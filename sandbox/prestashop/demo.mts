import type { DemoShop } from '../n8n/demo.mts';
import { openDemoModel } from '../n8n/demoModel.mts';
import { startPrestaShopSandbox } from './shop.mts';

/** Every right, so that all operations can be tried. */
const FULL_KEY = 'DEMONSTRATIONKEY0000000000000007';
/** A key with the rights that the guide names for notifications and status changes. */
const KEY = 'DEMONSTRATIONKEY0000000000000006';
const RIGHTS = {
	orders: ['GET'],
	order_details: ['GET'],
	order_histories: ['GET', 'POST'],
	order_states: ['GET'],
	customers: ['GET'],
	currencies: ['GET'],
};

/** With a key in OPENAI_API_KEY the assistant has a real model; else one is played. */
async function modelOf(): Promise<{ data: Record<string, unknown>; close(): void }> {
	const { OPENAI_API_KEY: key = '' } = process.env;
	if (key !== '') return { data: { apiKey: key, header: false }, close: () => {} };
	const { url, close } = await openDemoModel();
	return { data: { apiKey: 'none', url, header: false }, close };
}

/** PrestaShop in the demo. */
export const prestaShopDemo: DemoShop = {
	name: 'PrestaShop',
	preferredPort: 8180,
	start: async (port) => {
		const shop = await startPrestaShopSandbox({ port });
		const model = await modelOf();
		shop.control.addKey({ key: FULL_KEY, permissions: '*' });
		shop.control.addKey({ key: KEY, permissions: RIGHTS });
		return {
			url: shop.url,
			credentials: [
				{
					type: 'prestaShopApi',
					name: 'PrestaShop account',
					data: { shopUrl: shop.url, apiKey: FULL_KEY },
				},
				{
					type: 'prestaShopApi',
					name: 'PrestaShop account (rights of the guide only)',
					// The key may not read the shop's settings, so the time zone is told.
					data: { shopUrl: shop.url, apiKey: KEY, timezone: 'Europe/Warsaw' },
				},
				{ type: 'openAiApi', name: 'OpenAI account', data: model.data },
			],
			connect: (n8nUrl, link) => {
				shop.control.setShipWebhook({ url: `${n8nUrl}/webhook/ship-order` });
				shop.control.connectN8n(link);
			},
			close: async () => {
				model.close();
				await shop.close();
			},
		};
	},
	workflows: [
		'prestashop-new-order-notification.json',
		'prestashop-mark-as-shipped.json',
		'assistant-staff.json',
	],
	placeholderUrl: 'http://127.0.0.1:8180',
	invitation: [
		'1. Open it and press "Place an order".',
		'2. Within 10 seconds "Messages from n8n" on that page shows what the workflow has sent.',
		'3. Press "Mark as shipped through n8n": n8n sets the status, the shop mails the customer.',
		'4. Open "Shop assistant" in n8n, press "Open chat" and ask: Where is order 5?',
	],
};

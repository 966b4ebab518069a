import type { DemoShop } from '../n8n/demo.mts';
import { INSALES_KEYS, startInSalesSandbox } from './shop.mts';

/** InSales in the demo, with the chat that sends it orders. */
export const inSalesDemo: DemoShop = {
	name: 'InSales',
	preferredPort: 8380,
	start: async (port) => {
		const shop = await startInSalesSandbox({ port });
		return {
			url: shop.url,
			credentials: [
				{
					type: 'inSalesApi',
					name: 'InSales account',
					data: { shopUrl: shop.url, ...INSALES_KEYS.full },
				},
				{
					type: 'inSalesApi',
					name: 'InSales account (rights of the guide only)',
					data: { shopUrl: shop.url, ...INSALES_KEYS.chat },
				},
			],
			connect: (n8nUrl, link) => {
				shop.control.setChatWebhook({ url: `${n8nUrl}/webhook/insales-chat-order` });
				shop.control.connectN8n(link);
			},
			close: async () => await shop.close(),
		};
	},
	workflows: ['insales-chat-order.json', 'insales-catalogue-table.json'],
	placeholderUrl: 'http://127.0.0.1:8380',
	invitation: [
		'1. Open it and press "Order from the chat through n8n".',
		'2. Choose another status for that order: within 10 seconds "Messages from n8n" shows what the chat is told.',
		'3. The catalogue goes into the data table "insales_products" of n8n every 5 minutes.',
	],
};

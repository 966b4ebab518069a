import type { DemoShop } from '../n8n/demo.mts';
import { startMailbox } from '../shared/mailbox.mts';
import { SHOPER_ADMINS, startShoperSandbox } from './shop.mts';

/** Shoper in the demo, with the help desk's mailbox. */
export const shoperDemo: DemoShop = {
	name: 'Shoper',
	preferredPort: 8280,
	start: async (port) => {
		const shop = await startShoperSandbox({ port });
		// So that there is a change of a status to fetch as a test event.
		const newest = shop.control.records({ resource: 'orders' }).at(-1);
		if (newest) shop.control.changeStatus({ orderId: Number(newest.order_id), statusId: 3 });
		const mailbox = await startMailbox(({ to, subject, text }) => {
			shop.control.notify({ text: `Mail to ${to}\n${subject}\n\n${text}` });
		});
		const { owner, helpdesk } = SHOPER_ADMINS;
		return {
			url: shop.url,
			credentials: [
				{
					type: 'shoperApi',
					name: 'Shoper account',
					data: {
						shopUrl: shop.url,
						authentication: 'login',
						username: owner.login,
						password: owner.password,
					},
				},
				{
					type: 'shoperApi',
					name: 'Shoper account (rights of the guide only)',
					data: {
						shopUrl: shop.url,
						authentication: 'login',
						username: helpdesk.login,
						password: helpdesk.password,
					},
				},
				{
					type: 'smtp',
					name: 'SMTP account',
					data: {
						user: '',
						password: '',
						host: '127.0.0.1',
						port: mailbox.port,
						secure: false,
						disableStartTls: true,
					},
				},
			],
			connect: (n8nUrl, link) => {
				shop.control.setShipWebhook({ url: `${n8nUrl}/webhook/shoper-change-status` });
				shop.control.connectN8n(link);
			},
			close: async () => {
				await Promise.all([shop.close(), mailbox.close()]);
			},
		};
	},
	workflows: ['shoper-new-order-ticket.json', 'shoper-change-status.json'],
	placeholderUrl: 'http://127.0.0.1:8280',
	invitation: [
		'1. Open it and press "Place an order".',
		'2. Within 10 seconds "Messages from n8n" on that page shows the mail that opens a ticket at the help desk.',
		'3. Press "Mark as shipped through n8n": n8n changes the status, and the shop decides about the mail to the customer.',
	],
};

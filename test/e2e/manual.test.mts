/** "Fetch test event": one real order is shown, and the trigger remembers nothing of it. */
import type { N8nRest } from '../../sandbox/n8n/rest.mts';
import { enterN8n } from './support/n8n.mts';
import { trigger } from './support/prestashop.mts';
import { shop } from './support/shop.mts';
import { fetchTestEvent } from './support/testEvent.mts';

describe('fetching a test event', () => {
	let rest: N8nRest;

	beforeAll(async () => {
		await shop.reset();
		rest = enterN8n();
	});

	test.each([['orderCreated'], ['orderStatusChanged']])(
		'%s shows a recent event',
		async (event) => {
			const { id: orderId, reference } = await shop.placeOrder();
			if (event === 'orderStatusChanged') await shop.changeState(orderId, 4);
			const shown = await fetchTestEvent(rest, trigger('PrestaShop Trigger', { event }));
			expect(shown).toMatchObject({
				reference,
				event: { id: expect.any(String), type: event, shop: expect.any(String) },
			});
		},
	);
});

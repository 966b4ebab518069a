/** What an update of an order sends, and what it leaves out. */
import { changeOf, orderChange } from '../../nodes/InSales/orders/changes.ts';
import type { InSalesShop } from '../../nodes/InSales/api/reads.ts';

/** Nothing here asks the shop. */
const shop = {} as InSalesShop;

const input = {
	deliveryVariantId: { mode: 'list', value: '' },
	paymentGatewayId: { mode: 'list', value: '' },
	updateFields: { custom_status_permalink: 'sobran', comment: 'a' },
	shippingAddress: {},
	extraFields: {},
	otherFields: '{}',
};

const status = { permalink: 'sobran', title: 'Собран', system: 'accepted' };

test.each([
	['that it has is not sent again: its message could go out again', 'sobran', { comment: 'a' }],
	[
		'goes together with its system status',
		'v-obrabotke',
		{ comment: 'a', custom_status_permalink: 'sobran', fulfillment_status: 'accepted' },
	],
])('a status %s', async (_, permalink, named) => {
	const before = { id: 1, custom_status: { permalink }, fulfillment_status: 'accepted' };
	expect(await changeOf(shop, before, orderChange(input), status)).toEqual({ named, warnings: [] });
});

test('an empty comment empties it only through the other fields', () => {
	const emptied = { ...input, updateFields: {}, otherFields: '{"comment": ""}' };
	expect(orderChange(emptied).named).toEqual({ comment: '' });
	expect(() => orderChange({ ...input, updateFields: { comment: '' } })).toThrow('is empty');
});

/** A new record whose answer cannot be read: it is looked for, because it is there. */
import type { PrestaShopShop } from '../../nodes/PrestaShop/api/reads.ts';
import { createRecord } from '../../nodes/PrestaShop/writing/create.ts';
import { ShopError } from '../../nodes/shared/protocol/errors.ts';
import type { Call } from '../../nodes/shared/protocol/call.ts';

test('a record whose answer is cut is told with its ID', async () => {
	const row = { id: '8', email: 'ewa@example.com' };
	const reply = { status: 201, headers: {}, text: '<prestashop><customer><id>8' };
	const damaged = (call: Call) =>
		new ShopError({ kind: 'malformed', sent: true, status: 201 }, call, {
			reason: 'The XML is damaged.',
			fix: '',
		});
	const posts = jest.fn();
	const shop = {
		send: async (call: Call) => {
			if (call.method === 'POST') posts();
			return reply;
		},
		records: async (call: Call) => {
			if (call.method !== 'POST') return call.path.length > 1 ? [row] : [];
			posts();
			throw damaged(call);
		},
		list: async () => [row],
	};
	const record = { email: row.email };
	const created = await createRecord(
		shop as unknown as PrestaShopShop,
		'customers',
		'customer',
		record,
		{ fields: ['email'], isIt: ({ email }) => email === row.email },
	);
	expect(created.record).toEqual(row);
	expect(created.warning).toContain('did create the record. Do not repeat this.');
	expect(posts).toHaveBeenCalledTimes(1);
});

/** A database that takes no emoji cuts the text before it and says that all is well: the node looks, and warns. */
import type { Call } from '../../nodes/shared/protocol/call.ts';
import { updateRecord as updateInSales } from '../../nodes/InSales/writing/update.ts';
import { updateRecord as updatePrestaShop } from '../../nodes/PrestaShop/writing/update.ts';
import { updateRecord as updateShoper } from '../../nodes/Shoper/writing/update.ts';

const TEXT = 'Thank you \u{1F600}, see you';
const CUT = 'Thank you ';

const RIGHTS =
	'<prestashop><api><customers get="true" put="true" patch="true" post="true" delete="true" head="true"/></api></prestashop>';

/** A shop with one record, whose texts end before the first character of four bytes. */
function cuttingShop(field: string, shown: (text: string) => unknown) {
	let stored = 'before';
	const write = ({ body }: Call) => {
		const sent = JSON.stringify(body).includes('Thank you');
		if (sent) stored = CUT;
	};
	return {
		once: async (_key: string, load: () => Promise<unknown>) => await load(),
		remember: async (_what: unknown, load: () => Promise<unknown>) => await load(),
		refusals: new Map(),
		records: async (call: Call) => {
			if (call.method !== 'GET') write(call);
			return [shown(stored)];
		},
		send: async (call: Call) => {
			if (call.method !== 'GET') write(call);
			const record = `<prestashop><customer><id>5</id><${field}>${stored}</${field}></customer></prestashop>`;
			return { status: 200, headers: {}, text: call.path.length === 0 ? RIGHTS : record };
		},
	};
}

test.each([
	[
		'PrestaShop',
		async () => {
			const shop = cuttingShop('note', () => undefined);
			return await updatePrestaShop(shop as never, 'customers', '5', { note: TEXT });
		},
	],
	[
		'Shoper',
		async () => {
			const shop = cuttingShop('comment', (comment) => ({ user_id: '5', comment }));
			return await updateShoper(shop as never, 'users', '5', { comment: TEXT });
		},
	],
	[
		'InSales',
		async () => {
			const shop = cuttingShop('comment', (comment) => ({ id: 5, comment }));
			const target = { resource: 'clients', id: '5', root: 'client', noun: 'client' };
			return await updateInSales(shop as never, target, { comment: TEXT });
		},
	],
])('%s', async (_, update) => {
	const { written, warnings } = await update();
	expect(written).toBe(true);
	expect(warnings).toEqual([expect.stringMatching(/(note|comment)/)]);
});

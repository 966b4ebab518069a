import { isRecord } from '../api/codec';
import { ordersWhere } from '../orders/find';
import type { ToolCustomer } from '../../shared/tools/shopTools';
import { LARGEST_PAGE } from '../api/query';
import type { InSalesShop } from '../api/reads';
import { clientNamed, viewClient } from '../customers/view';
import { orderConditions } from '../orders/conditions';
import { figures } from '../orders/figures';

/** A client by e-mail address, ID or phone number; orders hold their client, so that few requests do. */
export async function customerCalled(
	shop: InSalesShop,
	name: string,
	withOrders: boolean,
): Promise<ToolCustomer> {
	const text = name.trim();
	const mode = text.includes('@') ? 'email' : /^\d{1,9}$/.test(text) ? 'id' : 'phone';
	if (!withOrders)
		return { customer: viewClient(shop, await clientNamed(shop, { mode, value: text }), true) };
	const client = mode === 'id' ? await clientNamed(shop, { mode, value: text }) : undefined;
	const email = client ? String(client.email ?? '') : text;
	const key = mode === 'phone' ? { phone: text } : { email };
	const rows =
		mode === 'id' && email === ''
			? []
			: await ordersWhere(shop, await orderConditions(shop, key), LARGEST_PAGE);
	const [newest] = rows;
	const known = client ?? (isRecord(newest?.client) ? newest.client : undefined);
	const customer = known ?? (await clientNamed(shop, { mode, value: text }));
	return {
		customer: viewClient(shop, customer, true),
		orders: {
			orders: rows.map((row) => figures(shop, row)),
			...(rows.length >= LARGEST_PAGE && {
				partial: `Only the newest ${LARGEST_PAGE} orders were read.`,
			}),
		},
	};
}

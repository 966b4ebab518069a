import { NotFoundError } from '../../shared/protocol/errors';
import type { ToolCustomer } from '../../shared/tools/shopTools';
import { lookup } from '../api/query';
import { ifPermitted } from '../api/reads';
import type { ShoperShop } from '../api/reads';
import { customerNamed, viewCustomer } from '../customers/view';
import { figuresOfUser } from '../orders/figures';

const addressesByPhone = lookup('user-addresses', 'phone');

/** A customer by e-mail address, ID or phone number. */
export async function customerCalled(
	shop: ShoperShop,
	name: string,
	withOrders: boolean,
): Promise<ToolCustomer> {
	const text = name.trim();
	const locator = text.includes('@')
		? { mode: 'email', value: text }
		: { mode: 'id', value: await idCalled(shop, text) };
	const user = await customerNamed(shop, locator);
	const customer = await viewCustomer(shop, user, true);
	if (!withOrders) return { customer };
	return { customer, orders: await figuresOfUser(shop, String(user.user_id)) };
}

/** A number is an ID, unless it is long enough for a phone number. */
async function idCalled(shop: ShoperShop, text: string): Promise<string> {
	if (/^\d{1,6}$/.test(text)) return text;
	const found = await ifPermitted(shop, 'addresses', 'user-addresses', [], async () =>
		shop.find(addressesByPhone, text),
	);
	const [address] = found ?? [];
	if (address) return String(address.user_id);
	if (/^\d+$/.test(text)) return text;
	throw new NotFoundError(`The shop has no customer "${text}".`);
}

import { anyOf } from '../api/conditions';
import { NotFoundError } from '../../shared/protocol/errors';
import { notFound } from '../../shared/reading/records';
import type { ToolCustomer } from '../../shared/tools/shopTools';
import { chunk, lookup } from '../api/query';
import { zoneOf } from '../api/reads';
import type { PrestaShopShop } from '../api/reads';
import { customerNamed, customersWithEmail, viewCustomer } from '../customers/view';
import { figuresWhere } from '../orders/figures';

const addressesBy = ['phone', 'phone_mobile'].map((field) =>
	lookup('addresses', field, ['id', 'id_customer', field]),
);

/** A customer by e-mail address, ID or phone number, with the orders of all records of that address. */
export async function customerCalled(
	shop: PrestaShopShop,
	name: string,
	withOrders: boolean,
): Promise<ToolCustomer> {
	const text = name.trim();
	const customer = text.includes('@')
		? await newestWithEmail(shop, text)
		: await customerNamed(shop, { mode: 'id', value: await idCalled(shop, text) });
	const view = await viewCustomer(shop, customer, { simplify: true, secrets: false });
	if (!withOrders) return { customer: view };
	const ids = text.includes('@')
		? (await customersWithEmail(shop, text)).map(({ id }) => id ?? '')
		: [customer.id ?? ''];
	const zone = await zoneOf(shop);
	const orders = await Promise.all(
		chunk(ids).map(
			async (part) => await figuresWhere(shop, [anyOf('id_customer', part)], false, { zone }),
		),
	);
	const partial = orders.find((each) => each.partial !== undefined)?.partial;
	return {
		customer: view,
		orders: { orders: orders.flatMap((each) => each.orders), ...(partial && { partial }) },
	};
}

/** The registered account of an address, or the newest of its guests. */
async function newestWithEmail(shop: PrestaShopShop, email: string) {
	const all = await customersWithEmail(shop, email);
	const registered = all.filter(({ is_guest: guest }) => guest !== '1');
	const [newest] = (registered.length > 0 ? registered : all).sort(
		(a, b) => Number(b.id) - Number(a.id),
	);
	if (newest) return newest;
	throw notFound('customer with the email', email);
}

/** A number is an ID, unless it is long enough for a phone number. */
async function idCalled(shop: PrestaShopShop, text: string): Promise<string> {
	if (/^\d{1,6}$/.test(text)) return text;
	const found = await Promise.all(addressesBy.map(async (by) => await shop.find(by, text)));
	const ids = [...new Set(found.flat().map((address) => String(address.id_customer)))];
	const [id] = ids.sort((a, b) => Number(b) - Number(a));
	if (id !== undefined && id !== '0') return id;
	if (/^\d+$/.test(text)) return text;
	throw new NotFoundError(`The shop has no customer "${text}".`);
}

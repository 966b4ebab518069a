import { BLANK_USER } from './blanks.mts';
import type { ShopState } from './shopState.mts';

export interface NewCustomer {
	id?: number;
	email: string;
	firstName?: string;
	lastName?: string;
	/** A guest of one order has a row as well, with `registered` 0 (reference 6.5). */
	registered?: boolean;
	/** Shop's wall clock time; now unless told. */
	at?: string;
}

/** Inserts a customer as the shop's own registration or checkout does. */
export function newCustomer(shop: ShopState, customer: NewCustomer): number {
	const id = customer.id ?? shop.database.table('users').reserveId();
	shop.save('users', id, {
		...BLANK_USER,
		user_id: String(id),
		login: customer.registered ? customer.email : '',
		email: customer.email,
		firstname: customer.firstName ?? 'Jan',
		lastname: customer.lastName ?? 'Testowy',
		registered: customer.registered ? '1' : '0',
		date_add: customer.at ?? shop.clock.wall(),
	});
	return id;
}

/** The customer with that address, or a new guest. */
export function customerOf(shop: ShopState, customer: NewCustomer): number {
	const wanted = customer.email.toLowerCase();
	const [exact] = shop.database.table('users').rowsWhere('email', customer.email);
	if (exact) return exact.id;
	const known = shop.database
		.table('users')
		.rows()
		.find((row) => String(row.values.email).toLowerCase() === wanted);
	return known?.id ?? newCustomer(shop, customer);
}

import { settled } from '../../shared/protocol/settled';
import { InputError, ShopError } from '../../shared/protocol/errors';
import { sameText } from '../../shared/text/sameText';
import { oneAtATime } from '../../shared/writing/oneAtATime';
import { withAdvice } from '../../shared/writing/outcome';
import { is } from '../api/conditions';
import { isRecord } from '../api/codec';
import type { ShoperRecord } from '../api/codec';
import type { ShoperShop } from '../api/reads';
import { customersWithEmail } from '../customers/view';
import { createRecord } from '../writing/create';
import { ADDRESS_FIELDS } from './addresses';

/** Who a new order is for: a customer of the shop, or one to be created before the order is. */
export interface Buyer {
	id: number | undefined;
	create: ShoperRecord | undefined;
}

/**
 * The customer with the email. A new one takes the names of the order's addresses.
 *
 * @param mayCreate whether there may be none yet
 * @throws InputError when there is none, or no name for a new one
 */
export async function buyerCalled(
	shop: ShoperShop,
	email: string,
	order: ShoperRecord,
	mayCreate: boolean,
): Promise<Buyer> {
	const [user] = await customersWithEmail(shop, email);
	if (user) return { id: Number(user.user_id), create: undefined };
	if (!mayCreate) {
		throw new InputError(
			`The shop has no customer with the email "${email}", and an order needs one.`,
			'Create the customer first (resource Customer, operation Create), or switch on "Create Customer If New" in the options.',
		);
	}
	const named = ADDRESS_FIELDS.map((name) => order[name]).find(
		(address) => isRecord(address) && has(address.firstname) && has(address.lastname),
	);
	if (isRecord(named)) {
		const { firstname = '', lastname = '' } = named;
		return { id: undefined, create: { active: true, email, firstname, lastname } };
	}
	throw new InputError(
		`The customer with the email "${email}" is new, and needs a first and a last name.`,
		'Fill them in in the billing or the delivery address.',
	);
}

/** The ID of the customer, who is created now if need be: once, also when two orders ask at the same time. */
export async function madeBuyer(
	shop: ShoperShop,
	email: string,
	{ id, create }: Buyer,
): Promise<{ id: number; isNew: boolean; warning?: string }> {
	if (id !== undefined || !create) return { id: Number(id), isNew: false };
	return await oneAtATime(`${shop.address.host} customer ${email.toLowerCase()}`, async () => {
		shop.forget();
		const [known] = await customersWithEmail(shop, email);
		if (known) return { id: Number(known.user_id), isNew: false };
		const { id: made, warning } = await createRecord(shop, 'users', create, {
			where: [is('email', email)],
			isIt: (user) => sameText(String(user.email), email),
		});
		shop.forget();
		return { id: Number(made), isNew: true, ...(warning !== undefined && { warning }) };
	});
}

/** Does what follows on the customer; a failure says that there is a new one. */
export async function withBuyer<T>(
	buyer: { id: number; isNew: boolean },
	work: () => Promise<T>,
): Promise<T> {
	const done = await settled(work);
	if (done.ok) return done.value;
	if (!buyer.isNew || !(done.error instanceof ShopError)) throw done.error;
	const { fix } = done.error.explanation;
	throw withAdvice(
		done.error,
		`${fix} The customer ${buyer.id} was created and stays; a repeated run finds them.`,
	);
}

function has(text: unknown): boolean {
	return String(text ?? '').trim() !== '';
}

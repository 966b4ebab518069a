import type { IDataObject } from 'n8n-workflow';

import type { ToolCustomer } from './shopTools';
import type { Work } from './tool';
import { InputError, NotFoundError } from '../protocol/errors';
import { settled } from '../protocol/settled';

/** One text for "there is none" and "it is somebody else's": telling them apart would tell on others. */
export const NOT_YOURS =
	'Nothing fits this number and e-mail address. Ask the customer to check both on the confirmation mail.';

interface LookUp {
	history?: boolean;
	brief?: boolean;
	email?: string | undefined;
}

/** Orders called so; in customer mode only those of the customer. Throws `NotFoundError`. */
export async function ordersNamed<R>(
	work: Work<R>,
	name: string,
	{ history = false, brief = false, email = work.email }: LookUp = {},
): Promise<IDataObject[]> {
	const { shop, tools, settings } = work;
	const options = { language: settings.language, history, brief };
	return await hidden(
		work,
		async () =>
			await tools.orders(shop, name, { ...options, ...(email !== undefined && { email }) }),
	);
}

/** The same; none where there is none. */
export async function ordersNamedIfAny<R>(
	work: Work<R>,
	name: string,
	email: string | undefined,
): Promise<IDataObject[]> {
	const found = await settled(async () => await ordersNamed(work, name, { email }));
	if (found.ok) return found.value;
	if (found.error instanceof NotFoundError) return [];
	throw found.error;
}

/** The customer called so. Throws `NotFoundError`. */
export async function customerNamed<R>(
	work: Work<R>,
	name: string,
	withOrders: boolean,
): Promise<ToolCustomer> {
	return await hidden(work, async () => await work.tools.customer(work.shop, name, withOrders));
}

async function hidden<R, T>({ email }: Work<R>, look: () => Promise<T>): Promise<T> {
	const found = await settled(look);
	if (found.ok) return found.value;
	if (email === undefined || !(found.error instanceof InputError)) throw found.error;
	throw new NotFoundError(NOT_YOURS);
}

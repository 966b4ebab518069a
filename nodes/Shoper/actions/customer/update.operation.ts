import { InputError } from '../../../shared/protocol/errors';
import { simplify, updateOptions } from '../../../shared/actions/fields';
import { recordId } from '../../../shared/text/recordId';
import type { ShoperRecord } from '../../api/codec';
import { customerUpdateFields, otherFields } from '../../customers/fields';
import { customerNamed, customersWithEmail, viewCustomer } from '../../customers/view';
import { customerId } from '../../pickers/locators';
import { namedValues, somethingNamed } from '../../../shared/writing/namedValues';
import { checkNames } from '../../writing/fieldNames';
import { operation } from '../operation';
import { emailAddress } from '../../api/input';
import { updateReport } from '../../../shared/writing/update';
import { updateRecord } from '../../writing/update';

/** Fields of customers that are written in another form than they are read in, or never. */
export const CUSTOMER_RULES = {
	writeOnly: ['password'],
	refused: {
		user_id: 'It names the record.',
		date_add: 'The shop sets it by itself.',
		lastvisit: 'The shop sets it by itself.',
		registered: 'Whether somebody has an account is up to the shop.',
	},
};

/** Shortest password the shop takes (Shoper REST reference 6.5). */
const SHORTEST_PASSWORD = 12;

export const updateCustomer = operation({
	value: 'update',
	name: 'Update',
	action: 'Update a customer',
	description:
		'Change name, email, note or other fields of a customer. Every field that is not named stays as it is.',
	needs: ['users GET', 'users PUT'],
	items: 'oneByOne',
	fields: [customerId, customerUpdateFields, otherFields, simplify, updateOptions],
	run: async (shop, { customerId: locator, simplify: simple, options, ...values }) => {
		const named = checkedFields(
			somethingNamed(namedValues(values.updateFields, { otherFields: values.otherFields })),
		);
		const user = await customerNamed(shop, locator);
		checkNames('A customer', named, user, CUSTOMER_RULES);
		const id = String(user.user_id);
		if (named.email !== undefined) {
			const others = await customersWithEmail(shop, String(named.email));
			const taken = others.find(({ user_id }) => String(user_id) !== id);
			if (taken) throw emailTaken(String(named.email), String(taken.user_id));
		}
		const updated = await updateRecord(shop, 'users', id, named, {
			...options,
			unshown: CUSTOMER_RULES.writeOnly,
		});
		const report = updateReport({ ...updated, changed: masked(updated.changed) });
		return { ...(await viewCustomer(shop, updated.record, simple)), ...report };
	},
});

/** A password must not come back in the report of what changed. */
function masked<T>(changed: Record<string, T>): Record<string, T> {
	return Object.fromEntries(Object.entries(changed).filter(([field]) => field !== 'password'));
}

/** The fields as the API's own types have them. Throws `InputError` for what the shop would misread. */
export function checkedFields(named: ShoperRecord): ShoperRecord {
	const { discount, email, group_id: group } = named;
	checkPassword(named.password);
	if (email !== undefined) emailAddress(String(email));
	const isNumber = /^\d+(\.\d+)?$/.test(String(discount));
	if (typeof discount === 'string' && discount !== '' && !isNumber) {
		throw new InputError(
			`"Discount" is "${discount}".`,
			'Enter a number with a decimal point, such as 5.50.',
		);
	}
	return {
		...named,
		...(isNumber && { discount: Number(discount) }),
		...(typeof group === 'string' &&
			group !== '' && { group_id: Number(recordId(group, 'Group ID')) }),
	};
}

/** Throws `InputError` for a password the shop would refuse. */
function checkPassword(password: unknown): void {
	if (password === undefined || password === '') return;
	if (String(password).length >= SHORTEST_PASSWORD) return;
	throw new InputError(
		'"Password" is too short.',
		`Shoper wants at least ${SHORTEST_PASSWORD} characters.`,
	);
}

/** The shop would refuse it in its own words, which name no ID. */
export function emailTaken(email: string, id: string): InputError {
	return new InputError(
		`The email "${email}" already belongs to the customer with the ID ${id}.`,
		'Work with that customer, or use another email.',
	);
}

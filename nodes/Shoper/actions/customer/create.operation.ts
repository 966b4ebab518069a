import { simplify } from '../../../shared/fields';
import type { ShoperRecord } from '../../codec';
import { createRecord } from '../../create';
import { customerUpdateFields, otherFields, writeOptions } from '../../customerFields';
import { customersWithEmail, viewCustomer } from '../../customers';
import { single } from '../../join';
import { namedValues } from '../../namedValues';
import { operation } from '../../operation';
import { is, sameText } from '../../query';
import { emailAddress } from '../../recordNames';
import { withoutSecrets } from '../../secrets';
import { checkPassword, emailTaken } from './update.operation';

export const createCustomer = operation({
	value: 'create',
	name: 'Create',
	action: 'Create a customer',
	description:
		'Create a customer. An email belongs to one customer: one that is known already is refused.',
	needs: ['users GET', 'users POST'],
	items: 'oneByOne',
	fields: [
		{
			displayName: 'Email',
			name: 'email',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. name@example.com',
		},
		{ displayName: 'First Name', name: 'firstname', type: 'string', default: '', required: true },
		{ displayName: 'Last Name', name: 'lastname', type: 'string', default: '', required: true },
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'At least 12 characters. Empty: the customer gets none from here.',
		},
		{
			...customerUpdateFields,
			displayName: 'Additional Fields',
			name: 'additionalFields' as const,
		},
		otherFields,
		simplify,
		writeOptions,
	],
	run: async (shop, { email: typed, firstname, lastname, password, ...values }) => {
		const email = emailAddress(typed);
		const named = namedValues(
			{ ...values.additionalFields, email, firstname, lastname },
			values.otherFields,
			'Additional Fields',
		);
		checkPassword(password);
		const record: ShoperRecord = {
			active: true,
			...named,
			...(password !== '' && { password }),
		};
		const [taken] = await customersWithEmail(shop, email);
		if (taken) throw emailTaken(email, String(taken.user_id));
		if (values.options.dryRun === true) {
			return { ...withoutSecrets(record), created: false, reason: 'dry run' };
		}
		const { id, warning } = await createRecord(shop, 'users', record, {
			where: [is('email', email)],
			isIt: (user) => sameText(String(user.email), email),
		});
		const created = await single(shop, 'users', id);
		return {
			...(created ? await viewCustomer(shop, created, values.simplify) : { id, email }),
			created: true,
			...(warning !== undefined && { warning }),
		};
	},
});

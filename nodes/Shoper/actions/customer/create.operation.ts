import { simplify, writeOptions } from '../../../shared/actions/fields';
import { single } from '../../../shared/reading/records';
import { sameText } from '../../../shared/text/sameText';
import type { ShoperRecord } from '../../api/codec';
import { showCreated } from '../../../shared/writing/create';
import { createRecord } from '../../writing/create';
import { customerAdditionalFields, otherFields } from '../../customers/fields';
import { customersWithEmail, viewCustomer } from '../../customers/view';
import { namedValues } from '../../../shared/writing/namedValues';
import { operation } from '../operation';
import { is } from '../../api/conditions';
import { emailAddress } from '../../api/input';
import { withoutSecrets } from '../../api/secrets';
import { checkedFields, emailTaken } from './update.operation';

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
		customerAdditionalFields,
		otherFields,
		simplify,
		writeOptions,
	],
	run: async (shop, { email: typed, firstname, lastname, password, ...values }) => {
		const email = emailAddress(typed);
		const named = namedValues(
			{ ...values.additionalFields, email, firstname, lastname },
			{ label: 'Additional Fields', otherFields: values.otherFields },
		);
		const record: ShoperRecord = {
			active: true,
			...checkedFields({ ...named, ...(password !== '' && { password }) }),
		};
		const [taken] = await customersWithEmail(shop, email);
		if (taken) throw emailTaken(email, String(taken.user_id));
		if (values.options.dryRun === true) {
			return { ...withoutSecrets(record), created: false, reason: 'dry run' };
		}
		const created = await createRecord(shop, 'users', record, {
			where: [is('email', email)],
			isIt: (user) => sameText(String(user.email), email),
		});
		return await showCreated(created, async () => {
			const user = await single(shop, 'users', created.id);
			return user && (await viewCustomer(shop, user, values.simplify));
		});
	},
});

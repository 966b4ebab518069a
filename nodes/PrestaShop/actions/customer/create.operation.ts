import { randomBytes } from 'crypto';
import type { IDataObject } from 'n8n-workflow';

import { otherFields } from '../../writing/fields';
import { InputError } from '../../../shared/protocol/errors';
import { simplify, updateOptions } from '../../../shared/actions/fields';
import { sameText } from '../../../shared/text/sameText';
import type { PrestaShopRecord } from '../../api/records';
import { createRecord } from '../../writing/create';
import { customerUpdateFields } from '../../customers/fields';
import { customersWithEmail, viewCustomer } from '../../customers/view';
import { keyRights } from '../../api/keyRights';
import { namedValues } from '../../../shared/writing/namedValues';
import { operation } from '../operation';
import { resolveChanges } from '../../writing/recordChanges';
import { withoutSecrets } from '../../api/secrets';
import { writeProfileOf } from '../../writing/writeProfiles';

/** The group "Customer" of every fresh shop; without a group the account would belong to none (section 4.5). */
const CUSTOMER_GROUP = '3';

/** Shortest password that every version takes. */
const SHORTEST_PASSWORD = 8;

export const createCustomer = operation({
	value: 'create',
	name: 'Create',
	action: 'Create a customer',
	description: 'Create an active customer account. The shop sends no email about it.',
	needs: ['customers GET', 'customers POST'],
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
			description:
				'Empty: a random one that nobody knows; the customer sets a new one with "Forgot your password?"',
		},
		{
			...customerUpdateFields,
			displayName: 'Additional Fields',
			name: 'additionalFields' as const,
		},
		otherFields,
		simplify,
		updateOptions,
	],
	run: async (shop, values) => {
		const { email, firstname, lastname, options, additionalFields } = values;
		const named = namedValues(
			{ ...additionalFields, email, firstname, lastname },
			{ label: 'Additional Fields', otherFields: values.otherFields },
		);
		const profile = writeProfileOf('customers');
		const { generation } = await keyRights(shop);
		const template = Object.fromEntries(
			[...Object.keys(profile.rules), 'website', 'siret', 'ape'].map((field) => [field, '']),
		);
		const { next } = await resolveChanges(shop, profile, template, named, generation);
		const [taken] = (await customersWithEmail(shop, email)).filter((each) => each.is_guest !== '1');
		if (taken) {
			throw new InputError(
				`The email "${email}" already belongs to the customer with the ID ${taken.id ?? ''}.`,
				'Update that customer instead.',
			);
		}
		const group = String(next.id_default_group ?? CUSTOMER_GROUP);
		const record: PrestaShopRecord = {
			passwd: passwordOf(values.password),
			active: '1',
			...next,
			id_default_group: group,
			associations: { groups: [{ id: group }], ...next.associations },
		};
		if (options.dryRun === true) {
			return { ...withoutSecrets(record), created: false, reason: 'dry run' } as IDataObject;
		}
		const created = await createRecord(shop, 'customers', 'customer', record, {
			fields: ['email', 'is_guest'],
			isIt: (each) => sameText(String(each.email), email) && each.is_guest !== '1',
		});
		const view = { simplify: values.simplify, secrets: false };
		return {
			...(await viewCustomer(shop, created.record, view)),
			created: true,
			...(created.warning !== undefined && { warning: created.warning }),
		};
	},
});

function passwordOf(password: string): string {
	if (password === '') return randomBytes(24).toString('base64url');
	if (password.length >= SHORTEST_PASSWORD) return password;
	throw new InputError(
		'"Password" is too short.',
		`Enter at least ${SHORTEST_PASSWORD} characters, or leave it empty.`,
	);
}

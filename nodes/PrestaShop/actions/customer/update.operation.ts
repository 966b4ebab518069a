import { otherFields } from '../../writing/fields';
import { InputError } from '../../../shared/protocol/errors';
import { simplify, updateOptions } from '../../../shared/actions/fields';
import { customerUpdateFields } from '../../customers/fields';
import { customerNamed, customersWithEmail, viewCustomer } from '../../customers/view';
import { customerId } from '../../pickers/locators';
import { namedValues, somethingNamed } from '../../../shared/writing/namedValues';
import { operation } from '../operation';
import { updateRecords } from '../../writing/updateMany';
import { updateReport } from '../../../shared/writing/update';

export const updateCustomer = operation({
	value: 'update',
	name: 'Update',
	action: 'Update a customer',
	description:
		'Change name, email, note or other fields of a customer. Password, keys, groups and dates stay as they are.',
	needs: ['customers GET', 'customers PUT|PATCH'],
	items: 'together',
	fields: [customerId, customerUpdateFields, otherFields, simplify, updateOptions],
	run: async (shop, { customerId: locator, simplify: simple, options, ...values }, item) => {
		const named = somethingNamed(
			namedValues(values.updateFields, { otherFields: values.otherFields }),
		);
		const customer = await customerNamed(shop, locator);
		const id = customer.id ?? '';
		if (typeof named.email === 'string') {
			// Older versions accept a second account with the same email.
			const others = await customersWithEmail(shop, named.email);
			const taken = others.find((each) => each.id !== id && each.is_guest !== '1');
			const given = await shop.once('emails given', async () => new Map<string, string>());
			const key = named.email.trim().toLowerCase();
			const owner = taken?.id ?? given.get(key) ?? id;
			if (owner !== id && customer.is_guest !== '1') {
				throw new InputError(
					`The email "${named.email}" already belongs to the customer with the ID ${owner}.`,
					'Use another email.',
				);
			}
			if (customer.is_guest !== '1') given.set(key, id);
		}
		const updated = await item.together(updateRecords, {
			resource: 'customers',
			id,
			named,
			options,
		});
		const view = { simplify: simple, secrets: false };
		return { ...(await viewCustomer(shop, updated.record, view)), ...updateReport(updated) };
	},
});

import type { INodeProperties } from 'n8n-workflow';

import { flag, id, text, time } from '../../shared/output/recordShape';

import { InputError } from '../../shared/protocol/errors';
import type { Resource } from '../../shared/actions/operation';
import { notFound } from '../../shared/reading/records';
import { recordId } from '../../shared/text/recordId';
import type { PrestaShopRecord } from '../api/records';
import { byId, ifPermitted } from '../api/reads';
import type { PrestaShopShop } from '../api/reads';
import { idFilter, partFilter, simpleReads } from './readOnlyResources';
import type { SimpleRead } from './readOnlyResources';
import { createOne, updateOne } from './writableResources';
import type { SimpleWrite } from './writableResources';

const read: SimpleRead = {
	value: 'address',
	name: 'Address',
	one: 'an address',
	many: 'addresses',
	holds: 'addresses of customers, brands and suppliers',
	path: 'addresses',
	idName: 'addressId',
	picker: 'searchAddresses',
	order: 'newest',
	keepsDeleted: true,
	timed: true,
	filters: [
		partFilter(
			{
				displayName: 'City',
				name: 'city',
				type: 'string',
				default: '',
				description: 'Part of the city',
			},
			'city',
		),
		idFilter(
			{ displayName: 'Customer ID', name: 'customerId', type: 'string', default: '' },
			'id_customer',
		),
	],
	shape: {
		customerId: id('id_customer'),
		alias: text('alias'),
		firstName: text('firstname'),
		lastName: text('lastname'),
		company: text('company'),
		street: text('address1'),
		street2: text('address2'),
		postcode: text('postcode'),
		city: text('city'),
		stateId: id('id_state'),
		countryId: id('id_country'),
		phone: text('phone'),
		mobilePhone: text('phone_mobile'),
		vatNumber: text('vat_number'),
		note: text('other'),
		deleted: flag('deleted'),
		createdAt: time('date_add'),
		updatedAt: time('date_upd'),
	},
};

const plain = (displayName: string, name: string): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: '',
});

/** The shop makes addresses in countries that are switched off, and then no order with them (recorded exchange 791). */
async function check(
	shop: PrestaShopShop,
	values: Readonly<Record<string, unknown>>,
): Promise<Record<string, unknown>> {
	const { id_country: country } = values;
	if (country === undefined) return { ...values };
	const id = recordId(String(country), 'Country ID');
	const found = await ifPermitted(shop, 'country', 'countries', [], async () => ({
		record: await byId(shop, 'countries', id),
	}));
	if (found && !found.record) throw notFound('country with the ID', id);
	if (found?.record?.active === '0') {
		throw new InputError(
			`The country ${String(found.record.iso_code)} is switched off in the shop.`,
			'Activate it in the shop.',
		);
	}
	return { ...values, id_country: id };
}

const write: SimpleWrite = {
	read,
	node: 'address',
	required: [
		{ ...plain('Customer ID', 'id_customer'), required: true },
		{ ...plain('Country ID', 'id_country'), required: true },
		{ ...plain('First Name', 'firstname'), required: true },
		{ ...plain('Last Name', 'lastname'), required: true },
		{ ...plain('Address', 'address1'), required: true },
		{ ...plain('City', 'city'), required: true },
	],
	optional: [
		plain('Address (Line 2)', 'address2'),
		{
			...plain('Alias', 'alias'),
			description: 'What the address is called in the account of the customer',
		},
		plain('Company', 'company'),
		plain('Identification Number', 'dni'),
		plain('Mobile Phone', 'phone_mobile'),
		plain('Note', 'other'),
		plain('Phone', 'phone'),
		plain('Postcode', 'postcode'),
		plain('State ID', 'id_state'),
		plain('VAT Number', 'vat_number'),
	],
	defaults: { alias: 'Address' },
	recognisedBy: ['id_customer', 'firstname', 'lastname', 'address1', 'city'],
	isPlain: true,
	check,
	uses: ['countries GET'],
};

export const address: Resource<PrestaShopRecord> = {
	...simpleReads(read),
	operations: [createOne(write), ...simpleReads(read).operations, updateOne(write)],
};

import { flag, id, text, time } from '../../shared/output/recordShape';

import { idFilter, partFilter, simpleReads } from './readOnlyResources';

export const address = simpleReads({
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
});

import type { IDataObject } from 'n8n-workflow';

import {
	dryRun,
	limit,
	maxOutputCharacters,
	onlyIfChanged,
	returnAll,
	simplify,
	wanted,
} from '../../shared/fields';
import { InputError } from '../../shared/errors';
import type { Resource } from '../../shared/operation';
import { recordId } from '../../shared/recordId';
import type { ShoperRecord } from '../codec';
import { zoneOf } from '../join';
import { operation } from '../operation';
import { anyOf, listing } from '../query';
import { recordIds } from '../recordNames';
import { simplifyParcel } from '../simplify';
import { updateRecord, updateReport } from '../update';
import { createParcel } from './parcel/create.operation';

export const parcel: Resource<ShoperRecord> = {
	value: 'parcel',
	name: 'Parcel',
	operations: [
		operation({
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many parcels',
			description: 'Retrieve many parcels with their tracking numbers, the newest first',
			needs: ['parcels GET'],
			items: 'together',
			fields: [
				returnAll,
				limit,
				{
					displayName: 'Filters',
					name: 'filters',
					type: 'collection',
					placeholder: 'Add filter',
					default: {},
					options: [
						{
							displayName: 'Order ID',
							name: 'orderId',
							type: 'string',
							default: '',
							description: 'Several IDs may be separated by commas',
						},
					],
				},
				simplify,
				{
					displayName: 'Options',
					name: 'options',
					type: 'collection',
					placeholder: 'Add option',
					default: {},
					options: [maxOutputCharacters],
				},
			],
			run: async (shop, { filters, simplify: simple, ...values }) => {
				const count = wanted(values);
				const ids =
					filters.orderId === undefined ? [] : recordIds(filters.orderId, 'Order ID').map(Number);
				const where = ids.length === 0 ? [] : [anyOf('order_id', ids)];
				const parcels = await shop.list(
					listing({ resource: 'parcels', where, order: 'newest', limit: count }),
					count,
				);
				if (!simple) return parcels;
				const zone = await zoneOf(shop);
				return parcels.map((each): IDataObject => ({ ...simplifyParcel(each, zone) }));
			},
		}),
		createParcel,
		operation({
			value: 'update',
			name: 'Update',
			action: 'Update a parcel',
			description:
				'Change the tracking number of a parcel, or mark it as sent. Sending can move the order to the status set in the shop and mail the customer. Of a sent parcel only the tracking number can be changed.',
			needs: ['parcels GET', 'parcels PUT'],
			items: 'oneByOne',
			fields: [
				{
					displayName: 'Parcel ID',
					name: 'parcelId',
					type: 'string',
					default: '',
					required: true,
					placeholder: 'e.g. 12',
				},
				{
					displayName: 'Update Fields',
					name: 'updateFields',
					type: 'collection',
					placeholder: 'Add field',
					default: {},
					options: [
						{
							displayName: 'Note',
							name: 'notes',
							type: 'string',
							default: '',
						},
						{
							displayName: 'Sent',
							name: 'sent',
							type: 'boolean',
							default: true,
							description: 'Whether the parcel has been sent',
						},
						{
							displayName: 'Tracking Number',
							name: 'shipping_code',
							type: 'string',
							default: '',
						},
					],
				},
				simplify,
				{
					displayName: 'Options',
					name: 'options',
					type: 'collection',
					placeholder: 'Add option',
					default: {},
					options: [dryRun, onlyIfChanged],
				},
			],
			run: async (shop, { parcelId, updateFields, simplify: simple, options }) => {
				if (Object.keys(updateFields).length === 0) {
					throw new InputError(
						'"Update Fields" names nothing to change.',
						'Add at least one field.',
					);
				}
				const id = recordId(parcelId, 'Parcel ID');
				const updated = await updateRecord(shop, 'parcels', id, { ...updateFields }, options);
				const shown = simple
					? { ...simplifyParcel(updated.record, await zoneOf(shop)) }
					: updated.record;
				return { ...shown, ...updateReport(updated) };
			},
		}),
	],
};

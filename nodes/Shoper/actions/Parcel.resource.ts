import type { IDataObject } from 'n8n-workflow';

import { verifyOwner } from '../orders/find';
import { InputError } from '../../shared/protocol/errors';
import {
	filtersField,
	guardedOptions,
	limit,
	returnAll,
	simplify,
	updateOptions,
	wanted,
} from '../../shared/actions/fields';
import type { Resource } from '../../shared/actions/operation';
import { recordId } from '../../shared/text/recordId';
import type { ShoperRecord } from '../api/codec';
import { zoneOf } from '../api/reads';
import { namedValues, somethingNamed } from '../../shared/writing/namedValues';
import { operation } from './operation';
import { anyOf } from '../api/conditions';
import { chunk, listing } from '../api/query';
import { recordIds } from '../api/input';
import { simplifyParcel } from '../orders/simplify';
import { updateReport } from '../../shared/writing/update';
import { updateRecord } from '../writing/update';
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
				filtersField([
					{
						displayName: 'Order ID',
						name: 'orderId',
						type: 'string',
						default: '',
						description: 'Several IDs may be separated by commas',
					},
				]),
				simplify,
				guardedOptions,
			],
			run: async (shop, { filters, simplify: simple, options, ...values }) => {
				const count = wanted(values);
				if (options.verifyEmail !== undefined && filters.orderId === undefined) {
					throw new InputError(
						'"Verify Email" cannot be checked for the parcels of all orders.',
						'Add the filter "Order ID".',
					);
				}
				await verifyOwner(shop, filters.orderId ?? '', options.verifyEmail);
				const ids = filters.orderId === undefined ? [] : recordIds(filters.orderId, 'Order ID');
				// As many orders as one address holds; one part without any order means all of them.
				const parts = ids.length === 0 ? [[]] : chunk(ids);
				const found = await Promise.all(
					parts.map(async (part) => {
						const where = part.length === 0 ? [] : [anyOf('order_id', part.map(Number))];
						const list = listing({ resource: 'parcels', where, order: 'newest', limit: count });
						return await shop.list(list, count, 'leaveOut');
					}),
				);
				const parcels = found
					.flat()
					.sort((a, b) => Number(b.parcel_id) - Number(a.parcel_id))
					.slice(0, count);
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
				updateOptions,
			],
			run: async (shop, { parcelId, updateFields, simplify: simple, options }) => {
				const named = somethingNamed(namedValues(updateFields));
				const id = recordId(parcelId, 'Parcel ID');
				const updated = await updateRecord(shop, 'parcels', id, named, options);
				const shown = simple
					? { ...simplifyParcel(updated.record, await zoneOf(shop)) }
					: updated.record;
				return { ...shown, ...updateReport(updated) };
			},
		}),
	],
};

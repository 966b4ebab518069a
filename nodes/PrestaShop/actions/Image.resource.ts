import type { IDataObject } from 'n8n-workflow';

import { limit, returnAll, wanted, writeOptions } from '../../shared/actions/fields';
import type { Resource } from '../../shared/actions/operation';
import { deleteOnce } from '../../shared/writing/delete';
import { recordId } from '../../shared/text/recordId';
import type { PrestaShopRecord } from '../api/records';

import {
	checkedImage,
	imageId,
	imagePath,
	imageRecordId,
	imagesOfAll,
	imagesOfProduct,
	placeOf,
	recordType,
	sending,
} from '../images/images';
import { operation } from './operation';

import { downloadImage } from './image/download.operation';
import { inputField, sendingOptions } from './image/fields';
import { uploadImage } from './image/upload.operation';

export const image: Resource<PrestaShopRecord> = {
	value: 'image',
	name: 'Image',
	operations: [
		operation({
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many images',
			description:
				'Retrieve many images of products with their IDs, or the IDs of all categories, manufacturers, suppliers or stores that have an image',
			needs: ['images GET'],
			uses: ['products GET'],
			items: 'together',
			fields: [
				recordType,
				{
					displayName: 'Record ID',
					name: 'recordId',
					type: 'string',
					default: '',
					placeholder: 'e.g. 12',
					description: 'Only images of this record. Empty: of all records.',
				},
				returnAll,
				limit,
			],
			run: async (shop, { recordType: type, recordId: record, ...values }) => {
				const count = wanted(values);
				const only = record === '' ? undefined : recordId(record, 'Record ID');
				const images =
					only !== undefined && type === 'product'
						? await imagesOfProduct(shop, only)
						: await imagesOfAll(shop, type, count);
				return images
					.filter((each) => only === undefined || each.recordId === only)
					.slice(0, count)
					.map((each): IDataObject => ({ ...each }));
			},
		}),
		downloadImage,
		uploadImage,
		operation({
			value: 'replace',
			name: 'Replace',
			action: 'Replace an image',
			description: 'Put another file in the place of an image; its ID stays the same',
			needs: ['images PUT'],
			items: 'oneByOne',
			fields: [recordType, imageRecordId, imageId, inputField, sendingOptions],
			run: async (shop, { recordType: type, recordId: record, options, ...values }, item) => {
				const { dryRun: dry = false, maxFileSize = 2 } = options;
				const place = placeOf(type, record, values.imageId);
				const file = checkedImage(await item.file(values.binaryPropertyName), maxFileSize);
				if (!dry) await shop.send(sending(place, file, true));
				const { fileName, mimeType, bytes } = file;
				return {
					id: place.imageId,
					recordType: place.recordType,
					recordId: place.recordId,
					fileName,
					fileSize: bytes.length,
					mimeType,
					replaced: !dry,
					...(dry && { dryRun: true }),
				};
			},
		}),
		operation({
			value: 'delete',
			name: 'Delete',
			action: 'Delete an image',
			description: 'Delete an image of a product, category, … for good',
			needs: ['images DELETE'],
			uses: ['images GET', 'products GET'],
			items: 'oneByOne',
			fields: [recordType, imageRecordId, imageId, writeOptions],
			run: async (shop, { recordType: type, recordId: record, imageId: named, options }) => {
				const place = placeOf(type, record, named);
				const result = { id: place.imageId, recordType: type, recordId: place.recordId };
				if (options.dryRun) return { ...result, deleted: false, dryRun: true };
				const send = async () => await shop.send({ method: 'DELETE', path: imagePath(place) });
				if (type !== 'product') {
					// Whether such a record has an image cannot be listed.
					await send();
					return { ...result, deleted: true };
				}
				const isGone = async () => {
					shop.forget();
					const left = await imagesOfProduct(shop, place.recordId);
					return !left.some(({ id }) => id === place.imageId);
				};
				return { ...result, ...(await deleteOnce({ noun: 'image', send, isGone })) };
			},
		}),
	],
};

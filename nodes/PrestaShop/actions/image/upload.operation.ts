import type { IDataObject } from 'n8n-workflow';

import { ShopError } from '../../../shared/http/errors';
import { settled } from '../../../shared/protocol/settled';
import { decodeRecords } from '../../api/codec';
import type { PrestaShopRecord } from '../../api/codec';
import {
	checkedImage,
	imageRecordId,
	imagesOfProduct,
	placeOf,
	recordType,
	sending,
} from '../../images/images';
import type { CheckedImage, ImageEntry, ImagePlace } from '../../images/images';
import type { PrestaShopShop } from '../../api/reads';
import { operation } from '../operation';
import { didNotAnswerClearly } from '../../writing/update';
import { inputField, sendingOptions } from './fields';

/** Adds an image. Never repeated: a lost answer must not put the same image into a product twice. */
export const uploadImage = operation({
	value: 'upload',
	name: 'Upload',
	action: 'Upload an image',
	description:
		'Add an image to a product, or give a category, manufacturer, supplier or store its image. The first image of a product becomes its cover.',
	needs: ['images POST'],
	uses: ['images GET', 'products GET'],
	items: 'oneByOne',
	fields: [recordType, imageRecordId, inputField, sendingOptions],
	run: async (shop, { recordType: type, recordId, binaryPropertyName, options }, item) => {
		const { dryRun = false, maxFileSize = 2 } = options;
		const place = placeOf(type, recordId, undefined);
		const image = checkedImage(await item.file(binaryPropertyName), maxFileSize);
		const about = {
			recordType: place.recordType,
			recordId: place.recordId,
			fileName: image.fileName,
			fileSize: image.bytes.length,
			mimeType: image.mimeType,
		};
		// Also tells early that there is no such product, which the shop answers in odd ways.
		const before =
			place.recordType === 'product' ? await imagesOfProduct(shop, place.recordId) : [];
		if (dryRun) return { id: null, ...about, uploaded: false, dryRun: true };
		return { ...about, uploaded: true, ...(await upload(shop, place, image, before)) };
	},
});

async function upload(
	shop: PrestaShopShop,
	place: ImagePlace,
	image: CheckedImage,
	before: readonly ImageEntry[],
): Promise<IDataObject> {
	const result = await settled(async () => {
		const reply = await shop.send(sending(place, image, false));
		return place.recordType === 'product' ? decodeRecords(reply.text)[0] : undefined;
	});
	if (result.ok) return resultOf(result.value);
	const { error } = result;
	if (!didNotAnswerClearly(error) || place.recordType !== 'product') throw error;
	shop.forget();
	const looked = await settled(async () => await imagesOfProduct(shop, place.recordId));
	const known = before.map(({ id }) => id);
	const added = looked.ok ? looked.value.find(({ id }) => !known.includes(id)) : undefined;
	if (added) {
		return {
			id: added.id,
			cover: added.cover,
			warning: `The shop answered with an error (${error.explanation.reason}) but did add the image. Do not repeat this.`,
		};
	}
	const { failure, call, explanation } = error;
	throw new ShopError(failure, call, {
		...explanation,
		fix: looked.ok
			? 'The image was not added when the node looked; check the product before you repeat this.'
			: 'It is not known whether the image was added: looking at the product failed as well. Check it before you repeat this.',
	});
}

function resultOf(record: PrestaShopRecord | undefined): IDataObject {
	if (!record) return { id: null };
	return {
		id: record.id ?? null,
		cover: record.cover === '1',
		position: Number(record.position),
	};
}

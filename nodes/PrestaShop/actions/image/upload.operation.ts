import type { IDataObject } from 'n8n-workflow';

import { numberOrNull } from '../../../shared/output/orderShape';
import { flagOf } from '../../../shared/output/recordShape';
import { lookAgain } from '../../../shared/writing/create';
import { doneAnyway, notKnown, sendOnce, withAdvice } from '../../../shared/writing/outcome';
import type { PrestaShopRecord } from '../../api/records';
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
	const { answer, unclear } = await sendOnce(async () => {
		const call = sending(place, image, false);
		if (place.recordType === 'product') return (await shop.records(call))[0];
		await shop.send(call);
		return undefined;
	});
	if (!unclear) return resultOf(answer);
	if (place.recordType !== 'product') throw unclear;
	const known = before.map(({ id }) => id);
	const looked = await lookAgain(unclear, async () => {
		shop.forget();
		const images = await imagesOfProduct(shop, place.recordId);
		return images.filter(({ id }) => !known.includes(id));
	});
	if (!looked.ok) throw notKnown(unclear, 'the image was added');
	const [added] = looked.value;
	if (added) {
		const warning = doneAnyway(unclear, 'did add the image');
		return { id: added.id, cover: added.cover, warning };
	}
	throw withAdvice(
		unclear,
		'The image was not added when the node looked, but the shop may still be at work. Check the product before you repeat this.',
	);
}

function resultOf(record: PrestaShopRecord | undefined): IDataObject {
	if (!record) return { id: null };
	return {
		id: record.id ?? null,
		cover: flagOf(record.cover),
		position: numberOrNull(record.position),
	};
}

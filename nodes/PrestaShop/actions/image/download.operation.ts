import { optionsField } from '../../../shared/actions/fields';
import { InputError } from '../../../shared/protocol/errors';
import { OutputFile, pictureKind } from '../../../shared/actions/files';
import { notFound } from '../../../shared/reading/records';
import {
	imagePath,
	imageRecordId,
	imagesOfProduct,
	placeOf,
	recordType,
} from '../../images/images';
import { operation } from '../operation';
import { outputField } from './fields';

/** Names of sizes, such as `large_default`: nothing that could lead out of the folder. */
const SIZE = /^[\w-]*$/;

export const downloadImage = operation({
	value: 'download',
	name: 'Download',
	action: 'Download an image',
	description: 'Get an image of a product, category, … as a file',
	needs: ['images GET'],
	uses: ['products GET'],
	findsOne: true,
	items: 'together',
	fields: [
		recordType,
		imageRecordId,
		{
			displayName: 'Image ID',
			name: 'imageId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 24',
			displayOptions: { show: { recordType: ['product'] } },
			description: "ID of the image among those of the product. Empty: the product's cover.",
		},
		outputField,
		optionsField([
			{
				displayName: 'Size',
				name: 'size',
				type: 'string',
				default: '',
				placeholder: 'e.g. large_default',
				description: 'Name of an image type of the shop. Empty: the image as it was uploaded.',
			},
		]),
	],
	run: async (shop, { recordType: type, recordId, imageId, binaryPropertyName, options }) => {
		const { size = '' } = options;
		if (!SIZE.test(size)) {
			throw new InputError(`"Size" is "${size}".`, 'Enter the name of an image type.');
		}
		const named = placeOf(type, recordId, imageId === '' ? undefined : imageId);
		const place =
			named.recordType === 'product' && named.imageId === null
				? { ...named, imageId: await coverOf(shop, named.recordId) }
				: named;
		const { bytes, headers } = await shop.send({
			method: 'GET',
			path: imagePath(place, size),
			answer: 'file',
		});
		if (!bytes) throw notFound(`image of the ${place.recordType}`, place.recordId);
		const kind = pictureKind(bytes);
		const mimeType = kind?.mimeType ?? headers['content-type'] ?? 'application/octet-stream';
		const parts = [place.recordType, place.recordId, place.imageId, size];
		const stem = parts.filter((part) => part !== null && part !== '').join('-');
		const fileName = kind ? `${stem}.${kind.extension}` : stem;
		return new OutputFile(
			{
				id: place.imageId,
				recordType: place.recordType,
				recordId: place.recordId,
				size: size === '' ? null : size,
				fileName,
				fileSize: bytes.length,
				mimeType,
			},
			{ property: binaryPropertyName, bytes, fileName, mimeType },
		);
	},
});

async function coverOf(
	shop: Parameters<typeof imagesOfProduct>[0],
	productId: string,
): Promise<string | null> {
	const images = await imagesOfProduct(shop, productId);
	const image = images.find(({ cover }) => cover) ?? images[0];
	if (image) return image.id;
	throw notFound('image of the product', productId);
}

import { InputError, ShopError } from '../../shared/protocol/errors';
import type { InputFile } from '../../shared/actions/files';
import { multipartFile, pictureKind } from '../../shared/actions/files';
import { field } from '../../shared/actions/operation';
import { idOrNull } from '../../shared/output/orderShape';
import { settled } from '../../shared/protocol/settled';
import type { Call } from '../../shared/protocol/call';
import { recordId } from '../../shared/text/recordId';
import { notFound } from '../../shared/reading/records';
import { decode } from '../api/codec';
import type { PrestaShopRecord } from '../api/records';
import { ifPermitted } from '../api/reads';
import type { PrestaShopShop } from '../api/reads';
import { listing, lookup } from '../api/query';

/** Folders of the resource `images` (section 5.10), by the values of `recordType`. */
const FOLDERS: Readonly<Record<string, string>> = {
	category: 'categories',
	manufacturer: 'manufacturers',
	product: 'products',
	store: 'stores',
	supplier: 'suppliers',
};

export const recordType = field({
	displayName: 'Record Type',
	name: 'recordType',
	type: 'options',
	default: 'product',
	description: 'What the image belongs to. Products have several images, all others one.',
	options: [
		{ name: 'Category', value: 'category' },
		{ name: 'Manufacturer', value: 'manufacturer' },
		{ name: 'Product', value: 'product' },
		{ name: 'Store', value: 'store' },
		{ name: 'Supplier', value: 'supplier' },
	],
});

export const imageRecordId = field({
	displayName: 'Record ID',
	name: 'recordId',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. 12',
	description: 'ID of the product, category, … that the image belongs to',
});

export const imageId = field({
	displayName: 'Image ID',
	name: 'imageId',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. 24',
	displayOptions: { show: { recordType: ['product'] } },
	description: 'ID of the image among those of the product',
});

/** The one image that an operation is about. */
export interface ImagePlace {
	recordType: string;
	recordId: string;
	/** `null` for records that have one image only. */
	imageId: string | null;
}

/** Checks what the user named. Throws `InputError`. */
export function placeOf(type: string, record: string, image: string | undefined): ImagePlace {
	folderOf(type);
	return {
		recordType: type,
		recordId: recordId(record, 'Record ID'),
		imageId: type === 'product' && image !== undefined ? recordId(image, 'Image ID') : null,
	};
}

/** Address of an image, or of the record when no image is named. */
export function imagePath(place: ImagePlace, size = ''): string[] {
	const { recordType: type, recordId: record, imageId: image } = place;
	return [
		'images',
		folderOf(type),
		record,
		...(image === null ? [] : [image]),
		...(size === '' ? [] : [size]),
	];
}

function folderOf(type: string): string {
	const folder = FOLDERS[type];
	if (folder !== undefined) return folder;
	throw new InputError(
		`"Record Type" is "${type}".`,
		`Choose one of ${Object.keys(FOLDERS).join(', ')}.`,
	);
}

/** One image of a record; `cover` is `null` when the key may not read products. */
export interface ImageEntry {
	id: string | null;
	recordType: string;
	recordId: string;
	cover: boolean | null;
}

// Read with the products, the images of many of them cost one request; alone, one each.
const IMAGE_FIELDS = ['id', 'images[id]'];
const COVER_FIELDS = [...IMAGE_FIELDS, 'id_default_image'];
const productImages = lookup('products', 'id', IMAGE_FIELDS);
const productCovers = lookup('products', 'id', COVER_FIELDS);

/**
 * Reads with the covers, and without them where that fails: PrestaShop 1.7.8 on PHP 7.4 answers 500
 * when a product among them has no image (recorded exchanges 399, 424, 489).
 */
async function withCovers<T>(
	read: (display: string[], find: typeof productCovers) => Promise<T>,
): Promise<T> {
	const result = await settled(async () => await read(COVER_FIELDS, productCovers));
	if (result.ok) return result.value;
	const { error } = result;
	if (!(error instanceof ShopError) || error.failure.kind !== 'server') throw error;
	return await read(IMAGE_FIELDS, productImages);
}

/** The images of one product, in the shop's order. */
export async function imagesOfProduct(shop: PrestaShopShop, id: string): Promise<ImageEntry[]> {
	const found = await ifPermitted(
		shop,
		'cover',
		'products',
		[],
		async () => await withCovers(async (_, find) => await shop.find(find, id)),
	);
	if (!found)
		return (await listed(shop, 'products', id)).map((image) => entry('product', id, image));
	const [product] = found;
	if (!product) throw notFound('product with the ID', id);
	return imagesIn(product);
}

function imagesIn(product: PrestaShopRecord): ImageEntry[] {
	const known = product.id_default_image !== undefined;
	const cover = idOrNull(product.id_default_image);
	return (product.associations?.images ?? []).map((row) => ({
		...entry('product', product.id ?? '', String(row.id)),
		cover: known ? String(row.id) === cover : null,
	}));
}

function entry(type: string, record: string, image: string | null): ImageEntry {
	return { id: image, recordType: type, recordId: record, cover: null };
}

/** The images of all records of a type, of at most `limit` of them. */
export async function imagesOfAll(
	shop: PrestaShopShop,
	type: string,
	limit: number,
): Promise<ImageEntry[]> {
	const folder = folderOf(type);
	if (folder !== 'products') {
		return (await listed(shop, folder, undefined)).map((id) => entry(type, id, null));
	}
	const products = await ifPermitted(
		shop,
		'images',
		'products',
		[],
		async () =>
			await withCovers(
				async (display) =>
					await shop.list(
						listing({ resource: 'products', display }),
						undefined,
						display === COVER_FIELDS ? 'asOne' : 'leaveOut',
					),
			),
	);
	if (products) return products.flatMap(imagesIn);
	const found: ImageEntry[] = [];
	for (const id of await listed(shop, folder, undefined)) {
		if (found.length >= limit) break;
		found.push(...(await listed(shop, folder, id)).map((image) => entry('product', id, image)));
	}
	return found;
}

/** IDs in a list of `images`; a record without images is answered with "not found". */
async function listed(
	shop: PrestaShopShop,
	folder: string,
	record: string | undefined,
): Promise<string[]> {
	const path = ['images', folder, ...(record === undefined ? [] : [record])];
	const result = await settled(async () => await shop.send({ method: 'GET', path }));
	if (!result.ok) {
		const { error } = result;
		if (error instanceof ShopError && error.failure.kind === 'notFound') return [];
		throw error;
	}
	const decoded = decode(result.value.text);
	return decoded.kind === 'images' ? decoded.ids : [];
}

const BYTES_PER_MB = 1024 * 1024;

/** An image that is fit to be sent. */
export interface CheckedImage extends InputFile {
	mimeType: string;
}

/**
 * Checks an image before it is sent; what it is, its bytes tell.
 *
 * @param maxMegabytes the shop's own limit is 2 unless its owner changed it (section 5.10)
 * @throws InputError
 */
export function checkedImage({ bytes, fileName }: InputFile, maxMegabytes: number): CheckedImage {
	const kind = pictureKind(bytes);
	const name = fileName === '' ? 'The file' : `The file "${fileName}"`;
	if (!kind) {
		throw new InputError(
			`${name} is not a JPEG, PNG, GIF or WebP image.`,
			'Check that the binary property holds the image itself and not, say, an error page.',
		);
	}
	if (bytes.length > maxMegabytes * BYTES_PER_MB) {
		const size = (bytes.length / BYTES_PER_MB).toFixed(1);
		throw new InputError(
			`${name} has ${size} MB; shops refuse more than ${maxMegabytes} MB.`,
			'Make it smaller. If the limit of the shop is higher, raise Options > Max File Size.',
		);
	}
	const stem = fileName.replace(/\.[^.]*$/, '') || 'image';
	return { bytes, fileName: `${stem}.${kind.extension}`, mimeType: kind.mimeType };
}

/** The call that sends an image; replacing goes by POST, because PHP reads no files from a PUT. */
export function sending(place: ImagePlace, image: CheckedImage, replace: boolean): Call {
	return {
		method: 'POST',
		path: imagePath(place),
		...(replace && { query: { ps_method: 'PUT' } }),
		body: multipartFile('image', image, boundaryFor(image.bytes)),
		// The answer to a replacement is the new image itself.
		...(replace && { answer: 'file' as const }),
	};
}

/** A line that does not occur in the file. */
function boundaryFor(bytes: Uint8Array): string {
	const content = Buffer.from(bytes);
	for (let number = 0; ; number++) {
		const boundary = `----image-${number}-boundary`;
		if (!content.includes(boundary)) return boundary;
	}
}

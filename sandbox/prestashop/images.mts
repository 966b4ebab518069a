import type { WsContext } from './context.mts';
import type { Row } from './definitions.mts';
import { xmlStyle } from './getEntities.mts';
import { filePart } from './multipart.mts';
import type { WsOutput } from './output.mts';
import { JPEG, PNG } from './pictures.mts';
import { phpInt } from './query.mts';

const NO_ID = 'This image id does not exist';

function linksOf(row: Row): string[] {
	return (row.links.images ?? []).map((image) => image.id ?? '');
}

function typesXml(ctx: WsContext): string {
	const { data, database } = ctx.shop;
	const rows = [...database.table('image_types').rows()];
	const ordered = data.images.typesOrder.flatMap((name) =>
		rows.filter((row) => row.values.name === name),
	);
	const parts = ordered.map(
		(row) =>
			`<image_type id="${row.id}" name="${String(row.values.name)}" xlink:href="${ctx.base}/api/image_types/${row.id}"/>\n`,
	);
	return `<image_types>\n${parts.join('')}</image_types>\n`;
}

function productList(ctx: WsContext): WsOutput {
	const withPictures = [...ctx.database.table('products').rows()].filter(
		(row) => linksOf(row).length > 0,
	);
	const images = withPictures.map(
		(row) => `<image id="${row.id}" xlink:href="${ctx.base}/api/images/products/${row.id}"/>\n`,
	);
	return { xml: `${typesXml(ctx)}<images>\n${images.join('')}</images>\n` };
}

function declinations(ctx: WsContext, product: Row): WsOutput {
	const ids = linksOf(product);
	const parts = ids.map(
		(id) =>
			`<declination id="${id}" xlink:href="${ctx.base}/api/images/products/${product.id}/${id}"/>\n`,
	);
	if (!ctx.json) {
		return { xml: `<image id="${product.id}">\n${parts.join('')}</image>\n` };
	}
	// JSON was never made for pictures: a list without a name and a row of PHP messages (recorded exchange 325).
	const { code, text, line } = ctx.traits.imageJson;
	for (let i = 0; i <= ids.length; i++) {
		ctx.errors.php(
			code,
			`${text} (/var/www/html/classes/webservice/WebserviceOutputJSON.php, line ${line})`,
		);
	}
	ctx.errors.add(500, 61, 'This image does not exist on disk');
	const numbers = ctx.traits.jsonNativeIntegers;
	return {
		keepsSha1: ctx.traits.sha1OfImageFailures,
		jsonBesideErrors: {
			'': [{ id: String(product.id) }, ...ids.map((id) => ({ id: numbers ? Number(id) : id }))],
		},
	};
}

function mimeOf(bytes: Buffer): string {
	if (bytes[0] === 0xff) return 'image/jpeg';
	if (bytes[0] === 0x89) return 'image/png';
	return bytes.subarray(0, 3).toString('latin1') === 'GIF' ? 'image/gif' : 'image/webp';
}

function isPicture(bytes: Buffer): boolean {
	const start = bytes.subarray(0, 4).toString('latin1');
	return (
		start.startsWith('\xff\xd8') ||
		start === '\x89PNG' ||
		start.startsWith('GIF') ||
		start === 'RIFF'
	);
}

function uploaded(ctx: WsContext): Buffer | undefined {
	const bytes = filePart(ctx.headers['content-type'] ?? '', ctx.body, 'image');
	if (!bytes || !isPicture(bytes)) {
		ctx.errors.add(400, 76, 'Please set an "image" parameter with image data for value');
		return undefined;
	}
	if (bytes.length > 2 * 1024 * 1024) {
		ctx.errors.add(400, 72, 'The image size is too large (maximum allowed is 2000 KB)');
		return undefined;
	}
	return bytes;
}

function addPicture(ctx: WsContext, product: Row): WsOutput | undefined {
	const bytes = uploaded(ctx);
	if (!bytes) return undefined;
	const before = product.links.images ?? [];
	const id = ctx.shop.nextImageId();
	ctx.shop.pictures.set(id, bytes);
	const cover = before.length === 0;
	ctx.database.table('products').put({
		...product,
		values: cover ? { ...product.values, id_default_image: String(id) } : product.values,
		links: { ...product.links, images: [...before, { id: String(id) }] },
	});
	const { languages, emptyCdata } = xmlStyle(ctx);
	const empty = emptyCdata ? '<![CDATA[]]>' : '';
	const legend = languages
		.map(
			(lang) =>
				`<language id="${lang}" xlink:href="${ctx.base}/api/languages/${lang}"><![CDATA[]]></language>`,
		)
		.join('');
	const xml =
		`<image>\n<id><![CDATA[${id}]]></id>\n<id_product><![CDATA[${product.id}]]></id_product>\n` +
		`<position><![CDATA[${before.length + 1}]]></position>\n<cover>${cover ? '<![CDATA[1]]>' : empty}</cover>\n` +
		`<legend>${legend}</legend>\n</image>\n<content encode="base64"><![CDATA[${bytes.toString('base64')}]]></content>\n`;
	return { xml };
}

function onePicture(ctx: WsContext, product: Row, imageId: string): WsOutput | undefined {
	if (!linksOf(product).includes(imageId)) {
		ctx.errors.add(400, 57, NO_ID);
		return { keepsSha1: ctx.traits.sha1OfImageFailures };
	}
	const id = Number(imageId);
	if (ctx.method === 'DELETE') {
		const images = (product.links.images ?? []).filter((image) => image.id !== imageId);
		const gone = product.values.id_default_image === imageId;
		ctx.database.table('products').put({
			...product,
			values: gone ? { ...product.values, id_default_image: images[0]?.id ?? '' } : product.values,
			links: { ...product.links, images },
		});
		ctx.shop.pictures.delete(id);
		return { bodyless: true };
	}
	if (ctx.method !== 'GET' && ctx.method !== 'HEAD') {
		const bytes = uploaded(ctx);
		if (!bytes) return undefined;
		ctx.shop.pictures.set(id, bytes);
	}
	const binary = ctx.shop.pictures.get(id) ?? JPEG;
	return { binary, contentType: mimeOf(binary) };
}

function products(ctx: WsContext): WsOutput | undefined {
	const [, , productId = '', imageId = ''] = ctx.segments;
	if (productId === '') return productList(ctx);
	const product = ctx.database.table('products').get(phpInt(productId));
	const reading = ctx.method === 'GET' || ctx.method === 'HEAD';
	if (!product || (reading && imageId === '' && linksOf(product).length === 0)) {
		const status = ctx.traits.imagesOfUnknownProduct;
		return status === 500
			? { status, bodyless: true, contentType: 'text/xml;charset=utf-8' }
			: { status, bodyless: true };
	}
	if (imageId !== '') return onePicture(ctx, product, imageId);
	if (ctx.method === 'POST') return addPicture(ctx, product);
	if (!reading) {
		ctx.errors.add(405, 55, 'This method is not allowed for this resource');
		return undefined;
	}
	return declinations(ctx, product);
}

/** The special resource `images` (reference, section 5.10): types, product pictures, the shop's logo. */
export function answerImages(ctx: WsContext): WsOutput | undefined {
	const [, type = '', id = ''] = ctx.segments;
	switch (type) {
		case '': {
			if (ctx.json) return { noSha1: !ctx.traits.sha1OfImageFailures };
			const body = ctx.shop.data.images.root.replaceAll('{base}', ctx.base);
			return { xml: body.slice(body.indexOf('<image_types>'), body.indexOf('</prestashop>')) };
		}
		case 'products':
			return products(ctx);
		case 'general': {
			const logo = ctx.shop.version === '1.6.1.24' ? JPEG : PNG;
			if (['header', 'mail', 'invoice', 'store_icon'].includes(id)) {
				return { binary: logo, contentType: mimeOf(logo) };
			}
			ctx.errors.add(400, 53, `General image type "${id}" does not exists`);
			return undefined;
		}
		case 'categories':
		case 'manufacturers':
		case 'suppliers':
		case 'stores':
		case 'customizations':
			if (id === '') return { xml: `${typesXml(ctx)}<images>\n</images>\n` };
			ctx.errors.add(500, 61, 'This image does not exist on disk');
			return undefined;
		default:
			ctx.errors.add(400, 48, `Image type "${type}" does not exists`);
			return undefined;
	}
}

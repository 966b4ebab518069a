import { hasErrors, invalid, json, notFound, ok } from './answers.mts';
import type { FieldErrors } from './answers.mts';
import type { JsonObject, Product, StoredRecord } from './records.mts';
import { numberOf, textOf } from './records.mts';
import { idParam, withRoot } from './routes.mts';
import type { ApiContext, Route } from './routes.mts';
import type { ShopState } from './shopState.mts';

const SPINNER = 'https://static.example.com/images/spinner.gif';
const SIZES = [
	'url',
	'original_url',
	'thumb_url',
	'small_url',
	'medium_url',
	'large_url',
	'compact_url',
];

/** Addresses of all sizes of a picture. */
function addresses(filename: string): JsonObject {
	return Object.fromEntries(
		SIZES.map((name) => {
			const size = name.replace(/_?url$/, '').replace('original', '');
			return [name, `https://static.example.com/${size === '' ? '' : `${size}_`}${filename}`];
		}),
	);
}

/** A picture as answers show it: while it is being processed its addresses lead to a spinner (InSales API reference, 5.7). */
export function imageView(shop: ShopState, image: StoredRecord): JsonObject {
	const { ready_at: readyAt, ...fields } = image;
	const processing = Number(readyAt ?? 0) > shop.clock.now();
	const urls = processing
		? Object.fromEntries(SIZES.map((name) => [name, SPINNER]))
		: addresses(textOf(image.filename));
	return { ...fields, image_processing: processing, ...urls };
}

/** A picture from `src` (an address) or `attachment` (base64) with `filename`. */
export function newImage(
	shop: ShopState,
	productId: number,
	body: JsonObject,
	position: number,
	errors: FieldErrors,
): StoredRecord | undefined {
	const source = textOf(body.src);
	const attachment = textOf(body.attachment);
	if (attachment === '' && !/^https?:\/\/[^\s/]+\//.test(source)) {
		errors.image = ['не может быть загружено'];
		errors.src = ['Недопустимый URL'];
		return undefined;
	}
	const filename = textOf(body.filename) || (source.split(/[?#]/)[0]?.split('/').at(-1) ?? '');
	return {
		id: shop.database.nextPartId('images'),
		product_id: productId,
		position: numberOf(body.position) ?? position,
		title: textOf(body.title) || null,
		filename: filename || 'image.jpg',
		external_id: body.external_id ?? null,
		created_at: shop.stamp(),
		ready_at: shop.clock.now() + shop.settings.imageDelayMs,
	};
}

function save(shop: ShopState, product: Product, images: StoredRecord[]): void {
	shop.database.products.put({ ...product, images, updated_at: shop.stamp() } as Product);
}

/** Runs with the product of the path and the picture of the path's second id, where there is one. */
function withProduct(
	context: ApiContext,
	run: (product: Product, image: StoredRecord | undefined) => ShopAnswer,
): ShopAnswer {
	const product = context.shop.database.products.get(idParam(context));
	if (!product) return notFound();
	return run(
		product,
		product.images.find(({ id }) => id === idParam(context, 1)),
	);
}

type ShopAnswer = ReturnType<typeof json>;

export const IMAGE_ROUTES: Route[] = [
	{
		method: 'GET',
		path: 'products/:product/images',
		needs: 'products:view',
		run: (context) =>
			withProduct(context, ({ images }) =>
				json(images.map((image) => imageView(context.shop, image))),
			),
	},
	{
		method: 'GET',
		path: 'products/:product/images/:id',
		needs: 'products:view',
		run: (context) =>
			withProduct(context, (_, image) =>
				image ? json(imageView(context.shop, image)) : notFound(),
			),
	},
	{
		method: 'POST',
		path: 'products/:product/images',
		needs: 'products:edit',
		run: (context) =>
			withProduct(context, (product) =>
				withRoot(context, 'image', (body) => {
					const errors: FieldErrors = {};
					const { shop } = context;
					const image = newImage(shop, product.id, body, product.images.length + 1, errors);
					if (!image || hasErrors(errors)) return invalid(errors);
					save(shop, product, [...product.images, image]);
					return json(imageView(shop, image), 201);
				}),
			),
	},
	{
		method: 'PUT',
		path: 'products/:product/images/:id',
		needs: 'products:edit',
		run: (context) =>
			withProduct(context, (product, image) =>
				withRoot(context, 'image', (body) => {
					if (!image) return notFound();
					const next: StoredRecord = { ...image };
					if (body.title !== undefined) next.title = textOf(body.title) || null;
					if (body.position !== undefined)
						next.position = numberOf(body.position) ?? image.position ?? 1;
					save(
						context.shop,
						product,
						product.images.map((held) => (held === image ? next : held)),
					);
					return json(imageView(context.shop, next));
				}),
			),
	},
	{
		method: 'DELETE',
		path: 'products/:product/images/:id',
		needs: 'products:edit',
		run: (context) =>
			withProduct(context, (product, image) => {
				if (!image) return notFound();
				save(
					context.shop,
					product,
					product.images.filter((held) => held !== image),
				);
				return ok();
			}),
	},
];

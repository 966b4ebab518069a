import type { ShopResponse } from '../shared/http.mts';
import { BLANK, hasErrors, invalid, json, notFound, ok } from './answers.mts';
import type { FieldErrors } from './answers.mts';
import { answerCount, answerList } from './listing.mts';
import type { ListRules } from './listing.mts';
import { productView } from './productShape.mts';
import {
	changedVariant,
	newVariant,
	permalinkOf,
	properties,
	variantFieldNames,
} from './productRecords.mts';
import { newImage } from './images.mts';
import { idOf, objectsIn, textOf } from './records.mts';
import type { JsonObject, Product } from './records.mts';
import { idParam, withRoot } from './routes.mts';
import type { ApiContext, Route } from './routes.mts';
import type { ShopState } from './shopState.mts';

const LARGEST_BATCH = 100;

/** The filters of lists and counts (InSales API reference, 3.2). */
const RULES: ListRules<Product> = {
	incremental: true,
	archivable: true,
	newestFirst: true,
	matching: (shop, query) => {
		const tests: Array<(product: Product) => boolean> = [];
		const category = query.number('category_id');
		if (category !== undefined && shop.honours('category_id'))
			tests.push((product) => product.category_id === category);
		const collection = query.number('collection_id');
		if (collection !== undefined && shop.honours('collection_id'))
			tests.push((product) => product.collections_ids.includes(collection));
		const title = query.text('filter[title]')?.toLowerCase();
		if (title !== undefined && shop.honours('filter[title]'))
			tests.push((product) => product.title.toLowerCase().includes(title));
		return tests.length === 0 ? undefined : (product) => tests.every((test) => test(product));
	},
};

const PLAIN_FIELDS = [
	'title',
	'description',
	'short_description',
	'html_title',
	'meta_keywords',
	'meta_description',
	'permalink',
	'is_hidden',
	'category_id',
	'canonical_url_collection_id',
	'custom_template',
	'unit',
	'sort_weight',
	'ignore_discounts',
	'vat',
	'dimensions',
	'fiscal_product_type',
];

/** A product with nothing in it: every field of a genuine one (reference, 5.7 and 11.5). */
export const BLANK_PRODUCT: JsonObject = {
	id: 0,
	category_id: null,
	created_at: '',
	updated_at: '',
	is_hidden: false,
	available: true,
	archived: false,
	canonical_url_collection_id: null,
	custom_template: null,
	unit: 'pce',
	sort_weight: null,
	ignore_discounts: null,
	vat: -1,
	dimensions: null,
	fiscal_product_type: 1,
	title: '',
	short_description: null,
	permalink: '',
	html_title: null,
	meta_keywords: null,
	meta_description: null,
	currency_code: 'RUR',
	collections_ids: [],
	images: [],
	video_links: [],
	option_names: [],
	properties: [],
	characteristics: [],
	product_field_values: [],
	variants: [],
	bundle: null,
	product_bundle_components: [],
	product_accessory_links: [],
	sales_channels_id: [],
	description: null,
};

function checkProduct(
	shop: ShopState,
	next: JsonObject,
	body: JsonObject,
	errors: FieldErrors,
): void {
	if (textOf(next.title) === '') errors.title = [BLANK];
	if (body.category_id !== undefined) {
		const category = shop.database.table('categories').get(idOf(body.category_id) ?? 0);
		if (!category) errors.category_id = ['Категория не найдена'];
	}
}

function fieldsOf(shop: ShopState, body: JsonObject): JsonObject {
	const fields: JsonObject = {};
	for (const name of PLAIN_FIELDS) if (body[name] !== undefined) fields[name] = body[name];
	if (body.properties_attributes !== undefined)
		Object.assign(fields, properties(shop, objectsIn(body.properties_attributes)));
	return fields;
}

function create(context: ApiContext): ShopResponse {
	const { shop, key } = context;
	return withRoot(context, 'product', (body) => {
		const errors: FieldErrors = {};
		const rows = objectsIn(body.variants_attributes);
		const allowed = variantFieldNames(shop);
		for (const row of rows) {
			const strange = Object.keys(row).filter((name) => !allowed.includes(name));
			if (strange.length > 0)
				errors.variants_attributes = [
					`undefined keys [${strange.map((n) => JSON.stringify(n)).join(', ')}]`,
				];
		}
		checkProduct(shop, body, body, errors);
		if (hasErrors(errors)) return invalid(errors);
		const stamp = shop.stamp();
		const [category] = shop.database.table('categories').all();
		const product = {
			...structuredClone(BLANK_PRODUCT),
			category_id: category?.id ?? null,
			permalink: permalinkOf(textOf(body.title)),
			...fieldsOf(shop, body),
			bundle: body.bundle ?? null,
			id: shop.database.products.nextId,
			created_at: stamp,
			updated_at: stamp,
		} as unknown as Product;
		const sent = rows.length > 0 ? rows : [{}];
		product.variants = sent.map((row) => newVariant(shop, product, row, errors));
		product.images = objectsIn(body.images_attributes).flatMap(
			(row, index) => newImage(shop, product.id, row, index + 1, errors) ?? [],
		);
		if (hasErrors(errors)) return invalid(errors);
		shop.database.products.put(product);
		return json(productView(shop, product, key), 201);
	});
}

function update(context: ApiContext): ShopResponse {
	const { shop, key } = context;
	const product = shop.database.products.get(idParam(context));
	if (!product) return notFound();
	return withRoot(context, 'product', (body) => {
		const errors: FieldErrors = {};
		const next = { ...product, ...fieldsOf(shop, body) } as Product;
		checkProduct(shop, next, body, errors);
		for (const row of objectsIn(body.variants_attributes)) {
			const id = idOf(row.id);
			next.variants =
				id === undefined
					? [...next.variants, newVariant(shop, next, row, errors)]
					: next.variants.map((held) =>
							held.id === id ? changedVariant(shop, held, row, errors) : held,
						);
		}
		if (hasErrors(errors)) return invalid(errors);
		if (JSON.stringify(next) === JSON.stringify(product))
			return json(productView(shop, product, key));
		next.updated_at = shop.stamp();
		shop.database.products.put(next);
		return json(productView(shop, next, key));
	});
}

/** Into the trash; of a product that does not exist it succeeds too (reference, 4.3). */
function remove(context: ApiContext): ShopResponse {
	const { shop } = context;
	const product = shop.database.products.get(idParam(context));
	if (product && !product.archived)
		shop.database.products.put({ ...product, archived: true, updated_at: shop.stamp() } as Product);
	return ok();
}

/** Out of the trash; the answer still shows the product as it was (reference, 5.7). */
function recover(context: ApiContext): ShopResponse {
	const { shop, key } = context;
	const product = shop.database.products.get(idParam(context));
	if (!product) return notFound();
	shop.database.products.put({ ...product, archived: false, updated_at: shop.stamp() } as Product);
	return json(productView(shop, product, key));
}

function byIds({ shop, query, key }: ApiContext): ShopResponse {
	const ids = (query.text('product_ids') ?? '').split(',').map((id) => id.trim());
	if (ids.length > LARGEST_BATCH)
		return invalid({ product_ids: ['слишком много значений (не может быть больше 100)'] });
	const products = ids.flatMap((id) => shop.database.products.get(Number(id)) ?? []);
	return json(products.map((product) => productView(shop, product, key)));
}

export const PRODUCT_ROUTES: Route[] = [
	{
		method: 'GET',
		path: 'products',
		needs: 'products:view',
		run: ({ shop, query, key }) =>
			answerList(shop, shop.database.products, query, RULES, (product) =>
				productView(shop, product, key, query.has('variant_fields')),
			),
	},
	{
		method: 'GET',
		path: 'products/count',
		needs: 'products:view',
		run: ({ shop, query }) => answerCount(shop, shop.database.products, query, RULES),
	},
	{ method: 'GET', path: 'products/by_ids', needs: 'products:view', run: byIds },
	{
		method: 'GET',
		path: 'products/:id',
		needs: 'products:view',
		run: (context) => {
			const product = context.shop.database.products.get(idParam(context));
			return product ? json(productView(context.shop, product, context.key)) : notFound();
		},
	},
	{ method: 'POST', path: 'products', needs: 'products:edit', run: create },
	{ method: 'PUT', path: 'products/:id', needs: 'products:edit', run: update },
	{ method: 'DELETE', path: 'products/:id', needs: 'products:edit', run: remove },
	{ method: 'POST', path: 'products/:id/recover', needs: 'products:edit', run: recover },
];

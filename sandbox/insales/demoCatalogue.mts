import { collectionIds } from './collects.mts';
import { newVariant, permalinkOf, properties } from './productRecords.mts';
import { BLANK_PRODUCT } from './products.mts';
import type { JsonObject, Product } from './records.mts';
import type { ShopState } from './shopState.mts';
import { insertSimple } from './simpleRecords.mts';
import { stampOf } from './times.mts';

/** A product of the demo shop or of `seed`: prices in roubles, stock over all warehouses. */
export interface ProductDraft {
	id?: number;
	title: string;
	sku: string;
	price: number;
	costPrice?: number;
	/** Prices of the additional kinds, in their order. */
	extraPrices?: number[];
	quantity?: number;
	/** Values of the option «Размер», each one variant; the SKU gets the value at its end. */
	sizes?: string[];
	categoryId?: number;
	/** Collections that the product is put into. */
	collections?: number[];
	material?: string;
	stamp?: string;
}

/** Adds a product with one variant, or one per size. */
export function insertProduct(shop: ShopState, draft: ProductDraft): Product {
	const { database } = shop;
	const stamp = draft.stamp ?? shop.stamp();
	const quantity = draft.quantity ?? 10;
	const extra = Object.fromEntries(
		(draft.extraPrices ?? []).map((price, index) => [`price${index + 2}`, price]),
	);
	const values: JsonObject = {
		price: draft.price,
		cost_price: draft.costPrice ?? null,
		weight: 0.35,
		quantity_at_warehouse0: Math.ceil(quantity / 2),
		quantity_at_warehouse1: Math.floor(quantity / 2),
		...extra,
	};
	const product = {
		...structuredClone(BLANK_PRODUCT),
		id: draft.id ?? database.products.reserveId(),
		category_id: draft.categoryId ?? 21,
		created_at: stamp,
		updated_at: stamp,
		title: draft.title,
		permalink: permalinkOf(draft.title),
		description: `<p>${draft.title}: описание товара.</p>`,
		collections_ids: collectionIds(shop, draft.collections ?? []),
		option_names: draft.sizes ? [{ id: 11, position: 1, navigational: true, title: 'Размер' }] : [],
		...(draft.material === undefined
			? {}
			: properties(shop, [{ title: 'Материал', value: draft.material }])),
	} as unknown as Product;
	const variants = draft.sizes
		? draft.sizes.map((size) => ({
				...values,
				sku: `${draft.sku}-${size}`,
				options: [{ option_name_id: 11, value: size }],
			}))
		: [{ ...values, sku: draft.sku }];
	product.variants = variants.map((row) => {
		const variant = newVariant(shop, product, row, {});
		return { ...variant, created_at: stamp, updated_at: stamp };
	});
	database.products.put(product);
	for (const collection of draft.collections ?? []) {
		const collects = database.table('collects');
		const id = collects.reserveId();
		collects.put({ id, product_id: product.id, collection_id: collection, position: id });
	}
	return product;
}

const PRODUCTS: Array<Omit<ProductDraft, 'stamp'>> = [
	{
		title: 'Футболка',
		sku: 'TS-01',
		price: 1500,
		costPrice: 900,
		extraPrices: [1400, 1300],
		quantity: 5,
		sizes: ['M', 'L'],
		categoryId: 22,
		collections: [31],
		material: 'Хлопок',
	},
	{
		title: 'Кружка керамическая',
		sku: 'MUG-01',
		price: 490,
		costPrice: 210,
		extraPrices: [420],
		quantity: 40,
		categoryId: 23,
		collections: [32],
		material: 'Керамика',
	},
	{
		title: 'Блокнот',
		sku: 'NB-01',
		price: 250.5,
		costPrice: 99.9,
		quantity: 120,
		collections: [33],
		material: 'Бумага',
	},
	{
		title: 'Рюкзак городской',
		sku: 'BAG-01',
		price: 3990,
		costPrice: 2400,
		extraPrices: [3700, 3500],
		quantity: 7,
		collections: [33],
	},
	{
		title: 'Термос',
		sku: 'TH-01',
		price: 1890,
		costPrice: 1100,
		quantity: 0,
		categoryId: 23,
		collections: [32],
		material: 'Сталь',
	},
	{
		title: 'Плед',
		sku: 'BL-01',
		price: 2790,
		extraPrices: [2500],
		quantity: 12,
		categoryId: 23,
		collections: [34],
		material: 'Шерсть',
	},
];

const TREES: Array<[path: string, id: number, parent: number | null, title: string]> = [
	['categories', 21, null, 'Склад'],
	['categories', 22, 21, 'Одежда'],
	['categories', 23, 21, 'Для дома'],
	['collections', 30, null, 'Каталог'],
	['collections', 31, 30, 'Одежда'],
	['collections', 32, 30, 'Посуда'],
	['collections', 33, 30, 'Аксессуары'],
	['collections', 34, 30, 'Для дома'],
	['collections', 35, 34, 'Текстиль'],
];

/** Fills the catalogue of a fresh shop: trees, price kinds, warehouses, products, one of them in the trash. */
export function installCatalogue(shop: ShopState): void {
	const stamp = stampOf(shop.clock.now() - 10 * 86_400_000);
	for (const [path, id, parent, title] of TREES) {
		const fields = { title, parent_id: parent, position: id % 10, created_at: stamp };
		insertSimple(shop, path, { id, ...fields, updated_at: stamp });
	}
	for (const [id, title, index] of [
		[7, 'Опт', 1],
		[8, 'Дилер', 2],
	] as const) {
		const method = `price${index + 1}`;
		insertSimple(shop, 'price_kinds', {
			id,
			title,
			price_index: index,
			variant_price_method_name: method,
		});
	}
	for (const [id, title, index] of [
		[1, 'Основной склад', 0],
		[2, 'Пункт выдачи', 1],
	] as const) {
		insertSimple(shop, 'warehouses', { id, title, array_index: index });
	}
	insertSimple(shop, 'option_names', { id: 11, title: 'Размер' });
	insertSimple(shop, 'product_fields', { id: 7, title: 'Страна', handle: 'country' });
	for (const draft of PRODUCTS) {
		const product = insertProduct(shop, { ...draft, stamp });
		const filename = `${product.permalink as string}.jpg`;
		const image = {
			id: shop.database.nextPartId('images'),
			product_id: product.id,
			position: 1,
			title: null,
			filename,
			external_id: null,
			created_at: stamp,
			ready_at: 0,
		};
		shop.database.products.put({ ...product, images: [image] } as Product);
	}
	const old = insertProduct(shop, {
		title: 'Снятый с продажи зонт',
		sku: 'OLD-01',
		price: 990,
		stamp,
	});
	shop.database.products.put({ ...old, archived: true } as Product);
}

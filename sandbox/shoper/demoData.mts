/** The demo catalogue, customers and orders of a fresh shop. */
import { BLANK_STOCK } from './blanks.mts';
import type { Fields } from './definitions.mts';
import { newCustomer } from './customers.mts';
import { insertOrder } from './newOrders.mts';
import { resourceNamed } from './resources.mts';
import { createEntity } from './saveEntities.mts';
import type { ShopState } from './shopState.mts';
import { quantity } from './stocks.mts';

const DAY = 86_400_000;

/** Name in both languages, category, SKU, gross price, stock. */
const PRODUCTS: Array<[string, string, number, string, number, number]> = [
	['Koszulka bawełniana', 'Cotton T-shirt', 2, 'TEE-COT', 59.99, 100],
	['Koszulka sportowa', 'Sports T-shirt', 2, 'TEE-SPO', 79.5, 40],
	['Bluza z kapturem', 'Hooded sweatshirt', 3, 'HOOD', 149, 25],
	['Bluza rozpinana', 'Zipped sweatshirt', 3, 'ZIP', 159.9, 12],
	['Kubek z żółwiem', 'Turtle mug', 4, 'MUG-1', 34.99, 200],
	['Torba płócienna', 'Canvas bag', 4, 'BAG-1', 29, 80],
	['Czapka zimowa', 'Winter hat', 4, 'HAT-W', 49.9, 0],
	['Skarpety (3 pary)', 'Socks (3 pairs)', 4, 'SOCK-3', 24.99, 150],
];

/** Variants of the first product: option value, its name, SKU, price type, price, stock. */
const VARIANTS: Array<[string, string, string, string, number, number]> = [
	['95', 'Kolor: Zielony', 'TEE-COT-G', '0', 0, 30],
	['96', 'Kolor: Czerwony', 'TEE-COT-R', '2', 5, 20],
];

/** Adds a product through the rules of `POST /products`. */
export function addProduct(
	shop: ShopState,
	product: {
		names: [string, string];
		categoryId: number;
		code: string;
		price: number;
		stock: number;
	},
): number {
	const { names, categoryId, code, price, stock } = product;
	return createEntity(shop, resourceNamed('products'), {
		category_id: categoryId,
		code,
		pkwiu: '',
		producer_id: 1,
		stock: { price, price_wholesale: price, price_special: price, stock },
		translations: {
			pl_PL: { name: names[0], description: `<p>${names[0]}</p>`, seo_title: names[0] },
			en_US: { name: names[1], description: `<p>${names[1]}</p>` },
		},
	});
}

function addVariants(shop: ShopState, productId: number): void {
	for (const [value, option, code, priceType, price, stock] of VARIANTS) {
		const id = shop.database.table('product-stocks').reserveId();
		const values: Fields = {
			...BLANK_STOCK,
			stock_id: String(id),
			product_id: String(productId),
			extended: '1',
			code,
			price_type: priceType,
			price: price.toFixed(2),
			stock: quantity(stock),
			options: { '40': value },
			_option: option,
		};
		shop.save('product-stocks', id, values);
	}
}

const CUSTOMERS: Array<[string, string, string, boolean]> = [
	['Jan', 'Testowy', 'jan.test@example.com', false],
	['Anna', 'Nowak', 'anna.nowak@example.com', true],
	['Piotr', 'Kowalski', 'piotr.kowalski@example.com', true],
	['Maria', 'Wiśniewska', 'maria.wisniewska@example.com', true],
];

/** Days ago, customer, status, payment, shipping, products. */
const ORDERS: Array<[number, number, number, number, number, number[]]> = [
	[40, 1, 7, 1, 8, [1, 5]],
	[12, 2, 8, 2, 2, [3]],
	[5, 3, 6, 4, 8, [2, 6, 8]],
	[2, 2, 2, 1, 1, [4]],
	[0.1, 4, 1, 2, 8, [5, 5, 6]],
];

/** The catalogue of the demo. */
export function fillCatalogue(shop: ShopState): void {
	for (const [polish, english, categoryId, code, price, stock] of PRODUCTS)
		addProduct(shop, { names: [polish, english], categoryId, code, price, stock });
	addVariants(shop, 1);
	createEntity(shop, resourceNamed('product-images'), {
		product_id: 1,
		name: 'koszulka',
		main: 1,
		translations: { pl_PL: { name: 'Koszulka' } },
	});
}

/** What customers did in the demo shop before it was looked at. */
export function fillSales(shop: ShopState): void {
	for (const [firstName, lastName, email, registered] of CUSTOMERS)
		newCustomer(shop, { firstName, lastName, email, registered });
	for (const [days, userId, statusId, paymentId, shippingId, products] of ORDERS) {
		insertOrder(shop, {
			userId,
			email: CUSTOMERS[userId - 1]?.[2] ?? '',
			lines: products.map((productId) => ({ productId })),
			statusId,
			paymentId,
			shippingId,
			at: shop.clock.wall(shop.clock.now() - days * DAY),
		});
	}
}

import { NOT_A_NUMBER } from './answers.mts';
import type { FieldErrors } from './answers.mts';
import type { Json, JsonObject, Product, StoredRecord, Variant } from './records.mts';
import { numberOf, objectsIn, textOf } from './records.mts';
import type { ShopState } from './shopState.mts';

/** `1500` as products print it: `"1500.0"` (InSales API reference, pitfall 11). */
export function moneyText(amount: number): string {
	return Number.isInteger(amount) ? `${amount}.0` : String(amount);
}

function moneyOrNull(value: Json | undefined): string | null {
	const number = numberOf(value);
	return number === undefined ? null : moneyText(number);
}

/** Names of the additional prices that the shop has: `price2`, `price3`, … by `price_index`. */
export function extraPriceNames(shop: ShopState): string[] {
	return [...shop.database.table('price_kinds').all()]
		.sort((a, b) => Number(a.price_index) - Number(b.price_index))
		.map((kind) => textOf(kind.variant_price_method_name));
}

/** Names of the stock columns, by the `array_index` of the warehouses. */
export function warehouseNames(shop: ShopState): string[] {
	const warehouses = shop.database.table('warehouses').all();
	return warehouses.map((warehouse) => `quantity_at_warehouse${Number(warehouse.array_index)}`);
}

const TEXT_FIELDS = ['sku', 'barcode', 'dimensions'];
const PRICE_FIELDS = ['price', 'old_price', 'cost_price', 'weight'];

/** Everything that may be written to a variant; other names are refused where products are created. */
export function variantFieldNames(shop: ShopState): string[] {
	return [
		...TEXT_FIELDS,
		...PRICE_FIELDS,
		'quantity',
		'available',
		'options',
		'image_id',
		'image_ids',
		'variant_field_values_attributes',
		...extraPriceNames(shop),
		...warehouseNames(shop),
	];
}

/** Puts the twins and lists in line with the plain values. */
function derived(shop: ShopState, variant: JsonObject): JsonObject {
	const prices = extraPriceNames(shop).map((name) => variant[name] ?? null);
	return {
		...variant,
		base_price: variant.price ?? null,
		prices,
		price_in_site_currency: variant.price ?? null,
		prices_in_site_currency: prices,
		base_price_in_site_currency: variant.price ?? null,
		cost_price_in_site_currency: variant.cost_price ?? null,
		old_price_in_site_currency: variant.old_price ?? null,
	};
}

function applyStock(
	shop: ShopState,
	next: JsonObject,
	body: JsonObject,
	errors: FieldErrors,
): void {
	const names = warehouseNames(shop);
	const [first, ...others] = names;
	let moved = false;
	for (const name of names) {
		if (body[name] === undefined) continue;
		const number = numberOf(body[name]);
		if (number === undefined && body[name] !== null) errors[name] = [NOT_A_NUMBER];
		next[name] = number === undefined ? null : moneyText(number);
		moved = true;
	}
	if (moved) {
		next.quantity = names.reduce((sum, name) => sum + (numberOf(next[name]) ?? 0), 0);
	} else if (body.quantity !== undefined) {
		const number = numberOf(body.quantity);
		if (number === undefined && body.quantity !== null) errors.quantity = [NOT_A_NUMBER];
		next.quantity = number ?? null;
		const rest = others.reduce((sum, name) => sum + (numberOf(next[name]) ?? 0), 0);
		if (first !== undefined) next[first] = number === undefined ? null : moneyText(number - rest);
	}
	next.available = next.quantity === null || Number(next.quantity) > 0;
}

/** What a variant becomes with the sent fields; the original is kept, errors are listed. */
export function changedVariant(
	shop: ShopState,
	variant: Variant,
	body: JsonObject,
	errors: FieldErrors,
): Variant {
	const next: JsonObject = { ...variant };
	for (const name of TEXT_FIELDS) {
		if (body[name] !== undefined) next[name] = textOf(body[name]) || null;
	}
	for (const name of [...PRICE_FIELDS, ...extraPriceNames(shop)]) {
		if (body[name] === undefined) continue;
		if (body[name] !== null && numberOf(body[name]) === undefined) errors[name] = [NOT_A_NUMBER];
		next[name] = moneyOrNull(body[name]);
	}
	if (next.price === null) next.price = '0.0';
	applyStock(shop, next, body, errors);
	return derived(shop, next) as unknown as Variant;
}

/** The option values of a new or changed variant: `options: [{option_name_id, value}]`. */
export function readOptions(shop: ShopState, product: Product, body: JsonObject): JsonObject[] {
	return objectsIn(body.options).map((option, index) => {
		const names = objectsIn(product.option_names);
		const name = names.find(({ id }) => id === numberOf(option.option_name_id)) ?? names[index];
		return {
			id: shop.database.nextPartId('option_values'),
			option_name_id: name?.id ?? null,
			position: index + 1,
			title: textOf(option.value ?? option.title),
		};
	});
}

/** A new variant with every field of a genuine one (reference, 5.7 and 11.5). */
export function newVariant(
	shop: ShopState,
	product: Product,
	body: JsonObject,
	errors: FieldErrors,
): Variant {
	const stamp = shop.stamp();
	const options = readOptions(shop, product, body);
	const blank = {
		id: shop.database.nextPartId('variants'),
		title: options.map((option) => textOf(option.title)).join(' / ') || null,
		product_id: product.id,
		sku: null,
		barcode: null,
		dimensions: null,
		available: true,
		image_ids: [],
		image_id: null,
		weight: null,
		created_at: stamp,
		updated_at: stamp,
		quantity: null,
		...Object.fromEntries(warehouseNames(shop).map((name) => [name, null])),
		price: '0.0',
		base_price: '0.0',
		old_price: null,
		cost_price: null,
		...Object.fromEntries(extraPriceNames(shop).map((name) => [name, null])),
		prices: [],
		option_values: options,
		variant_field_values: [],
	} as unknown as Variant;
	return changedVariant(shop, blank, body, errors);
}

const sameOptions = (a: Variant, b: Variant): boolean =>
	a.option_values.map(({ title }) => title).join('\n') ===
	b.option_values.map(({ title }) => title).join('\n');

/** Two variants of a product may not have the same options. */
export function checkOptions(variants: Variant[], variant: Variant, errors: FieldErrors): void {
	if (variants.some((other) => other.id !== variant.id && sameOptions(other, variant))) {
		errors.options = ['Модификация с такими свойствами уже существует'];
	}
}

/** Saves a product with other variants; the product's own date moves where the guess says so. */
export function saveVariants(shop: ShopState, product: Product, variants: Variant[]): Product {
	const updated = shop.guesses.stockTouchesProduct ? shop.stamp() : product.updated_at;
	const next = {
		...product,
		variants,
		available: variants.some((variant) => variant.available === true),
		updated_at: updated,
	} as Product;
	shop.database.products.put(next);
	return next;
}

/** All properties of a product, made from `properties_attributes`: they replace what was there (reference, 5.7). */
export function properties(shop: ShopState, rows: JsonObject[]): JsonObject {
	const known = shop.database.table('properties');
	const list: JsonObject[] = [];
	const characteristics: JsonObject[] = [];
	for (const [index, row] of rows.entries()) {
		const title = textOf(row.title);
		let property: StoredRecord | undefined = known.all().find((held) => held.title === title);
		if (!property) {
			property = {
				id: known.reserveId(),
				position: index + 1,
				is_hidden: false,
				is_navigational: true,
				backoffice: false,
				permalink: permalinkOf(title),
				title,
			};
			known.put(property);
		}
		list.push(property);
		characteristics.push({
			id: shop.database.nextPartId('characteristics'),
			property_id: property.id,
			position: index + 1,
			title: textOf(row.value),
			permalink: permalinkOf(textOf(row.value)),
		});
	}
	return { properties: list, characteristics };
}

const LATIN: Record<string, string> = Object.fromEntries(
	'а:a б:b в:v г:g д:d е:e ё:e ж:zh з:z и:i й:y к:k л:l м:m н:n о:o п:p р:r с:s т:t у:u ф:f х:h ц:ts ч:ch ш:sh щ:sch ъ: ы:y ь: э:e ю:yu я:ya'
		.split(' ')
		.map((pair) => pair.split(':') as [string, string]),
);

/** `В обработке` → `v-obrabotke`. */
export function permalinkOf(title: string): string {
	const latin = [...title.toLowerCase()].map((letter) => LATIN[letter] ?? letter).join('');
	return latin.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
}

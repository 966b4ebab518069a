import { hasErrors, invalid, invalidWrapped, json, notFound, ok } from './answers.mts';
import type { FieldErrors } from './answers.mts';
import {
	changedVariant,
	checkOptions,
	newVariant,
	readOptions,
	saveVariants,
} from './productRecords.mts';
import { variantView } from './productShape.mts';
import { idOf, isObject, objectsIn, textOf } from './records.mts';
import type { JsonObject, Product, Variant } from './records.mts';
import { idParam, withRoot } from './routes.mts';
import type { ApiContext, Route } from './routes.mts';
import type { ShopState } from './shopState.mts';

type Answer = ReturnType<typeof json>;

/** Rows that one group update takes (InSales API reference, 5.7). */
const LARGEST_GROUP = 100;

function withProduct(context: ApiContext, run: (product: Product) => Answer): Answer {
	const product = context.shop.database.products.get(idParam(context));
	return product ? run(product) : notFound();
}

function withVariant(
	context: ApiContext,
	run: (product: Product, variant: Variant) => Answer,
): Answer {
	return withProduct(context, (product) => {
		const variant = product.variants.find(({ id }) => id === idParam(context, 1));
		return variant ? run(product, variant) : notFound();
	});
}

function changed(
	shop: ShopState,
	product: Product,
	variant: Variant,
	body: JsonObject,
	errors: FieldErrors,
): Variant {
	const next = changedVariant(shop, variant, body, errors);
	if (body.options !== undefined) {
		next.option_values = readOptions(shop, product, body);
		next.title = next.option_values.map(({ title }) => textOf(title)).join(' / ');
		checkOptions(product.variants, next, errors);
	}
	next.updated_at = shop.stamp();
	return next;
}

function replaced(product: Product, next: Variant): Variant[] {
	return product.variants.map((variant) => (variant.id === next.id ? next : variant));
}

/** Accepts prices and stock for later: always `[]`, whatever will become of the rows (reference, 5.7). */
function groupUpdate({ shop, body }: ApiContext): Answer {
	if (!Array.isArray(body.variants)) return json({ status: 400, error: 'Bad Request' }, 400);
	if (body.variants.length > LARGEST_GROUP)
		return invalid({ variants: ['слишком много значений (не может быть больше 100)'] });
	const dueMs = shop.clock.now() + shop.settings.bulkDelayMs;
	shop.bulkJobs.push({ dueMs, rows: structuredClone(objectsIn(body.variants)) });
	return json([]);
}

/** Writes what group updates have left to do. Rows with an unknown id or a wrong value are dropped without a word. */
export function runDueJobs(shop: ShopState): void {
	if (shop.bulkJobs.length === 0) return;
	const now = shop.clock.now();
	const due = shop.bulkJobs.filter((job) => job.dueMs <= now);
	shop.bulkJobs = shop.bulkJobs.filter((job) => job.dueMs > now);
	for (const row of due.flatMap((job) => job.rows)) {
		const id = idOf(row.id) ?? 0;
		const product = shop.database.productOfVariant(id);
		const variant = shop.database.variant(id);
		if (!product || !variant || !isObject(row)) continue;
		const errors: FieldErrors = {};
		const next = changed(shop, product, variant, row, errors);
		if (!hasErrors(errors)) saveVariants(shop, product, replaced(product, next));
	}
}

export const VARIANT_ROUTES: Route[] = [
	{
		method: 'PUT',
		path: 'products/variants_group_update',
		needs: 'products:edit',
		run: groupUpdate,
	},
	{
		method: 'GET',
		path: 'products/:product/variants',
		needs: 'products:view',
		run: (context) =>
			withProduct(context, ({ variants }) =>
				json(variants.map((variant) => variantView(context.shop, variant, context.key))),
			),
	},
	{
		method: 'GET',
		path: 'products/:product/variants/:id',
		needs: 'products:view',
		run: (context) =>
			withVariant(context, (_, variant) => json(variantView(context.shop, variant, context.key))),
	},
	{
		method: 'POST',
		path: 'products/:product/variants',
		needs: 'products:edit',
		run: (context) =>
			withProduct(context, (product) =>
				withRoot(context, 'variant', (body) => {
					const errors: FieldErrors = {};
					const variant = newVariant(context.shop, product, body, errors);
					checkOptions(product.variants, variant, errors);
					// Creating is the one place that wraps its errors (reference, 4.3).
					if (hasErrors(errors)) return invalidWrapped(errors);
					saveVariants(context.shop, product, [...product.variants, variant]);
					return json(variantView(context.shop, variant, context.key), 201);
				}),
			),
	},
	{
		method: 'PUT',
		path: 'products/:product/variants/:id',
		needs: 'products:edit',
		run: (context) =>
			withVariant(context, (product, variant) =>
				withRoot(context, 'variant', (body) => {
					const errors: FieldErrors = {};
					const next = changed(context.shop, product, variant, body, errors);
					if (hasErrors(errors)) return invalid(errors);
					saveVariants(context.shop, product, replaced(product, next));
					return json(variantView(context.shop, next, context.key));
				}),
			),
	},
	{
		method: 'DELETE',
		path: 'products/:product/variants/:id',
		needs: 'products:edit',
		run: (context) =>
			withVariant(context, (product, variant) => {
				if (product.variants.length === 1)
					return invalid({ base: ['Нельзя удалить последний вариант'] });
				const rest = product.variants.filter((held) => held !== variant);
				saveVariants(context.shop, product, rest);
				return ok();
			}),
	},
];

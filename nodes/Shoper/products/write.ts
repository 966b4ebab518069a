import { InputError, ShopError } from '../../shared/protocol/errors';
import { settled } from '../../shared/protocol/settled';
import { notFound, single } from '../../shared/reading/records';
import type { ShoperRecord } from '../api/codec';
import type { ShoperShop } from '../api/reads';
import { lostTexts, wholeTexts } from './texts';
import type { Texts } from './texts';
import { stocksOfProduct } from './view';
import { isVariant } from './simplify';
import { updateRecord } from '../writing/update';
import type { UpdateOptions, Updated } from '../../shared/writing/update';

/**
 * Fields that belong to the base row of `product-stocks`. They are written there, because a PUT there
 * is known to leave all other fields alone, which is not known of `stock` inside a product.
 */
const STOCK_FIELDS = ['price', 'price_buying', 'price_wholesale', 'weight'];

/** What an update of a product names, sorted by where it is written. */
export interface ProductChanges {
	product: ShoperRecord;
	stock: ShoperRecord;
}

/** Sorts the named fields; prices and weights have to be numbers, as nothing else could be meant. */
export function sortChanges(named: ShoperRecord): ProductChanges {
	const changes: ProductChanges = { product: {}, stock: {} };
	for (const [name, value] of Object.entries(named)) {
		if (!STOCK_FIELDS.includes(name)) {
			changes.product[name] = value;
			continue;
		}
		if (!/^\d+(\.\d+)?$/.test(String(value))) {
			throw new InputError(
				`"${name}" is "${String(value)}".`,
				'Enter a number with a decimal point, such as 23.90.',
			);
		}
		// The API's own types are numbers (section 3.5), whose shortest text is the one typed.
		changes.stock[name] = Number(value);
	}
	return changes;
}

/** ID of the base row of a product's stock, which holds its own price and weight. */
export async function baseStockId(shop: ShoperShop, productId: string): Promise<string> {
	const rows = await shop.find(stocksOfProduct, productId);
	const base = rows.find((row) => !isVariant(row));
	if (base) return String(base.stock_id);
	throw noStock(productId);
}

export function noStock(productId: string): Error {
	return notFound('stock of the product with the ID', productId);
}

/**
 * Changes a product: its own fields and texts, then those of its base stock row. Texts that the shop
 * dropped although they were not named are put back.
 */
export async function updateProductRecord(
	shop: ShoperShop,
	id: string,
	{ product, stock }: ProductChanges,
	options: UpdateOptions,
): Promise<Updated<ShoperRecord>> {
	const kept = await updateOwn(shop, id, product, options);
	if (Object.keys(stock).length === 0) return kept;
	const stockId = await baseStockId(shop, id);
	const written = await settled(
		async () => await updateRecord(shop, 'product-stocks', stockId, stock, options),
	);
	if (!written.ok) throw kept.written ? halfWritten(written.error) : written.error;
	return joined(kept, written.value);
}

async function updateOwn(
	shop: ShoperShop,
	id: string,
	named: ShoperRecord,
	options: UpdateOptions,
): Promise<Updated<ShoperRecord>> {
	if (Object.keys(named).length === 0) {
		const record = await single(shop, 'products', id);
		if (!record) throw notFound('product with the ID', id);
		return { record, changed: {}, alsoChanged: {}, written: false, warnings: [] };
	}
	let before: ShoperRecord = {};
	const updated = await updateRecord(shop, 'products', id, named, {
		...options,
		bodyOf: (read, fields) => {
			before = read;
			return fields;
		},
	});
	return updated.written ? await putBack(shop, id, before, updated, named) : updated;
}

/** Sends all texts when some got lost: a shop that replaces what it gets must get everything. */
async function putBack(
	shop: ShoperShop,
	id: string,
	before: ShoperRecord,
	updated: Updated<ShoperRecord>,
	named: ShoperRecord,
): Promise<Updated<ShoperRecord>> {
	const texts = (named.translations ?? {}) as Texts;
	const lost = placesOf(lostTexts(before, updated.record, texts));
	if (lost.length === 0) return updated;
	const translations = wholeTexts(before, texts);
	const again = await settled(
		async () => await updateRecord(shop, 'products', id, { translations }),
	);
	const record = again.ok ? again.value.record : updated.record;
	const still = lostTexts({ translations }, record, {});
	const warning =
		placesOf(still).length === 0
			? `The shop had emptied texts that were not named; they were put back: ${lost.join(', ')}.`
			: `The shop emptied texts that were not named and does not take them back. They were: ${JSON.stringify(still)}`;
	return { ...updated, record, warnings: [...updated.warnings, warning] };
}

function placesOf(texts: Texts): string[] {
	return Object.entries(texts).flatMap(([locale, own]) =>
		Object.keys(own).map((field) => `${field} (${locale})`),
	);
}

/** The product was saved before its price was refused: nobody must think that nothing happened. */
function halfWritten(error: unknown): unknown {
	if (!(error instanceof ShopError)) return error;
	const { failure, call, explanation } = error;
	const fix = `The other fields of the product were saved; price and weight were not, or it is not known. ${explanation.fix}`;
	return new ShopError(failure, call, { ...explanation, fix });
}

/** Both writes as one. */
export function joined(
	product: Updated<ShoperRecord>,
	stock: Updated<ShoperRecord>,
): Updated<ShoperRecord> {
	const written = product.written || stock.written;
	const reason = written ? undefined : (product.reason ?? stock.reason);
	const dryRun = product.reason === 'dry run' || stock.reason === 'dry run';
	return {
		record: {
			...product.record,
			stock: { ...(product.record.stock as ShoperRecord), ...pick(stock.record) },
		},
		changed: { ...product.changed, ...stock.changed },
		alsoChanged: { ...product.alsoChanged, ...stock.alsoChanged },
		written,
		...(reason !== undefined && { reason: dryRun ? 'dry run' : reason }),
		warnings: [...product.warnings, ...stock.warnings],
	};
}

function pick(row: ShoperRecord): ShoperRecord {
	return Object.fromEntries(STOCK_FIELDS.map((field) => [field, row[field]])) as ShoperRecord;
}

import { InputError } from '../../shared/protocol/errors';
import { sameText } from '../../shared/text/sameText';
import { idOf, isRecord, rowsIn } from '../api/codec';
import type { InSalesRecord, Json } from '../api/codec';
import { fieldValue } from '../writing/extraFields';
import { allOf } from '../api/reads';
import type { InSalesShop } from '../api/reads';
import type { NamedValues } from '../writing/recordChanges';
import { rowsOf } from '../../shared/text/userInput';
import { anew } from '../../shared/reading/records';
import { propertiesOf } from './simplify';
import type { Form } from '../writing/update';

/** One parameter of a product with one of its values. */
interface Property extends Record<string, Json> {
	title: string;
	value: string;
}

/**
 * All properties a product has after a change: `properties_attributes` replaces the whole set (InSales API
 * reference, pitfall 14), so those that are not named go along as they were read. The values of a title
 * that is named are exactly the given ones; an empty one removes it.
 *
 * @throws InputError for a row without a title or a value
 */
export function mergedProperties(
	product: InSalesRecord | undefined,
	collection: unknown,
	replaceAll: boolean,
): Property[] | undefined {
	const rows = rowsOf(collection).map((row) => {
		const title = String(row.title ?? '').trim();
		if (title !== '') return { title, value: String(fieldValue(title, row.value)).trim() };
		throw new InputError('A row of "Properties" has no title.', 'Enter the title of the property.');
	});
	if (rows.length === 0) return undefined;
	const held = product === undefined || replaceAll ? [] : propertiesOf(product);
	const values = rowsIn(product?.characteristics).length;
	if (held === null || (held.length > 0 && held.length !== values)) {
		throw new InputError(
			held === null
				? `The shop shows product ${idOf(product)} without its properties; those it has would be lost.`
				: `Product ${idOf(product)} has values of properties it does not name, which would be lost.`,
			'Change its properties in the back office, or use the option "Replace Properties".',
		);
	}
	const isNamed = ({ title }: Property) => rows.some((row) => sameText(row.title, title));
	// A title keeps its place among the others.
	const kept = held.flatMap((each, at) => {
		if (!isNamed(each)) return [each];
		const isFirst = held.findIndex((other) => sameText(other.title, each.title)) === at;
		return isFirst
			? rows
					.filter((row) => sameText(row.title, each.title))
					.map((row) => ({ ...row, title: each.title }))
			: [];
	});
	const added = rows.filter((row) => !held.some((each) => sameText(each.title, row.title)));
	return inOrder([...kept, ...added].filter(({ value }) => value !== ''));
}

/** The order of a list says nothing here: the shop keeps one of its own. */
function inOrder(list: readonly Property[]): Property[] {
	const key = ({ title, value }: Property) => `${title}\n${value}`;
	return [...list].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** What an extra field is called among the named values. */
const EXTRA = 'extra field ';

/**
 * Rows of extra fields as named values, by their handles.
 *
 * @throws InputError for a handle the shop does not have, or that is named twice
 */
export async function extraFieldValues(
	shop: InSalesShop,
	collection: unknown,
): Promise<Record<string, Json>> {
	const rows = rowsOf(collection);
	if (rows.length === 0) return {};
	const fields = [...(await allOf(shop, 'product_fields', anew)).values()];
	const values: Record<string, Json> = {};
	for (const { handle, value } of rows) {
		const wanted = String(handle ?? '').trim();
		const found = fields.find((each) => sameText(each.handle, wanted) && wanted !== '');
		if (!found) {
			const handles = fields.map((each) => `"${String(each.handle)}"`).join(', ');
			throw new InputError(
				`The shop has no extra field of products with the handle "${wanted}".`,
				handles === '' ? 'It has none at all.' : `Their handles are ${handles}.`,
			);
		}
		const name = `${EXTRA}${String(found.handle)}`;
		if (Object.hasOwn(values, name)) {
			throw new InputError(`"Extra Fields" names "${wanted}" twice.`, 'Name each field once.');
		}
		const plain = fieldValue(wanted, value);
		values[name] = typeof plain === 'boolean' ? plain : String(plain);
	}
	return values;
}

/**
 * How products are compared and sent: properties as a list of titles and values, extra fields by handle. A
 * field that has a value is written by the ID of that value, as a second one must not arise (section 5.6).
 *
 * @param fields records of `product_fields`; empty when no extra field is named
 */
export function productForm(
	fields: readonly InSalesRecord[],
	before: InSalesRecord | undefined,
): Form {
	const heldIn = (product: InSalesRecord | undefined, id: string) =>
		rowsIn(product?.product_field_values).find((each) => String(each.product_field_id) === id);
	return {
		read: (product) => ({
			...product,
			properties: inOrder(propertiesOf(product) ?? []).map(({ title, value }) => ({
				title,
				value,
			})),
			...Object.fromEntries(
				fields.map((each) => [
					`${EXTRA}${String(each.handle)}`,
					heldIn(product, idOf(each))?.value ?? null,
				]),
			),
		}),
		write: (named) => {
			const extra = fields.flatMap((each): Json[] => {
				const value = named[`${EXTRA}${String(each.handle)}`];
				if (value === undefined) return [];
				const held = heldIn(before, idOf(each));
				return held?.id === undefined
					? [{ product_field_id: each.id ?? null, value }]
					: [{ id: held.id, value }];
			});
			const plain = Object.entries(named).filter(
				([name]) => name !== 'properties' && !name.startsWith(EXTRA),
			);
			return {
				...Object.fromEntries(plain),
				...(named.properties !== undefined && { properties_attributes: named.properties }),
				...(extra.length > 0 && { product_field_values_attributes: extra }),
			};
		},
	};
}

/** The extra fields that named values speak of. */
export async function extraFieldRecords(
	shop: InSalesShop,
	named: NamedValues,
): Promise<InSalesRecord[]> {
	if (!Object.keys(named).some((name) => name.startsWith(EXTRA))) return [];
	return [...(await allOf(shop, 'product_fields', anew)).values()].filter(isRecord);
}

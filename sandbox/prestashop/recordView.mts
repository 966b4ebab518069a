import type { Database } from './database.mts';
import type { LinkedItem, ResourceDefinition, Row } from './definitions.mts';
import type { VersionTraits } from './versions.mts';

/** A record as an answer shows it: stored values plus what getters compute. */
export interface RecordView {
	resource: ResourceDefinition;
	id: number;
	values: Row['values'];
	links: Record<string, LinkedItem[]>;
	/** Product a picture link belongs to, where it is not the record itself. */
	productId?: number;
	/** Extra elements of `price[...]`. */
	computed?: Record<string, string>;
	/** The answer to a write prints the object in memory, not the stored row (reference, section 2.2). */
	inMemory?: { sent: Set<string> };
	/** Fields that are numbers in JSON because PHP code assigned an integer. */
	integers?: Set<string>;
	/** What stands for the id when the object in memory has none. */
	printedId?: string;
}

function text(row: Row, field: string): string {
	const value = row.values[field];
	return typeof value === 'string' ? value : '';
}

function orderRows(resource: ResourceDefinition, row: Row, database: Database): LinkedItem[] {
	const fields = resource.associations.get('order_rows')?.fields ?? [];
	return database
		.table('order_details')
		.rowsWhere('id_order', String(row.id))
		.map((detail) => {
			const item: LinkedItem = {};
			for (const { name } of fields) {
				item[name] = name === 'id' ? String(detail.id) : text(detail, name);
			}
			return item;
		});
}

function productLinks(row: Row, database: Database): Record<string, LinkedItem[]> {
	return {
		...row.links,
		combinations: database
			.table('combinations')
			.rowsWhere('id_product', String(row.id))
			.map((combination) => ({ id: String(combination.id) })),
		stock_availables: database
			.table('stock_availables')
			.rowsWhere('id_product', String(row.id))
			.filter((stock) => text(stock, 'id_shop') !== '0')
			.map((stock) => ({
				id: String(stock.id),
				id_product_attribute: text(stock, 'id_product_attribute'),
			})),
	};
}

/** A product that is not in its default category has no position there (recorded exchange 396). */
function position(row: Row): string {
	const category = text(row, 'id_category_default');
	const listed = row.links.categories?.some((link) => link.id === category);
	return listed ? text(row, 'position_in_category') || '0' : '';
}

/** Adds what the getters of a resource compute to a row. */
export function viewRecord(
	resource: ResourceDefinition,
	row: Row,
	database: Database,
	traits: VersionTraits,
): RecordView {
	const view: RecordView = { resource, id: row.id, values: row.values, links: row.links };
	switch (resource.name) {
		case 'orders': {
			view.links = { order_rows: orderRows(resource, row, database) };
			if (resource.fields.get('shipping_number')?.dynamic) {
				const [carrier] = database.table('order_carriers').rowsWhere('id_order', String(row.id));
				view.values = {
					...row.values,
					shipping_number: carrier ? text(carrier, 'tracking_number') : '',
				};
			}
			break;
		}
		case 'products': {
			view.links = productLinks(row, database);
			const maker = database.table('manufacturers').get(Number(text(row, 'id_manufacturer')));
			view.values = {
				...row.values,
				manufacturer_name: maker ? text(maker, 'name') : '',
				position_in_category: position(row),
			};
			if (traits.integerDefaultCombination) view.integers = new Set(['id_default_combination']);
			break;
		}
		case 'languages':
			// The language of the request is an object that is already in memory (recorded exchange 136).
			if (traits.jsonNativeIntegers && row.id === 1) view.integers = new Set(['active', 'is_rtl']);
			break;
		case 'customer_threads': {
			const id = String(row.id);
			const messages = [...database.table('customer_messages').rows()]
				.filter((message) => text(message, 'id_customer_thread') === id)
				.map((message) => ({ id: String(message.id) }));
			view.links = { ...row.links, customer_messages: messages };
			break;
		}
		case 'combinations':
			view.productId = Number(text(row, 'id_product'));
			break;
		default:
	}
	return view;
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { PrestaShopVersion } from './versions.mts';

/** How a column stores its values; it decides what an omitted field becomes and how JSON prints it. */
export type ColumnType = 'int' | 'bool' | 'dec2' | 'dec3' | 'dec6' | 'datetime' | 'date' | 'string';

export interface FieldDefinition {
	required?: boolean;
	maxSize?: number;
	/** Validator name, as `schema=synopsis` prints it. */
	format?: string;
	/** Getter field: `notFilterable="true"`. */
	dynamic?: boolean;
	/** Rejected with code 93 when sent. */
	readOnly?: boolean;
	/** Printed as `readOnly` but writable all the same (customers up to 8.x). */
	markedReadOnly?: boolean;
	i18n?: boolean;
	/** Resource the value points to. */
	href?: string;
	/** The link is printed for 0 and empty values too. */
	hrefZero?: boolean;
	type?: ColumnType;
}

export interface AssociationDefinition {
	nodeType: string;
	api?: string;
	virtualEntity?: boolean;
	/** Path of the link on the child element. */
	itemHref?: string;
	fields: Array<{ name: string; required?: boolean; href?: string; readOnly?: boolean }>;
}

export interface ResourceDefinition {
	name: string;
	description: string;
	/** Verbs that are forbidden for every key (405, code 101), lower case. */
	forbidden: string[];
	noSchema: boolean;
	className: string;
	/** Name of the list element. */
	list: string;
	/** Name of the element of one record. */
	item: string;
	/** First number that automatic ids take, where the recorded shop is ahead of its rows. */
	nextId: number;
	fields: Map<string, FieldDefinition>;
	associations: Map<string, AssociationDefinition>;
}

export type FieldValue = string | null | Record<string, string>;

export type LinkedItem = Record<string, string>;

/** One stored record. Rows are never changed in place: a write replaces the row. */
export interface Row {
	id: number;
	values: Record<string, FieldValue>;
	/** What conditions look at where it differs: the installation's table beside that of the shop. */
	installation?: Record<string, string>;
	links: Record<string, LinkedItem[]>;
}

export interface ShopData {
	version: PrestaShopVersion;
	images: { nextId: number; root: string; typesOrder: string[] };
	/** Line numbers of the PHP notices that `schema=` answers consist of (1.7.8.11 on PHP 7.4). */
	schemaNotices: Record<string, Record<string, number[]>>;
	resources: Map<string, ResourceDefinition>;
	rows: Map<string, Row[]>;
}

interface StoredResource {
	description: string;
	forbidden?: string[];
	noSchema?: boolean;
	className?: string;
	list?: string;
	item?: string;
	nextId?: number;
	fields?: Record<string, FieldDefinition>;
	associations?: Record<string, AssociationDefinition>;
}

interface StoredData {
	version: PrestaShopVersion;
	images: ShopData['images'];
	schemaNotices: ShopData['schemaNotices'];
	resources: Record<string, StoredResource>;
	rows: Record<string, Array<Record<string, unknown>>>;
}

const loaded = new Map<PrestaShopVersion, ShopData>();

/** `new` is a dummy without a column; a threshold that was never set is NULL (recorded exchange 040). */
function withNulls(stored: Record<string, unknown>): Row['values'] {
	const values = stored as Row['values'];
	if ('new' in values) values.new = null;
	if (values.low_stock_threshold === '') values.low_stock_threshold = null;
	return values;
}

function readRow(stored: Record<string, unknown>): Row {
	const { id, '@': links, ...values } = stored;
	return {
		id: Number(id),
		values: withNulls(values),
		links: (links ?? {}) as Row['links'],
	};
}

/**
 * Definitions and demo rows of one version. The file is taken from the recorded exchanges; what no recording shows
 * (resources that were only listed in the root document) follows section 5.9 of the PrestaShop webservice reference.
 */
export function loadShopData(version: PrestaShopVersion): ShopData {
	const known = loaded.get(version);
	if (known) return known;
	const path = join(import.meta.dirname, 'data', `${version}.json`);
	const stored = JSON.parse(readFileSync(path, 'utf8')) as StoredData;
	const data: ShopData = {
		version: stored.version,
		images: stored.images,
		schemaNotices: stored.schemaNotices,
		resources: new Map(
			Object.entries(stored.resources).map(([name, resource]) => [
				name,
				{
					name,
					description: resource.description,
					forbidden: resource.forbidden ?? [],
					noSchema: resource.noSchema ?? false,
					className: resource.className ?? '',
					list: resource.list ?? name,
					item: resource.item ?? name,
					nextId: resource.nextId ?? 1,
					fields: new Map(Object.entries(resource.fields ?? {})),
					associations: new Map(Object.entries(resource.associations ?? {})),
				},
			]),
		),
		rows: new Map(Object.entries(stored.rows).map(([name, rows]) => [name, rows.map(readRow)])),
	};
	loaded.set(version, data);
	return data;
}

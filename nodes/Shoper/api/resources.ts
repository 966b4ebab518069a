/** Names of the ID, where it is not the singular of the resource (Shoper REST reference 6). */
const ID_FIELDS: Readonly<Record<string, string>> = {
	'additional-fields': 'field_id',
	'attribute-groups': 'attribute_group_id',
	deliveries: 'delivery_id',
	'geolocation-countries': 'country_id',
	'geolocation-regions': 'region_id',
	'geolocation-subregions': 'subregion_id',
	languages: 'lang_id',
	'loyalty-events': 'event_id',
	'metafield-values': 'value_id',
	metafields: 'metafield_id',
	news: 'news_id',
	'news-categories': 'category_id',
	'news-comments': 'comment_id',
	'news-files': 'file_id',
	'news-tags': 'tag_id',
	'option-groups': 'group_id',
	'option-values': 'ovalue_id',
	'order-products': 'id',
	'order-tags': 'tag_id',
	'product-files': 'file_id',
	'product-images': 'gfx_id',
	'product-safety-certificates': 'id',
	'product-safety-importers': 'id',
	'product-safety-producers': 'id',
	'product-safety-responsibles': 'id',
	'product-stocks': 'stock_id',
	'product-tags': 'tag_id',
	progresses: 'progress_id',
	'promotion-codes': 'code_id',
	specialoffers: 'promo_id',
	statuses: 'status_id',
	'subscriber-groups': 'group_id',
	taxes: 'tax_id',
	'user-addresses': 'address_book_id',
	'user-groups': 'group_id',
	'user-tags': 'tag_id',
};

/** Paths of the API, for the list of "Other API Resource" (Shoper REST reference 6.1). */
export const RESOURCE_PATHS: readonly string[] = [
	'aboutpages',
	'additional-field-options',
	'additional-fields',
	'application-config',
	'application-version',
	'attribute-groups',
	'attributes',
	'auction-houses',
	'auction-orders',
	'auctions',
	'availabilities',
	'categories',
	'categories-tree',
	'collections',
	'currencies',
	'dashboard-activities',
	'dashboard-stats',
	'deliveries',
	'gauges',
	'geolocation-countries',
	'geolocation-regions',
	'geolocation-subregions',
	'languages',
	'loyalty-events',
	'metafield-values',
	'metafields/product',
	'metafields/system',
	'news',
	'news-categories',
	'news-comments',
	'news-files',
	'news-tags',
	'object-mtime/order',
	'object-mtime/product',
	'option-groups',
	'option-values',
	'options',
	'order-products',
	'order-tags',
	'orders',
	'parcels',
	'payments',
	'producers',
	'product-files',
	'product-images',
	'product-safety-certificates',
	'product-safety-importers',
	'product-safety-producers',
	'product-safety-responsibles',
	'product-stocks',
	'product-tags',
	'products',
	'progresses',
	'promotion-codes',
	'redirects',
	'shippings',
	'specialoffers',
	'statuses',
	'subscriber-groups',
	'subscribers',
	'taxes',
	'units',
	'user-addresses',
	'user-groups',
	'user-tags',
	'users',
	'warehouse-logs',
	'warehouse-relocations',
	'warehouses',
	'webhooks',
	'zones',
];

/** Field that holds the ID of a resource's records; guessed for resources nobody described. */
export function idFieldOf(resource: string): string {
	const known = ID_FIELDS[resource];
	if (known !== undefined) return known;
	return `${singular(resource).replace(/-/g, '_')}_id`;
}

function singular(resource: string): string {
	if (resource.endsWith('ies')) return resource.replace(/ies$/, 'y');
	return resource.replace(/s$/, '');
}

/** Lists whose `id` is that of another record: an order has many activities (section 6.9). */
const NO_ID = ['dashboard-activities'];

/** ID of a record as text; empty when it has none. */
export function idOf(resource: string, record: Readonly<Record<string, unknown>>): string {
	if (NO_ID.includes(resource)) return '';
	const id = record[idFieldOf(resource)] ?? record.id;
	return id === undefined || id === null ? '' : String(id);
}

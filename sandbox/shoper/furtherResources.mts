/** Reference lists, and the resources that are plain records without rules of their own. */
import type { Area } from './areas.mts';
import { CRUD, READ } from './definitions.mts';
import type { Fields, ResourceDefinition, Verb } from './definitions.mts';

interface Shape {
	name: string;
	idField: string;
	area: Area;
	blank: Fields;
	translation?: Fields;
	verbs?: readonly Verb[];
	required?: readonly string[];
}

const texts = (...names: string[]): Fields => Object.fromEntries(names.map((name) => [name, '']));

/** Lists that a shop's owner fills in the panel. */
const REFERENCE: Shape[] = [
	{
		name: 'payments',
		idField: 'payment_id',
		area: 'payments',
		blank: {
			...texts('payment_id', 'name'),
			order: '0',
			install: '1',
			visible: '1',
			translations: [],
			currencies: [],
		},
		translation: {
			...texts('trans_id', 'payment_id', 'title', 'description', 'vendor_description'),
			active: '1',
			...texts('notify', 'notify_mail', 'lang_id'),
		},
	},
	{
		name: 'shippings',
		idField: 'shipping_id',
		area: 'shippings',
		blank: {
			...texts('shipping_id', 'name'),
			cost: '0.00',
			depend_on_w: '0',
			tax_id: '1',
			max_weight: '0',
			min_weight: '0',
			free_shipping: '0.00',
			order: '0',
			min_cost: '0.00',
			max_cost: '0.00',
			visible: '1',
			mobile: '1',
			engine: 'vendor',
			zone_id: '1',
			callback_url: '',
			url: '',
			description: '',
			active: '1',
			is_default: '0',
			lang_id: '1',
			countries: [],
			ranges: [],
			translations: [],
			payments: [],
			gauges: [],
		},
		translation: texts('trans_id', 'shipping_id', 'name', 'description', 'lang_id'),
	},
	{
		name: 'currencies',
		idField: 'currency_id',
		area: 'currencies',
		blank: {
			...texts('currency_id', 'name'),
			rate: '1',
			order: '0',
			active: '1',
			rate_sync: '0',
			auto_update: '0',
			rate_date: '0000-00-00 00:00:00',
			default: '0',
		},
	},
	{
		name: 'languages',
		idField: 'lang_id',
		area: 'languages',
		blank: { ...texts('lang_id', 'locale'), currency_id: '1', active: '1', order: '0' },
		// POST is accepted by the router and fails inside (LIVE: 500).
		verbs: ['list', 'get', 'create'],
	},
	{
		name: 'taxes',
		idField: 'tax_id',
		area: 'taxes',
		blank: texts('tax_id', 'value', 'name', 'class'),
	},
	{
		name: 'deliveries',
		idField: 'delivery_id',
		area: 'deliveries',
		blank: { ...texts('delivery_id', 'hours', 'days'), translations: [] },
		translation: texts('trans_id', 'delivery_id', 'name', 'lang_id'),
	},
	{
		name: 'availabilities',
		idField: 'availability_id',
		area: 'availabilities',
		blank: { ...texts('availability_id', 'photo', 'from', 'to'), translations: [] },
		translation: texts('trans_id', 'availability_id', 'name', 'lang_id'),
	},
	{
		name: 'units',
		idField: 'unit_id',
		area: 'products',
		blank: { unit_id: '', floating_point: '0', translations: [] },
		translation: texts('trans_id', 'unit_id', 'name', 'lang_id'),
	},
	{
		name: 'zones',
		idField: 'zone_id',
		area: 'shippings',
		blank: { ...texts('zone_id', 'name'), mode: '1', countries: [], code_ranges: [] },
	},
	{
		name: 'gauges',
		idField: 'gauge_id',
		area: 'shippings',
		blank: texts('gauge_id', 'name'),
	},
	{
		name: 'geolocation-countries',
		idField: 'country_id',
		area: 'shippings',
		blank: { ...texts('country_id', 'isocode'), active: '1', translations: [] },
		translation: texts('name'),
	},
	{
		name: 'geolocation-regions',
		idField: 'region_id',
		area: 'shippings',
		blank: { ...texts('region_id', 'country_id', 'name') },
	},
	{
		name: 'geolocation-subregions',
		idField: 'subregion_id',
		area: 'shippings',
		blank: { ...texts('subregion_id', 'region_id', 'name') },
	},
	{
		name: 'progresses',
		idField: 'progress_id',
		area: 'dashboard',
		blank: texts('progress_id', 'name', 'value'),
	},
];

const PLAIN: Shape[] = [
	{ name: 'order-tags', idField: 'tag_id', area: 'orders', blank: texts('tag_id', 'name') },
	{ name: 'user-tags', idField: 'tag_id', area: 'users', blank: texts('tag_id', 'name') },
	{
		name: 'user-groups',
		idField: 'group_id',
		area: 'users',
		blank: { ...texts('group_id', 'name'), discount: '0.00', filters: '0' },
	},
	{
		name: 'subscribers',
		idField: 'subscriber_id',
		area: 'subscribers',
		blank: {
			...texts('subscriber_id', 'email'),
			active: '1',
			dateadd: '0000-00-00 00:00:00',
			ipaddress: '',
			lang_id: '1',
			groups: [],
		},
		required: ['email'],
	},
	{
		name: 'subscriber-groups',
		idField: 'group_id',
		area: 'subscribers',
		blank: texts('group_id', 'name'),
	},
	{
		name: 'product-files',
		idField: 'file_id',
		area: 'products',
		blank: texts('file_id', 'product_id', 'file_name', 'description', 'date_add'),
	},
	{
		name: 'product-tags',
		idField: 'tag_id',
		area: 'products',
		blank: texts('tag_id', 'name', 'lang_id'),
	},
	{
		name: 'collections',
		idField: 'collection_id',
		area: 'products',
		blank: { collection_id: '', active: '1', translations: [] },
		translation: texts('name', 'description'),
	},
	{
		name: 'attributes',
		idField: 'attribute_id',
		area: 'attributes',
		blank: {
			...texts('attribute_id', 'name', 'description', 'attribute_group_id'),
			order: '0',
			type: '0',
			active: '1',
			default: '',
			options: [],
		},
	},
	{
		name: 'attribute-groups',
		idField: 'attribute_group_id',
		area: 'attributes',
		blank: {
			...texts('attribute_group_id', 'name', 'lang_id'),
			active: '1',
			filters: '0',
			categories: [],
		},
	},
	{
		name: 'options',
		idField: 'option_id',
		area: 'options',
		blank: { ...texts('option_id', 'type', 'group_id'), order: '0', translations: [] },
		translation: texts('name'),
	},
	{
		name: 'option-groups',
		idField: 'group_id',
		area: 'options',
		blank: { group_id: '', filters: '0', translations: [] },
		translation: texts('name'),
	},
	{
		name: 'option-values',
		idField: 'ovalue_id',
		area: 'options',
		blank: { ...texts('ovalue_id', 'option_id'), order: '0', translations: [] },
		translation: texts('value'),
	},
	{
		name: 'specialoffers',
		idField: 'promo_id',
		area: 'promotions',
		blank: {
			...texts('promo_id', 'product_id', 'date_from', 'date_to'),
			discount: '0.00',
			discount_type: '1',
			condition_type: '1',
			stocks: [],
		},
		required: ['product_id', 'discount'],
	},
	{
		name: 'promotion-codes',
		idField: 'code_id',
		area: 'promotions',
		blank: { ...texts('code_id', 'name', 'code'), active: '1', discount: '0.00' },
	},
	{
		name: 'redirects',
		idField: 'redirect_id',
		area: 'content',
		blank: texts('redirect_id', 'route', 'type', 'object_id', 'target', 'lang_id'),
	},
	{
		name: 'loyalty-events',
		idField: 'event_id',
		area: 'loyalty',
		blank: texts('event_id', 'user_id', 'score', 'date'),
		verbs: ['list', 'get', 'create'],
	},
	{
		name: 'additional-fields',
		idField: 'field_id',
		area: 'additional-fields',
		blank: {
			field_id: '',
			type: '1',
			locate: '8',
			req: '0',
			active: '1',
			order: '0',
			checked: '0',
			translations: [],
		},
		translation: { ...texts('name', 'description'), options: [] },
	},
	{
		name: 'auctions',
		idField: 'auction_id',
		area: 'auctions',
		blank: texts('auction_id', 'title'),
	},
	{
		name: 'auction-houses',
		idField: 'auction_house_id',
		area: 'auctions',
		blank: texts('auction_house_id', 'name'),
	},
	{
		name: 'auction-orders',
		idField: 'auction_order_id',
		area: 'auctions',
		blank: texts('auction_order_id', 'order_id', 'auction_id', 'auction_house_id', 'buyer_login'),
		verbs: ['list', 'get', 'create', 'update'],
	},
	{ name: 'aboutpages', idField: 'page_id', area: 'content', blank: texts('page_id', 'name') },
	{ name: 'news', idField: 'news_id', area: 'content', blank: texts('news_id', 'name', 'content') },
	{
		name: 'news-categories',
		idField: 'category_id',
		area: 'content',
		blank: texts('category_id', 'name'),
	},
	{
		name: 'news-comments',
		idField: 'comment_id',
		area: 'content',
		blank: texts('comment_id', 'news_id', 'content'),
	},
	{
		name: 'news-files',
		idField: 'file_id',
		area: 'content',
		blank: texts('file_id', 'news_id', 'name'),
	},
	{ name: 'news-tags', idField: 'tag_id', area: 'content', blank: texts('tag_id', 'name') },
	...['producers', 'importers', 'responsibles', 'certificates'].map(
		(kind): Shape => ({
			name: `product-safety-${kind}`,
			idField: 'id',
			area: 'products',
			blank: texts('id', 'name', 'email', 'address'),
		}),
	),
	{
		name: 'metafields',
		idField: 'metafield_id',
		area: 'metafields',
		blank: { ...texts('metafield_id', 'object', 'namespace', 'key', 'description'), type: '3' },
	},
	{
		name: 'metafield-values',
		idField: 'value_id',
		area: 'metafields',
		blank: texts('value_id', 'metafield_id', 'object_id', 'value'),
		required: ['metafield_id', 'object_id'],
	},
];

/** Resources beside those of resources.mts. Where the reference names no fields, the fields are a guess. */
export const FURTHER_RESOURCES: ResourceDefinition[] = [
	...REFERENCE.map((shape) => ({ verbs: READ, ...shape })),
	...PLAIN.map((shape) => ({ verbs: CRUD, ...shape })),
];

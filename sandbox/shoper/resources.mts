/** Every resource of the sandbox as data (Shoper REST reference 6). */
import {
	BLANK_ORDER,
	BLANK_ORDER_PRODUCT,
	BLANK_PARCEL,
	BLANK_PRODUCT,
	BLANK_STOCK,
	BLANK_USER,
	BLANK_USER_ADDRESS,
	PRODUCT_TRANSLATION,
} from './blanks.mts';
import { CRUD, READ } from './definitions.mts';
import type { Fields, ResourceDefinition } from './definitions.mts';
import { FURTHER_RESOURCES } from './furtherResources.mts';

const named = (...names: string[]): Fields => Object.fromEntries(names.map((name) => [name, '']));

const SALES: ResourceDefinition[] = [
	{
		name: 'orders',
		idField: 'order_id',
		area: 'orders',
		verbs: CRUD,
		blank: BLANK_ORDER,
		alsoFilterable: ['additional_fields', 'tags', 'tag_id'],
		readOnly:
			'sum code registered discount_client discount_group discount_levels discount_code origin_name is_cash_on_delivery is_paid is_overpayment is_underpayment total_parcels total_products children parent_order_id loyalty_cost loyalty_score vat_eu shipping_tax_name shipping_tax_value order_url payment_url ip_address promo_code delivery_date delivery_code properties tags'.split(
				' ',
			),
		required: ['email', 'status_id', 'payment_id', 'shipping_id', 'user_id', 'shipping_tax_id'],
		references: {
			status_id: 'statuses',
			payment_id: 'payments',
			shipping_id: 'shippings',
			user_id: 'users',
			shipping_tax_id: 'taxes',
			currency_id: 'currencies',
			lang_id: 'languages',
		},
	},
	{
		name: 'order-products',
		idField: 'id',
		area: 'orders',
		verbs: CRUD,
		blank: BLANK_ORDER_PRODUCT,
		readOnly: ['images', 'ean'],
		required: ['order_id', 'price', 'quantity'],
		references: { order_id: 'orders' },
		indexed: ['order_id'],
	},
	{
		name: 'parcels',
		idField: 'parcel_id',
		area: 'parcels',
		verbs: CRUD,
		blank: BLANK_PARCEL,
		readOnly: ['order_date', 'send_date'],
		required: ['order_id', 'shipping_id'],
		references: { order_id: 'orders', shipping_id: 'shippings' },
		indexed: ['order_id'],
	},
	{
		name: 'statuses',
		idField: 'status_id',
		area: 'statuses',
		verbs: READ,
		blank: {
			status_id: '',
			active: '1',
			default: '0',
			color: '',
			type: '2',
			email_change: '0',
			order: '0',
			translations: [],
		},
		translation: named('trans_id', 'status_id', 'name', 'lang_id', 'message', 'message_html'),
	},
	{
		name: 'users',
		idField: 'user_id',
		area: 'users',
		verbs: CRUD,
		blank: BLANK_USER,
		alsoFilterable: ['additional_fields', 'tags', 'tag_id'],
		readOnly: ['date_add', 'lastvisit', 'registered', 'origin', 'groups', 'password'],
		required: ['email'],
		unique: ['email'],
		indexed: ['email'],
	},
	{
		name: 'user-addresses',
		idField: 'address_book_id',
		area: 'users',
		verbs: CRUD,
		blank: BLANK_USER_ADDRESS,
		required: ['firstname', 'lastname', 'street_1', 'city', 'zip_code', 'phone', 'user_id'],
		references: { user_id: 'users' },
	},
];

const CATALOGUE: ResourceDefinition[] = [
	{
		name: 'products',
		idField: 'product_id',
		area: 'products',
		verbs: CRUD,
		blank: BLANK_PRODUCT,
		translation: PRODUCT_TRANSLATION,
		// category_id and code are recorded as unknown; ean stands beside code in the same table.
		notFilterable: ['category_id', 'code', 'ean', 'main_image'],
		alsoFilterable: ['category_tree_id'],
		readOnly: ['add_date', 'edit_date', 'main_image', 'promo_price', 'special_offer'],
		required: ['category_id', 'code', 'pkwiu', 'stock', 'translations'],
		references: {
			category_id: 'categories',
			tax_id: 'taxes',
			unit_id: 'units',
			producer_id: 'producers',
		},
		unique: ['code'],
	},
	{
		name: 'product-stocks',
		idField: 'stock_id',
		area: 'product-stocks',
		verbs: CRUD,
		blank: BLANK_STOCK,
		readOnly:
			'extended comp_price comp_promo_price comp_price_wholesale comp_promo_price_wholesale comp_price_special comp_promo_price_special comp_weight calculated_availability_id historical_lowest_price wholesale_historical_lowest_price special_historical_lowest_price special_offer'.split(
				' ',
			),
		required: ['product_id'],
		references: { product_id: 'products' },
		indexed: ['product_id'],
	},
	{
		name: 'product-images',
		idField: 'gfx_id',
		area: 'products',
		verbs: CRUD,
		blank: {
			...named('gfx_id', 'product_id', 'name', 'unic_name'),
			order: '1',
			hidden: '0',
			main: 0,
			translations: [],
			extension: 'jpg',
		},
		translation: named('name'),
		readOnly: ['unic_name', 'extension'],
		required: ['product_id'],
		references: { product_id: 'products' },
		indexed: ['product_id'],
	},
	{
		name: 'categories',
		idField: 'category_id',
		area: 'categories',
		verbs: CRUD,
		blank: {
			category_id: '',
			order: '0',
			root: '0',
			in_loyalty: '0',
			sort_type: '0',
			image_background: '',
			image_thumbnail: '',
			translations: [],
		},
		translation: {
			...named('trans_id', 'category_id', 'name', 'description', 'description_bottom'),
			active: '1',
			isdefault: '0',
			...named('seo_title', 'seo_description', 'seo_keywords', 'seo_url', 'permalink', 'items'),
			attribute_groups: '',
		},
		required: ['translations'],
	},
	{
		name: 'producers',
		idField: 'producer_id',
		area: 'producers',
		verbs: CRUD,
		blank: {
			...named('producer_id', 'name', 'web', 'gfx'),
			isdefault: '0',
			in_loyalty: '0',
			sort_type: '0',
			translations: [],
		},
		required: ['name'],
	},
];

const WEBHOOKS: ResourceDefinition[] = [
	{
		name: 'webhooks',
		idField: 'webhook_id',
		area: 'webhooks',
		verbs: CRUD,
		blank: { webhook_id: '', url: '', active: '1', format: '0', events: [], secret: '' },
		required: ['url', 'format'],
	},
];

/** All resources by path. */
export const RESOURCES: ReadonlyMap<string, ResourceDefinition> = new Map(
	[...SALES, ...CATALOGUE, ...WEBHOOKS, ...FURTHER_RESOURCES].map((one) => [one.name, one]),
);

/** The resource of that path; throws for a path that does not exist. */
export function resourceNamed(name: string): ResourceDefinition {
	const resource = RESOURCES.get(name);
	if (!resource) throw new Error(`The sandbox has no resource "${name}".`);
	return resource;
}

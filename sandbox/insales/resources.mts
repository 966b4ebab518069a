import type { Section } from './keys.mts';
import type { JsonObject } from './records.mts';

/** A resource without rules of its own: what a new record holds, what it cannot do without. */
export interface SimpleResource {
	path: string;
	/** Singular root of bodies. */
	root: string;
	section: Section;
	blank: JsonObject;
	required: string[];
	/** Fields that have to be numbers. */
	numbers?: string[];
	/** Understands `updated_since` and `from_id`. */
	incremental?: boolean;
	/** Does not cut by `from_id` (InSales API reference, 3.3). */
	fromIdIgnored?: boolean;
	/** Query parameters that keep the records whose field equals them. */
	filters?: string[];
	readOnly?: boolean;
}

const DATES = { created_at: null, updated_at: null };

/** The plain resources of the reference, 5.6 and 5.8. */
export const SIMPLE_RESOURCES: SimpleResource[] = [
	{
		path: 'collections',
		root: 'collection',
		section: 'products',
		required: ['title'],
		incremental: true,
		fromIdIgnored: true,
		blank: {
			parent_id: null,
			title: '',
			description: null,
			seo_description: null,
			html_title: null,
			meta_keywords: null,
			meta_description: null,
			permalink: '',
			url: '',
			position: 1,
			sort_type: 1,
			is_hidden: false,
			is_smart: false,
			recursive: true,
			field_values: [],
			custom_template: null,
			...DATES,
		},
	},
	{
		path: 'categories',
		root: 'category',
		section: 'products',
		required: ['title'],
		incremental: true,
		blank: { parent_id: null, title: '', position: 1, ...DATES },
	},
	{
		path: 'properties',
		root: 'property',
		section: 'products',
		required: ['title'],
		blank: {
			position: 1,
			is_hidden: false,
			is_navigational: true,
			backoffice: false,
			permalink: '',
			title: '',
		},
	},
	{
		path: 'option_names',
		root: 'option_name',
		section: 'products',
		required: ['title'],
		blank: { position: 1, navigational: true, title: '' },
	},
	{
		path: 'product_fields',
		root: 'product_field',
		section: 'products',
		required: ['title'],
		blank: { type: 'ProductField::TextField', title: '', handle: null, ...DATES },
	},
	{
		path: 'price_kinds',
		root: 'price_kind',
		section: 'products',
		required: ['title'],
		blank: {
			title: '',
			price_index: 1,
			show_in_lists: false,
			variant_price_method_name: 'price2',
		},
	},
	{
		path: 'client_groups',
		root: 'client_group',
		section: 'clients',
		required: ['title'],
		blank: { title: '', discount: '0.0', discount_description: null, is_default: false },
	},
	{
		path: 'bonus_system_transactions',
		root: 'bonus_system_transaction',
		section: 'clients',
		required: ['bonus_points'],
		numbers: ['bonus_points'],
		incremental: true,
		blank: { client_id: null, bonus_points: 0, description: null, ...DATES },
	},
	{
		path: 'warehouses',
		root: 'warehouse',
		section: 'settings',
		required: ['title'],
		blank: { title: '', array_index: 0, ...DATES },
	},
	{
		path: 'currencies',
		root: 'currency',
		section: 'settings',
		required: ['code'],
		blank: { code: '', title: '', rate: '1.0' },
	},
	{
		path: 'fields',
		root: 'field',
		section: 'settings',
		required: ['office_title'],
		blank: {
			type: 'Field::TextField',
			destiny: 3,
			office_title: '',
			title: '',
			system_name: null,
			handle: null,
			position: 1,
			active: true,
			for_buyer: true,
			obligatory: false,
			show_in_checkout: true,
			show_in_result: true,
			is_indexed: false,
			hide_in_backoffice: false,
			example: null,
			field_options: [],
			...DATES,
		},
	},
	{
		path: 'payment_gateways',
		root: 'payment_gateway',
		section: 'settings',
		required: ['title', 'type'],
		numbers: ['margin'],
		blank: {
			type: 'PaymentGateway::Custom',
			title: '',
			description: '',
			position: 1,
			margin: '0.0',
			available_for_individual_clients: true,
			available_for_juridical_clients: true,
			payment_delivery_variants: [],
			...DATES,
		},
	},
	{
		path: 'delivery_variants',
		root: 'delivery_variant',
		section: 'settings',
		required: ['title', 'type'],
		numbers: ['price'],
		blank: {
			type: 'DeliveryVariant::Fixed',
			title: '',
			description: null,
			position: 1,
			price: null,
			min_price: null,
			inverted: false,
			charge_up_to: null,
			customer_pickup: false,
			url: null,
			javascript: null,
			api_version: null,
			add_payment_gateways: false,
			delivery_locations: [],
			delivery_zones: [],
			rules: [],
			payment_delivery_variants: [],
			...DATES,
		},
	},
	{
		path: 'users',
		root: 'user',
		section: 'settings',
		required: ['name'],
		readOnly: true,
		blank: { name: '', email: null, phone: null },
	},
	{
		path: 'discount_codes',
		root: 'discount_code',
		section: 'discounts',
		required: ['code', 'discount'],
		numbers: ['discount'],
		incremental: true,
		blank: {
			code: '',
			type_id: 1,
			discount: '0.0',
			min_price: null,
			description: null,
			disabled: false,
			act_once: false,
			act_once_for_client: false,
			expired_at: null,
			worked: false,
			discount_collections: [],
			...DATES,
		},
	},
	{
		path: 'pages',
		root: 'page',
		section: 'content',
		required: ['title'],
		blank: { title: '', permalink: '', content: '', ...DATES },
	},
];

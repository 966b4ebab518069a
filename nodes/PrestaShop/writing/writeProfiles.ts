import { customerRules, productRules } from './fieldRules';
import {
	addressRules,
	cartRuleRules,
	catalogRules,
	combinationRules,
	messageRules,
	specificPriceRules,
} from './recordRules';
import type { FieldRule } from './fieldRules';

/** What has to be known to write a record without harm (PrestaShop webservice reference, section 4.5). */
export interface WriteProfile {
	/** Singular for messages. */
	label: string;
	/** Whether its texts exist once per language. */
	multilingual: boolean;
	/** Computed by the shop; sending them back is refused (93, 134) or spoils something. */
	computed: readonly string[];
	/** Setters with effects of their own: sent only when named. */
	onlyWhenNamed: readonly string[];
	/** Columns that may be NULL, which reads as empty: sent back empty they would become 0. */
	nullable: readonly string[];
	/** Fields this node does not set, and what to do instead. */
	refused: Readonly<Record<string, string>>;
	/** From this generation on, a PUT cannot keep these fields, because the shop wipes them. */
	putWipes?: { since: number; fields: readonly string[] };
	/** Associations that may be replaced, with the fields of a row. */
	associations: Readonly<Record<string, readonly string[]>>;
	/** What fields hold; fields that are missing here are sent as given. */
	rules: Readonly<Record<string, FieldRule>>;
}

const SHOP_SETS_IT = 'The shop sets it by itself.';

const PLAIN: WriteProfile = {
	label: 'record',
	multilingual: true,
	computed: [],
	onlyWhenNamed: [],
	nullable: [],
	refused: { date_upd: SHOP_SETS_IT },
	associations: {},
	rules: {},
};

const PROFILES: Readonly<Record<string, Partial<WriteProfile>>> = {
	products: {
		label: 'product',
		computed: ['manufacturer_name', 'quantity', 'position_in_category', 'new'],
		onlyWhenNamed: ['type', 'id_default_image', 'id_default_combination'],
		nullable: ['low_stock_threshold'],
		refused: {
			...PLAIN.refused,
			quantity: 'Stock is a record of its own in PrestaShop: use the resource Stock.',
			manufacturer_name: 'Set id_manufacturer instead.',
			position_in_category: 'PrestaShop cannot set it reliably through the webservice.',
			new: SHOP_SETS_IT,
			cache_default_attribute: 'Set id_default_combination instead.',
			cache_is_pack: SHOP_SETS_IT,
			cache_has_attachments: SHOP_SETS_IT,
		},
		associations: {
			categories: ['id'],
			product_features: ['id', 'id_feature_value'],
			tags: ['id'],
			accessories: ['id'],
			attachments: ['id'],
		},
		rules: productRules,
	},
	customers: {
		label: 'customer',
		multilingual: false,
		refused: {
			...PLAIN.refused,
			passwd: 'Customers set a new password through "Forgot your password?".',
			secure_key: SHOP_SETS_IT,
			last_passwd_gen: SHOP_SETS_IT,
			reset_password_token: SHOP_SETS_IT,
			reset_password_validity: SHOP_SETS_IT,
			deleted: 'Delete customers in the back office.',
		},
		putWipes: { since: 9, fields: ['secure_key', 'last_passwd_gen'] },
		associations: { groups: ['id'] },
		rules: customerRules,
	},
	categories: {
		label: 'category',
		computed: ['level_depth', 'nb_products_recursive'],
		refused: { ...PLAIN.refused, level_depth: SHOP_SETS_IT, nb_products_recursive: SHOP_SETS_IT },
		rules: catalogRules,
	},
	manufacturers: {
		label: 'manufacturer',
		computed: ['link_rewrite'],
		refused: { ...PLAIN.refused, link_rewrite: SHOP_SETS_IT },
		rules: catalogRules,
	},
	suppliers: {
		label: 'supplier',
		computed: ['link_rewrite'],
		refused: { ...PLAIN.refused, link_rewrite: SHOP_SETS_IT },
		rules: catalogRules,
	},
	cart_rules: { label: 'voucher', rules: cartRuleRules },
	stock_availables: { label: 'stock', multilingual: false },
	orders: { label: 'order', multilingual: false },
	order_payments: { label: 'payment', multilingual: false },
	customer_messages: { label: 'message', multilingual: false, rules: messageRules },
	order_carriers: { label: 'shipment', multilingual: false },
	addresses: { label: 'address', multilingual: false, rules: addressRules },
	combinations: {
		label: 'combination',
		multilingual: false,
		nullable: ['low_stock_threshold'],
		associations: { product_option_values: ['id'], images: ['id'] },
		rules: combinationRules,
	},
	specific_prices: { label: 'specific price', multilingual: false, rules: specificPriceRules },
};

/** How records of a resource are written; a careful default for resources without a row of their own. */
export function writeProfileOf(resource: string): WriteProfile {
	return { ...PLAIN, ...PROFILES[resource] };
}

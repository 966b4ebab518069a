import type { Fields } from './definitions.mts';

/** `application-config` of a fresh shop: the keys of Shoper REST reference 6.9 and a few more of about a hundred. */
export function freshConfig(timezone: string): Fields {
	return {
		shop_name: 'Demo shop',
		shop_email: 'shop@example.com',
		shop_url: '',
		technical_url: '',
		shop_off: '',
		locale_timezone: timezone,
		locale_default_weight: 'KILOGRAM',
		default_language_name: 'pl_PL',
		default_language_id: 1,
		default_currency_name: 'PLN',
		default_currency_id: 1,
		license_id: '0123456789abcdef0123456789abcdef01234567',
		warehouses_enabled: '0',
		shopping_allow_overselling: '',
		shopping_confirm_order: '0',
		shopping_update_stock_on_buy: '1',
		shopping_parcel_create_status_id: '',
		shopping_parcel_send_status_id: '7',
		shopping_change_status_payment_made_id: '',
		shopping_change_status_order_canceled_id: '8',
		shopping_products_allow_zero: '0',
		shopping_min_order_value: '0',
		registration_enable: '1',
		registration_confirm: '0',
	};
}

/** Version that the sandbox claims (`application-version`). */
export const SHOP_VERSION = '5.26.54';

/**
 * The fields of PrestaShop 1.7.8, for shops whose own description of them fails: 1.7.8 on PHP 7.4
 * answers `schema=synopsis` with 500, and some 8.0 with a damaged document (PrestaShop webservice
 * reference, sections 3.7 and 5).
 *
 * Marks: `*` required in new records, `^` one text per language, `!` never to be sent, `~` no
 * condition possible; `@name(fields)` is an association with the fields of its rows.
 */
export const fieldTable: Readonly<Record<string, string>> = {
	addresses:
		'id_customer id_manufacturer id_supplier id_warehouse id_country* id_state alias* company lastname* firstname* vat_number address1* address2 postcode city* other phone phone_mobile dni deleted date_add date_upd',
	attachments: 'file* file_name file_size mime* name*^ description^',
	carriers:
		'deleted is_module id_tax_rules_group~ id_reference name* active* is_free url shipping_handling shipping_external range_behavior shipping_method max_width max_height max_depth max_weight grade external_module_name need_range position delay*^',
	cart_rules:
		'id_customer date_from* date_to* description quantity quantity_per_user priority partial_use code minimum_amount minimum_amount_tax minimum_amount_currency minimum_amount_shipping country_restriction carrier_restriction group_restriction cart_rule_restriction product_restriction shop_restriction free_shipping reduction_percent reduction_amount reduction_tax reduction_currency reduction_product reduction_exclude_special gift_product gift_product_attribute highlight active date_add date_upd name*^',
	carts:
		'id_address_delivery id_address_invoice id_currency* id_customer id_guest id_lang* id_shop_group id_shop id_carrier recyclable gift gift_message mobile_theme delivery_option secure_key allow_seperated_package date_add date_upd @cart_rows(id_product,id_product_attribute,id_address_delivery,id_customization,quantity)',
	categories:
		'id_parent level_depth! nb_products_recursive!~ active* id_shop_default is_root_category position date_add date_upd name*^ link_rewrite*^ description^ meta_title^ meta_description^ meta_keywords^ @categories(id) @products(id)',
	combinations:
		'id_product* location ean13 isbn upc mpn quantity reference supplier_reference wholesale_price price ecotax weight unit_price_impact minimal_quantity* low_stock_threshold low_stock_alert default_on available_date @product_option_values(id) @images(id)',
	configurations: 'value name* id_shop_group id_shop date_add date_upd',
	contacts: 'email customer_service name*^ description^',
	content_management_system:
		'id_cms_category position indexation active meta_title*^ head_seo_title^ meta_description^ meta_keywords^ link_rewrite*^ content^',
	countries:
		'id_zone* id_currency call_prefix iso_code* active contains_states* need_identification_number* need_zip_code zip_code_format display_tax_label* name*^',
	currencies:
		'names^ name*~ symbol^ iso_code* numeric_iso_code precision conversion_rate* deleted active unofficial modified pattern^',
	customer_messages:
		'id_employee id_customer_thread ip_address message* file_name user_agent private date_add date_upd read',
	customer_threads:
		'id_lang* id_shop id_customer id_order id_product id_contact* email token* status date_add date_upd',
	customers:
		'id_default_group id_lang newsletter_date_add ip_registration_newsletter last_passwd_gen secure_key deleted passwd* lastname* firstname* email* id_gender birthday newsletter optin website company siret ape outstanding_allow_amount show_public_prices id_risk max_payment_days active note is_guest id_shop id_shop_group date_add date_upd reset_password_token reset_password_validity @groups(id)',
	customizations:
		'id_address_delivery* id_cart* id_product* id_product_attribute* quantity* quantity_refunded* quantity_returned* in_cart*',
	deliveries: 'id_carrier* id_range_price* id_range_weight* id_zone* id_shop id_shop_group price*',
	employees:
		'id_lang* last_passwd_gen stats_date_from stats_date_to stats_compare_from stats_compare_to passwd* lastname* firstname* email* active id_profile* bo_color default_tab bo_theme bo_css bo_width bo_menu stats_compare_option preselect_date_range id_last_order id_last_customer_message id_last_customer reset_password_token reset_password_validity has_enabled_gravatar',
	groups: 'reduction price_display_method* show_prices date_add date_upd name*^',
	guests:
		'id_customer id_operating_system id_web_browser javascript screen_resolution_x screen_resolution_y screen_color sun_java adobe_flash adobe_director apple_quicktime real_player windows_media accept_language mobile_theme',
	image_types: 'name* width* height* categories products manufacturers suppliers stores',
	languages:
		'name* iso_code* locale language_code active is_rtl date_format_lite* date_format_full*',
	manufacturers:
		'active link_rewrite!~ name* date_add date_upd description^ short_description^ meta_title^ meta_description^ meta_keywords^ @addresses(id)',
	messages: 'id_cart id_order id_customer id_employee message* private date_add',
	order_carriers:
		'id_order* id_carrier* id_order_invoice weight shipping_cost_tax_excl shipping_cost_tax_incl tracking_number date_add',
	order_cart_rules:
		'id_order* id_cart_rule* id_order_invoice name* value* value_tax_excl* free_shipping deleted',
	order_details:
		'id_order* product_id product_attribute_id product_quantity_reinjected group_reduction discount_quantity_applied download_hash download_deadline id_order_invoice id_warehouse* id_shop* id_customization product_name* product_quantity* product_quantity_in_stock product_quantity_return product_quantity_refunded product_price* reduction_percent reduction_amount reduction_amount_tax_incl reduction_amount_tax_excl product_quantity_discount product_ean13 product_isbn product_upc product_mpn product_reference product_supplier_reference product_weight tax_computation_method id_tax_rules_group ecotax ecotax_tax_rate download_nb unit_price_tax_incl unit_price_tax_excl total_price_tax_incl total_price_tax_excl total_shipping_price_tax_excl total_shipping_price_tax_incl purchase_supplier_price original_product_price original_wholesale_price total_refunded_tax_excl total_refunded_tax_incl @taxes(id)',
	order_histories: 'id_employee id_order_state* id_order* date_add',
	order_invoices:
		'id_order* number* delivery_number delivery_date total_discount_tax_excl total_discount_tax_incl total_paid_tax_excl total_paid_tax_incl total_products total_products_wt total_shipping_tax_excl total_shipping_tax_incl shipping_tax_computation_method total_wrapping_tax_excl total_wrapping_tax_incl shop_address note date_add',
	order_payments:
		'order_reference id_currency* amount* payment_method conversion_rate transaction_id card_number card_brand card_expiration card_holder date_add',
	order_slip:
		'id_customer* id_order* conversion_rate* total_products_tax_excl* total_products_tax_incl* total_shipping_tax_excl* total_shipping_tax_incl* amount shipping_cost shipping_cost_amount partial date_add date_upd order_slip_type',
	order_states:
		'unremovable delivery hidden send_email module_name invoice color logable shipped paid pdf_delivery pdf_invoice deleted name*^ template^',
	orders:
		'id_address_delivery* id_address_invoice* id_cart* id_currency* id_lang* id_customer* id_carrier* current_state module* invoice_number invoice_date delivery_number delivery_date valid date_add date_upd shipping_number~ note id_shop_group id_shop secure_key payment* recyclable gift gift_message mobile_theme total_discounts total_discounts_tax_incl total_discounts_tax_excl total_paid* total_paid_tax_incl total_paid_tax_excl total_paid_real* total_products* total_products_wt* total_shipping total_shipping_tax_incl total_shipping_tax_excl carrier_tax_rate total_wrapping total_wrapping_tax_incl total_wrapping_tax_excl round_mode round_type conversion_rate* reference @order_rows(id,product_id,product_attribute_id,product_quantity,product_name,product_reference,product_ean13,product_isbn,product_upc,product_price,id_customization,unit_price_tax_incl,unit_price_tax_excl)',
	price_ranges: 'id_carrier* delimiter1* delimiter2*',
	product_customization_fields: 'id_product* type* required* is_module is_deleted name*^',
	product_feature_values: 'id_feature* custom value*^',
	product_features: 'position name*^',
	product_option_values: 'id_attribute_group* color position name*^',
	product_options:
		'is_color_group group_type* position name*^ public_name*^ @product_option_values(id)',
	product_suppliers:
		'id_product* id_product_attribute* id_supplier* id_currency product_supplier_reference product_supplier_price_te',
	products:
		'id_manufacturer id_supplier id_category_default new cache_default_attribute id_default_image~ id_default_combination~ id_tax_rules_group position_in_category~ manufacturer_name!~ quantity!~ type~ id_shop_default reference supplier_reference location width height depth weight quantity_discount ean13 isbn upc mpn cache_is_pack cache_has_attachments is_virtual state additional_delivery_times delivery_in_stock^ delivery_out_stock^ product_type on_sale online_only ecotax minimal_quantity low_stock_threshold low_stock_alert price* wholesale_price unity unit_price_ratio additional_shipping_cost customizable text_fields uploadable_files active redirect_type id_type_redirected available_for_order available_date show_condition condition show_price indexed visibility advanced_stock_management date_add date_upd pack_stock_type meta_description^ meta_keywords^ meta_title^ link_rewrite^ name^ description^ description_short^ available_now^ available_later^ @categories(id) @images(id) @combinations(id) @product_option_values(id) @product_features(id,id_feature_value) @tags(id) @stock_availables(id,id_product_attribute) @attachments(id) @accessories(id) @product_bundle(id,id_product_attribute,quantity)',
	shop_groups: 'name* color share_customer share_order share_stock active deleted',
	shop_urls: 'id_shop* active main domain* domain_ssl physical_uri virtual_uri',
	shops: 'id_shop_group* id_category* active deleted name* color theme_name',
	specific_price_rules:
		'id_shop* id_country* id_currency* id_group* name* from_quantity* price* reduction* reduction_tax* reduction_type* from to',
	specific_prices:
		'id_shop_group id_shop* id_cart* id_product* id_product_attribute id_currency* id_country* id_group* id_customer* id_specific_price_rule price* from_quantity* reduction* reduction_tax* reduction_type* from* to*',
	states: 'id_zone* id_country* iso_code* name* active',
	stock_availables:
		'id_product* id_product_attribute* id_shop id_shop_group quantity* depends_on_stock* out_of_stock* location',
	stock_movement_reasons: 'sign deleted date_add date_upd name*^',
	stock_movements:
		'id_product id_product_attribute id_warehouse id_currency management_type id_employee* id_stock* id_stock_mvt_reason* id_order id_supply_order physical_quantity* sign* last_wa current_wa price_te* date_add*',
	stocks:
		'id_warehouse* id_product* id_product_attribute* real_quantity reference ean13 isbn upc mpn physical_quantity* usable_quantity* price_te*',
	stores:
		'id_country* id_state hours^ postcode city* latitude longitude phone fax email active* date_add date_upd name*^ address1*^ address2^ note^',
	suppliers:
		'link_rewrite name* active date_add date_upd description^ meta_title^ meta_description^ meta_keywords^',
	supply_order_details:
		'id_supply_order* id_product* id_product_attribute* reference supplier_reference name ean13 isbn upc mpn exchange_rate* unit_price_te* quantity_expected* quantity_received price_te* discount_rate* discount_value_te* price_with_discount_te* tax_rate* tax_value* price_ti* tax_value_with_order_discount price_with_order_discount_te',
	supply_order_histories:
		'id_supply_order* id_employee* id_state* employee_firstname employee_lastname date_add*',
	supply_order_receipt_histories:
		'id_supply_order_detail* id_employee* id_supply_order_state employee_firstname employee_lastname quantity* date_add',
	supply_order_states: 'delivery_note editable receipt_state pending_receipt enclosed color name*^',
	supply_orders:
		'id_supplier* id_lang* id_warehouse* id_supply_order_state* id_currency* supplier_name* reference* date_delivery_expected* total_te total_with_discount_te total_ti total_tax discount_rate discount_value_te is_template date_add date_upd',
	tags: 'id_lang* name*',
	tax_rule_groups: 'name* active deleted date_add date_upd',
	tax_rules:
		'id_tax_rules_group* id_state id_country* zipcode_from zipcode_to id_tax* behavior description',
	taxes: 'rate* active deleted name*^',
	translated_configurations: 'value name* id_shop_group id_shop date_add date_upd',
	warehouse_product_locations: 'id_product* id_product_attribute* id_warehouse* location',
	warehouses:
		'id_address* id_employee* id_currency* valuation! deleted reference* name* management_type*',
	weight_ranges: 'id_carrier* delimiter1* delimiter2*',
	zones: 'name* active',
};

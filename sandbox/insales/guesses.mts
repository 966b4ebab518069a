/**
 * What no document says for sure (InSales API reference, UNCONFIRMED and section 13). A test that must not depend on a
 * guess turns it with `control.setGuesses`.
 */
export interface Guesses {
	/** A permalink alone moves the order to the status and its system status; otherwise only together with it (5.10). */
	permalinkAlone: boolean;
	/** What an `updated_since` that cannot be read leads to; an unescaped `+` makes one (3.3). */
	unreadableDates: 'refuse' | 'ignore';
	/** `Z` as the zone of `updated_since` can be read (7). */
	acceptsZ: boolean;
	/** 422 of orders as `{"status":"error","errors":{…}}` instead of a bare map (4.3). */
	orderErrorsWrapped: boolean;
	/** `action` of a change within one system status; null: the shop writes no entry (6.3). */
	customStatusAction: string | null;
	/** A payment method that is not linked to the delivery method is refused (5.9). */
	paymentLinksEnforced: boolean;
	/** Obligatory extra fields of the shop are demanded from the API (5.9). */
	obligatoryFieldsEnforced: boolean;
	/** The price of a Fixed delivery is used when `delivery_price` is absent (5.9). */
	fixedPriceThroughApi: boolean;
	/** A value sent with `field_id` or `handle` for a field that has one is added; otherwise it replaces (5.6). */
	fieldIdDuplicates: boolean;
	/** A change of stock or price moves the product's `updated_at` (9). */
	stockTouchesProduct: boolean;
	/** Short lists (settings) obey `page` and `per_page`; otherwise every page is the whole list. */
	shortListsPaged: boolean;
	/** Status changes through the API are messaged to the customer as those of the back office (5.10). */
	apiChangesNotify: boolean;
	/** An order of a plain list comes newest first; otherwise oldest first (3.3). */
	newestFirst: boolean;
	/** Records are stamped with real milliseconds; otherwise with whole seconds (3.3). */
	preciseStamps: boolean;
	/** Answers have a `Date` header (3.3). */
	datedAnswers: boolean;
	/** `per_page` when none is sent (3.1). */
	defaultPerPage: number;
}

export const DEFAULT_GUESSES: Guesses = {
	permalinkAlone: true,
	unreadableDates: 'refuse',
	acceptsZ: true,
	orderErrorsWrapped: false,
	customStatusAction: 'custom_status_changed',
	paymentLinksEnforced: false,
	obligatoryFieldsEnforced: false,
	fixedPriceThroughApi: true,
	fieldIdDuplicates: true,
	stockTouchesProduct: true,
	shortListsPaged: true,
	apiChangesNotify: true,
	newestFirst: true,
	preciseStamps: false,
	datedAnswers: true,
	defaultPerPage: 25,
};

/**
 * The one shape of products on every shop (`simplify`): IDs are strings, money is a number, absent
 * is `null`, also a list that was not read: an empty one means that there are none. Times are ISO 8601. Parts that could not be joined are named in `_missing`.
 */

/** Texts of a product in one language. */
export interface SimplifiedProductTexts {
	name: string | null;
	/** HTML. */
	description: string | null;
	/** HTML. */
	descriptionShort: string | null;
	metaTitle: string | null;
	metaDescription: string | null;
	metaKeywords: string | null;
	/** The readable part of the product's address. */
	linkRewrite: string | null;
}

/** The texts of a product, each from the shop's own field for it. */
export function productTexts(
	fields: Readonly<Record<keyof SimplifiedProductTexts, string>>,
	textOf: (field: string) => string | null,
): SimplifiedProductTexts {
	return {
		name: textOf(fields.name),
		description: textOf(fields.description),
		descriptionShort: textOf(fields.descriptionShort),
		metaTitle: textOf(fields.metaTitle),
		metaDescription: textOf(fields.metaDescription),
		metaKeywords: textOf(fields.metaKeywords),
		linkRewrite: textOf(fields.linkRewrite),
	};
}

export interface SimplifiedTranslation extends SimplifiedProductTexts {
	/** The shop's ID of the language. */
	language: string;
}

export interface SimplifiedProduct extends SimplifiedProductTexts {
	platform: string;
	shop: string;
	id: string;
	/** Stock keeping unit: what shops call reference, code or article number. */
	reference: string | null;
	ean: string | null;
	active: boolean | null;
	price: number | null;
	/** Whether `price` includes tax. */
	priceIncludesTax: boolean | null;
	/** Purchase price without tax. */
	purchasePrice: number | null;
	/** Pieces on hand, all variants together. */
	stock: number | null;
	/** In the shop's unit. */
	weight: number | null;
	manufacturer: { id: string; name: string | null } | null;
	mainCategoryId: string | null;
	categoryIds: string[] | null;
	variantIds: string[] | null;
	imageIds: string[] | null;
	/** Page of the product in the shop. */
	url: string | null;
	createdAt: string | null;
	updatedAt: string | null;
	/** Texts in every language, when asked for. */
	translations?: SimplifiedTranslation[];
	/** What could not be joined, each with the right that would bring it. Absent when nothing is missing. */
	_missing?: string[];
}

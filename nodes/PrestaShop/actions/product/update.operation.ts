import { languageIdOf } from '../../languages/shopLanguages';
import { textsOfRows } from '../../languages/texts';
import { otherFields } from '../../writing/fields';
import { simplify } from '../../../shared/actions/fields';
import { productId } from '../../pickers/locators';
import { namedValues, somethingNamed } from '../../../shared/writing/namedValues';
import { operation } from '../operation';
import { productUpdateOptions, translations, updateFields } from '../../products/fields';
import { productIdNamed, viewProduct } from '../../products/view';
import { TEXT_FIELDS } from '../../products/simplify';
import { updateRecords } from '../../writing/updateMany';
import { updateReport } from '../../../shared/writing/update';

export const updateProduct = operation({
	value: 'update',
	name: 'Update',
	action: 'Update a product',
	description:
		'Change texts in some languages, price, reference or other fields of a product. Every language, field and list that is not named stays exactly as it was.',
	needs: ['products GET', 'products PUT|PATCH', 'languages GET'],
	uses: ['stock_availables GET'],
	items: 'together',
	fields: [productId, translations, updateFields, otherFields, simplify, productUpdateOptions],
	run: async (shop, values, item) => {
		const { dryRun, onlyIfChanged, includeTranslations = false, language = '' } = values.options;
		const texts = await textsOfRows(shop, values.translations, TEXT_FIELDS);
		const { otherFields: others } = values;
		const named = somethingNamed(namedValues(values.updateFields, { otherFields: others, texts }));
		const languageId = await languageIdOf(shop, language);
		const id = await productIdNamed(shop, values.productId);
		const change = { resource: 'products', id, named, options: { dryRun, onlyIfChanged } };
		const updated = await item.together(updateRecords, change);
		const view = {
			simplify: values.simplify,
			language: languageId,
			translations: includeTranslations,
		};
		return { ...(await viewProduct(shop, updated.record, view)), ...updateReport(updated) };
	},
});

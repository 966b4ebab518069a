import { InputError } from '../../shared/protocol/errors';
import { isRecord } from '../api/codec';
import type { ShoperRecord } from '../api/codec';
import { allOf, ifPermitted } from '../api/reads';
import type { ShoperShop } from '../api/reads';

const LOCALE = /^[a-z]{2,3}_[A-Z]{2}$/;

/**
 * The locale (`pl_PL`) of a language that is named by locale, ISO code or ID. Languages that are
 * switched off count, too. Without the right to read the languages, those of `record` are known.
 *
 * @throws InputError when there is none, or when the code fits several
 */
export async function localeNamed(
	shop: ShoperShop,
	typed: string,
	record: ShoperRecord,
): Promise<string> {
	const listed = await ifPermitted(
		shop,
		'languages',
		'languages',
		undefined,
		async () => await allOf(shop, 'languages'),
	);
	const languages = listed
		? [...listed.values()].map(({ locale, lang_id }) => ({ locale, id: lang_id }))
		: languagesOf(record);
	const wanted = typed.toLowerCase().replace('-', '_');
	const named = languages.map(({ locale, id }) => ({ locale: String(locale), id: String(id) }));
	const whole = named.filter(({ locale, id }) => locale.toLowerCase() === wanted || id === wanted);
	const hits =
		whole.length > 0
			? whole
			: named.filter(({ locale }) => locale.toLowerCase().split('_')[0] === wanted);
	const [hit, ...others] = hits;
	if (hit && others.length === 0) return hit.locale;
	// A language the record does not have yet cannot be looked up; its locale needs no look-up.
	if (!hit && listed === undefined && LOCALE.test(typed)) return typed;
	throw new InputError(
		hit ? `Several languages of the shop fit "${typed}".` : `The shop has no language "${typed}".`,
		`Choose one of: ${(hit ? hits : named).map(({ locale }) => locale).join(', ')}.`,
	);
}

function languagesOf({ translations }: ShoperRecord): Array<{ locale: string; id: unknown }> {
	if (!isRecord(translations)) return [];
	return Object.entries(translations).map(([locale, texts]) => ({
		locale,
		id: isRecord(texts) ? texts.lang_id : '',
	}));
}

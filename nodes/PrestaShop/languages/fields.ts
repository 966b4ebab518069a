import { maxOutputCharacters, optionsField } from '../../shared/actions/fields';
import { field } from '../../shared/actions/operation';

/** The language in which names are given. */
export const language = field({
	displayName: 'Language',
	name: 'language',
	type: 'string',
	default: '',
	placeholder: 'e.g. pl',
	description: "ID, ISO code or name of the language for names. Empty: the shop's first language.",
});

/** Options of reads whose only choice is the language of names. */
export const languageOptions = optionsField([language, maxOutputCharacters]);

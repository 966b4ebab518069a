import { InputError } from '../../shared/protocol/errors';

/**
 * Parameters that would change what a call does, whom it concerns or how it is answered
 * (sections 1.3 and 9); each has a field of its own where it makes sense.
 */
const TAKEN = [
	'date',
	'display',
	'filter',
	'id',
	'io_format',
	'language',
	'limit',
	'output_format',
	'ps_method',
	'schema',
	'sort',
	'url',
	'ws_key',
	'xml',
];

/** Strict, because PHP turns points and spaces in names into underscores. */
const NAME = /^([a-z_]+)(\[[A-Za-z0-9_-]+\]){0,2}$/;

/**
 * Further query parameters, such as `price[gross][use_tax]`.
 *
 * @throws InputError for names that are not allowed
 */
export function extraQuery(rows: ReadonlyArray<{ name?: unknown; value?: unknown }>) {
	const query: Record<string, string> = {};
	for (const row of rows) {
		const name = String(row.name ?? '').trim();
		const [, base = ''] = NAME.exec(name) ?? [];
		if (base === '' || TAKEN.includes(base)) {
			throw new InputError(
				`"${name}" cannot be an additional query parameter.`,
				base === ''
					? 'Names are small letters and underscores, with parts in brackets if needed.'
					: 'Use the fields of the operation instead.',
			);
		}
		query[name] = String(row.value ?? '');
	}
	return query;
}

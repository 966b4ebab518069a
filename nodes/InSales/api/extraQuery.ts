import { InputError } from '../../shared/protocol/errors';

/** Parameters that the reading of lists needs for itself. */
const TAKEN = ['page', 'per_page', 'updated_since', 'from_id', 'format'];

const NAME = /^[a-z_]+(\[[a-z0-9_]*\])?$/i;

/**
 * Further query parameters. Values of a name that ends in `[]` may be several, separated by commas; rows of
 * the same such name add up.
 *
 * @throws InputError for names that are not allowed
 */
export function extraQuery(
	rows: ReadonlyArray<{ name?: unknown; value?: unknown }>,
): Record<string, string> {
	const query: Record<string, string> = {};
	for (const row of rows) {
		const name = String(row.name ?? '').trim();
		const isTaken = TAKEN.includes(name);
		if (isTaken || !NAME.test(name)) {
			throw new InputError(
				`"${name}" cannot be an additional query parameter.`,
				isTaken
					? 'Use the fields of the operation instead.'
					: 'Names are letters and underscores, such as category_id or filter[title].',
			);
		}
		const value = String(row.value ?? '');
		const before = query[name];
		query[name] = name.endsWith('[]') && before !== undefined ? `${before},${value}` : value;
	}
	return query;
}

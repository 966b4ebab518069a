import { InputError } from '../../shared/protocol/errors';
import { hasStrictIds, recordId } from '../../shared/text/recordId';

/** Characters of path segments: names of resources, IDs and permalinks. */
const SEGMENT = /^[A-Za-z0-9_-]+$/;

/** Lists that can be read by their changes (InSales API reference, 3.3). */
const BY_CHANGES = ['orders', 'products', 'clients', 'discount_codes', 'bonus_system_transactions'];

/**
 * Segments of a path below /admin as a user gives it: `product_fields`, `/admin/products/5/images.json`.
 *
 * @throws InputError for whole addresses, XML, queries, and what is no path
 */
export function adminPath(typed: string): readonly string[] {
	const text = typed.trim();
	const wrong = (fix: string) => new InputError(`"Path" is "${typed}".`, fix);
	if (/^[a-z]+:\/\//i.test(text)) {
		throw wrong(
			'Enter only what stands behind /admin/, such as product_fields: the shop is that of the credential.',
		);
	}
	if (/[?#]/.test(text)) {
		throw wrong('Enter the path without parameters, and those under Options > Query Parameters.');
	}
	if (/\.xml$/i.test(text)) throw wrong('This node speaks JSON only: leave the ending away.');
	const segments = text
		.replace(/^\/+|\/+$/g, '')
		.replace(/^admin\//i, '')
		.replace(/\.json$/i, '')
		.split('/');
	if (segments.every((segment) => SEGMENT.test(segment)) && hasStrictIds(segments)) return segments;
	throw wrong(
		'Enter the path as the API documentation of InSales names it behind /admin/, such as product_fields or products/501/images.',
	);
}

/**
 * The last segment of a record's path: an ID, or the permalink of a custom status. The shop reads what
 * only begins with a number as that number, and would change another record. Throws `InputError`.
 */
export function pathId(typed: string, path: readonly string[]): string {
	if (path.at(-1) !== 'custom_statuses') return recordId(typed, 'Record ID');
	const text = typed.trim().replace(/^#/, '');
	if (SEGMENT.test(text)) return text;
	throw new InputError(`"Record ID" is "${typed}".`, 'Enter the permalink of the custom status.');
}

/** The singular name around the fields of a record, from the last name in its path. */
export function rootOf(path: readonly string[]): string {
	const name = [...path].reverse().find((segment) => !/^\d+$/.test(segment)) ?? '';
	if (/ies$/.test(name)) return name.replace(/ies$/, 'y');
	if (/(ss|x|ch|sh|us)es$/.test(name)) return name.slice(0, -'es'.length);
	return name.replace(/s$/, '');
}

/** How a whole list is read best. */
export function listKind(path: readonly string[]): 'changes' | 'changesByTime' | 'pages' {
	const [resource = '', ...deeper] = path;
	if (deeper.length > 0) return 'pages';
	if (resource === 'collections') return 'changesByTime';
	return BY_CHANGES.includes(resource) ? 'changes' : 'pages';
}

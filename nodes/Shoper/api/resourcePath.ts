import { InputError } from '../../shared/protocol/errors';
import { hasStrictIds } from '../../shared/text/recordId';

/** Paths that no workflow may use, in small letters without separators, and what to say. */
const REFUSED: Readonly<Record<string, string>> = {
	// POST locks every administrator out of the panel (Shoper REST reference 6.1).
	applicationlock: 'It locks administrators out of the panel, so this node never calls it.',
	auth: 'Logging in is the business of the credential.',
	oauth: 'Logging in is the business of the credential.',
	// A call within a bulk call could name any of the others.
	bulk: 'Use the operations of this node; those for many records gather requests by themselves.',
};

/** Names and IDs in the API's paths are plain; anything encoded is refused as it is. */
const SEGMENT = /^[A-Za-z0-9_-]+$/;

/**
 * Segments of a path of the API as a user typed it: `orders`, `metafields/product`,
 * `/webapi/rest/collections/5/products`. Throws `InputError` for anything that is none, and for paths
 * this node does not call, however they are written.
 */
export function resourcePath(typed: string): string[] {
	const plain = typed
		.trim()
		.replace(/^https?:\/\/[^/]*/i, '')
		.replace(/^\/*webapi\/rest(?=\/|$)/i, '')
		.replace(/^\/+|\/+$/g, '');
	const path = plain.split('/');
	const refused = path
		.map((segment) => REFUSED[segment.toLowerCase().replace(/[^a-z0-9]/g, '')])
		.find((reason) => reason !== undefined);
	if (refused !== undefined) {
		throw new InputError(`The path "${typed}" cannot be used.`, refused);
	}
	if (path.every((segment) => SEGMENT.test(segment)) && hasStrictIds(path)) return path;
	throw new InputError(
		`"${typed}" is not a path of the API.`,
		'Enter the name of a resource, such as user-addresses or metafields/product.',
	);
}

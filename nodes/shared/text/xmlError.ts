/** Text that cannot be read (or written) as XML. The message is meant for the owner of a shop. */
export class XmlError extends Error {
	readonly name = 'XmlError';

	constructor(
		readonly reason: 'not-xml' | 'malformed' | 'too-deep' | 'too-large' | 'doctype',
		message: string,
		/** The damaged text, so that a codec can find the record it happened in. Never shown. */
		readonly text = '',
	) {
		super(message);
	}
}

import type { XmlElement } from './xmlElement';
import { XmlError } from './xmlError';
import { ILLEGAL_CHARACTER } from './xmlReader';

const STRICT_NAME = /^[A-Za-z_:\u00C0-\u00D6\u00D8-\u00F6][\w:.\-\u00C0-\u00D6\u00D8-\u00F6]*$/;
const MAX_NAME_CHARACTERS_SHOWN = 80;

/**
 * Writes a tree as an XML document with declaration; always well-formed.
 *
 * Text is escaped, never put in CDATA: that takes care of `]]>`, and a carriage return can be
 * written as `&#13;`; as itself, every XML parser would turn it into a line feed. Removed are the
 * characters that XML 1.0 cannot hold in any notation: U+0000–U+0008, U+000B, U+000C,
 * U+000E–U+001F, U+FFFE, U+FFFF and lone surrogates.
 *
 * @throws XmlError ('malformed') for a name that is no XML name (letters up to U+00FF only).
 */
export function writeXml(element: XmlElement): string {
	const parts = ['<?xml version="1.0" encoding="UTF-8"?>\n'];
	writeElement(element, parts);
	return parts.join('');
}

function writeElement({ name, attributes, children, text }: XmlElement, parts: string[]): void {
	const wrong = [name, ...Object.keys(attributes)].find((each) => !STRICT_NAME.test(each));
	if (wrong !== undefined) {
		const start = wrong.slice(0, MAX_NAME_CHARACTERS_SHOWN);
		throw new XmlError('malformed', `"${start}" cannot be a name in XML.`);
	}
	parts.push('<', name);
	for (const [attribute, value] of Object.entries(attributes)) {
		parts.push(' ', attribute, '="', escape(value), '"');
	}
	parts.push('>', escape(text));
	for (const child of children) writeElement(child, parts);
	parts.push('</', name, '>');
}

const ESCAPES: Record<string, string> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	'\r': '&#13;',
};

function escape(text: string): string {
	return text
		.replace(ILLEGAL_CHARACTER, '')
		.replace(/[&<>"\r]/g, (found) => ESCAPES[found] ?? found);
}

import { XMLParser, XMLValidator } from 'fast-xml-parser';

import { CDATA_END, CDATA_START, repairCdata } from './cdata';
import { detached, readPlainXml } from './plainXml';
import type { OpenElement, XmlElement, XmlLimits } from './xmlElement';
import { XmlError } from './xmlError';

const DEFAULTS: Required<XmlLimits> = {
	maxBytes: 16 * 1024 * 1024,
	maxDepth: 64,
	maxNodes: 500_000,
};
const MAX_BYTES_PER_UTF16_UNIT = 3;
const EXCERPT_CHARACTERS = 80;

/** Everything outside the production `Char` of XML 1.0; lone surrogates are outside it too. */
export const ILLEGAL_CHARACTER = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/** Whether there may be one: the same by single units, many times faster to look for. */
const ILLEGAL_UNIT = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD]/;

const CDATA = /<!\[CDATA\[[\s\S]*?\]\]>/g;
const PROLOG = /^\uFEFF?\s*(?:<\?xml\s[^<>]*\?>\s*)?/;
const ENTITIES: Readonly<Record<string, string>> = {
	amp: '&',
	lt: '<',
	gt: '>',
	quot: '"',
	apos: "'",
};
const REFERENCE = /&(?:(amp|lt|gt|quot|apos)|#(\d{1,7})|#x([\da-fA-F]{1,6}));/g;
const WRONG_REFERENCE = /&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[\da-fA-F]{1,6});)/;

/**
 * Stand-ins while the parser library works; both are illegal in XML, so they cannot collide. The
 * library folds carriage returns, and refuses or renames elements called `constructor` and the like.
 */
const CARRIAGE_RETURN_MARK = '\u0001';
const NAME_MARK = '\u0002';

/**
 * Reads XML text into a tree: plain documents in one pass (`plainXml.ts`), all others on
 * fast-xml-parser.
 *
 * Strict: tags must balance; no DTD, no entity but the five predefined ones and numeric references,
 * and no comment or processing instruction inside the root. The services that are read here send
 * none of these, and with a comment a stored text could hide the fields after it.
 *
 * Tolerated: characters that XML forbids are removed; marks of CDATA inside a CDATA value are text,
 * and the value ends at `]]></name>` of its own element; names may begin with a digit; carriage
 * returns are kept, although XML folds them into line feeds, because shops send stored text as it
 * is and a read–change–write must not alter it. With `root`, what stands before `<root` and after
 * the last `</root>` is cut (byte order mark, blank lines, PHP notices, scripts).
 *
 * @throws XmlError for everything else, before any costly work when a limit is exceeded.
 */
export function parseXml(text: string, options: XmlLimits & { root?: string } = {}): XmlElement {
	const limits = { ...DEFAULTS, ...options };
	const { maxBytes, root } = limits;
	if (isLargerThan(text, maxBytes)) {
		throw new XmlError('too-large', `The XML is larger than the ${maxBytes} bytes allowed.`);
	}
	const legal = ILLEGAL_UNIT.test(text) ? text.replace(ILLEGAL_CHARACTER, '') : text;
	const content = root === undefined ? legal.replace(PROLOG, '').trimEnd() : cutTo(root, legal);
	if (!/^<[\w!]/.test(content)) {
		const start = legal.trimStart().slice(0, EXCERPT_CHARACTERS).replace(/\s+/g, ' ').trim();
		const seen = start === '' ? 'It is empty.' : `It begins with: ${start}`;
		throw new XmlError('not-xml', `The answer is not the XML that was expected. ${seen}`);
	}
	return readPlainXml(content, limits) ?? readAnyXml(content, limits);
}

/**
 * What {@link parseXml} does with a document that is not plain, from `<` of its root to its end.
 *
 * @throws XmlError
 */
export function readAnyXml(content: string, limits: Required<XmlLimits> = DEFAULTS): XmlElement {
	const repaired = repairCdata(content);
	check(repaired, limits);
	const parser = new XMLParser({
		// The other mode merges neighbours of one name.
		preserveOrder: true,
		ignoreAttributes: false,
		attributeNamePrefix: '@',
		cdataPropName: '#cdata',
		parseTagValue: false,
		parseAttributeValue: false,
		trimValues: false,
		// Left to decodeReferences: the library would also expand declared entities.
		processEntities: false,
		maxNestedTags: limits.maxDepth,
		// Saves the library the path of every element.
		jPath: false,
		transformTagName: (name) => (name.startsWith(NAME_MARK) ? name : NAME_MARK + name),
	});
	const nodes = parser.parse(repaired.replaceAll('\r', CARRIAGE_RETURN_MARK)) as ParsedNode[];
	return toElement(nodes[0] ?? {});
}

function isLargerThan(text: string, maxBytes: number): boolean {
	let bytes = text.length;
	if (bytes * MAX_BYTES_PER_UTF16_UNIT <= maxBytes) return false;
	for (let i = 0; i < text.length && bytes <= maxBytes; i++) {
		const unit = text.charCodeAt(i);
		// Two bytes from U+0080, three from U+0800, and two for each half of a surrogate pair.
		bytes += unit < 0x80 ? 0 : unit < 0x800 || (unit & 0xf800) === 0xd800 ? 1 : 2;
	}
	return bytes > maxBytes;
}

/** The part from `<root` to the last `</root>`; empty when there is none. */
function cutTo(root: string, text: string): string {
	const start = text.search(new RegExp(`<${root}[\\s/>]`));
	if (start < 0) return '';
	refuseDoctype(text.slice(0, start));
	const close = `</${root}>`;
	const end = text.lastIndexOf(close);
	if (end > start) return text.slice(start, end + close.length);
	// `<root/>`, or a text that breaks off: then the check reports what is missing.
	return /^<[^<>]*\/>/.exec(text.slice(start))?.[0] ?? text.slice(start);
}

function refuseDoctype(outside: string): void {
	if (/<!doctype/i.test(outside)) {
		throw new XmlError(
			'doctype',
			'The XML has a DOCTYPE declaration, which is refused for safety.',
		);
	}
}

/** What the parser library lets pass: looks only at the text outside of CDATA. */
function check(text: string, { maxDepth, maxNodes }: Required<XmlLimits>): void {
	const outside = text.replace(CDATA, '');
	refuseDoctype(outside);
	const damaged = (what: string) => new XmlError('malformed', `The XML is damaged: ${what}.`, text);
	if (outside.includes(CDATA_START)) throw damaged('it breaks off');
	if (outside.includes(CDATA_END)) throw damaged('a text contains marks of CDATA');
	if (/<[!?]/.test(outside)) throw damaged('it contains a comment or an instruction');
	if (WRONG_REFERENCE.test(outside)) throw damaged('a text is not escaped');
	refuseMoreThan(maxNodes, outside);
	const tags = outside.match(/<[^<>]*>/g) ?? [];
	if (tags.length < outside.split('<').length - 1) throw damaged('a "<" begins no element');
	let depth = 0;
	for (const [index, tag] of tags.entries()) {
		const closes = tag.startsWith('</');
		if (!closes && depth >= maxDepth) {
			throw new XmlError('too-deep', `The XML is nested deeper than ${maxDepth} elements.`);
		}
		if (closes) depth--;
		else if (!tag.endsWith('/>')) depth++;
		if (depth === 0 && index < tags.length - 1) throw damaged('it continues after its end');
	}
	// The validator wants names that begin with a letter; some shops have sent elements called <0>.
	const result = XMLValidator.validate(outside.replace(/<(\/?)(?=\d)/g, '<$1n'));
	if (result !== true) {
		throw damaged(result.err.msg.replace(/\.$/, '').slice(0, EXCERPT_CHARACTERS));
	}
}

/** Counts before anything is made of them; `=` in texts and in values counts too, which is no harm. */
function refuseMoreThan(maxNodes: number, outside: string): void {
	const count = countOf('<', outside) - countOf('</', outside) + countOf('=', outside);
	if (count <= maxNodes) return;
	throw new XmlError(
		'too-large',
		`The XML has more than the ${maxNodes} elements and attributes allowed.`,
	);
}

function countOf(part: string, text: string): number {
	let count = 0;
	for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) count++;
	return count;
}

/** What the library returns with `preserveOrder`: one key for the name, and `:@` for attributes. */
interface ParsedNode {
	[name: string]: ParsedNode[] | string | Record<string, string> | undefined;
}

function toElement(node: ParsedNode): XmlElement {
	const attributes = Object.create(null) as Record<string, string>;
	const element: OpenElement = { name: '', attributes, children: [], text: '' };
	for (const [key, value] of Object.entries(node)) {
		if (Array.isArray(value)) {
			element.name = key.slice(NAME_MARK.length);
			for (const child of value) addContent(element, child);
		} else if (typeof value === 'object') {
			for (const [name, attribute] of Object.entries(value)) {
				attributes[name.slice(1)] = decodeReferences(attribute);
			}
		}
	}
	// Blank text between children is layout.
	if (element.children.length > 0 && element.text.trim() === '') element.text = '';
	return element;
}

function addContent(element: OpenElement, node: ParsedNode): void {
	const text = node['#text'];
	const cdata = node['#cdata'];
	if (typeof text === 'string') {
		element.text += detached(decodeReferences(text.replaceAll(CARRIAGE_RETURN_MARK, '\r')));
	} else if (Array.isArray(cdata)) {
		const value = String(cdata[0]?.['#text'] ?? '');
		element.text += detached(value.replaceAll(CARRIAGE_RETURN_MARK, '\r'));
	} else {
		element.children.push(toElement(node));
	}
}

/** References to characters that XML forbids become nothing, as such characters do themselves. */
function decodeReferences(text: string): string {
	if (!text.includes('&')) return text;
	return text.replace(REFERENCE, (_, name?: string, decimal?: string, hexadecimal?: string) => {
		if (name !== undefined) return ENTITIES[name] ?? '';
		const code = decimal === undefined ? parseInt(hexadecimal ?? '', 16) : parseInt(decimal, 10);
		return code > 0x10ffff ? '' : String.fromCodePoint(code).replace(ILLEGAL_CHARACTER, '');
	});
}

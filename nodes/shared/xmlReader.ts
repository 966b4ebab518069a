/** One XML element; `text` is the text and CDATA directly inside it, exact when it has no children. */
export interface XmlElement {
	name: string;
	attributes: Record<string, string>;
	children: XmlElement[];
	text: string;
}

/** Text that cannot be read (or written) as XML. The message is meant for the owner of a shop. */
export class XmlError extends Error {
	readonly reason: 'not-xml' | 'malformed' | 'too-deep' | 'too-large' | 'doctype';
	/** The elements that were open at the fault, outermost first, as far as they had been read. */
	readonly openElements: readonly XmlElement[];

	constructor(
		reason: XmlError['reason'],
		message: string,
		openElements: readonly XmlElement[] = [],
	) {
		super(message);
		this.name = 'XmlError';
		this.reason = reason;
		this.openElements = openElements;
	}
}

export interface XmlLimits {
	/** Size of the text as UTF-8; 64 MiB unless told. */
	maxBytes?: number;
	/** Elements inside one another, the root included; 64 unless told. */
	maxDepth?: number;
}

const DEFAULT_MAX_BYTES = 64 * 1024 * 1024;
const DEFAULT_MAX_DEPTH = 64;
const MAX_BYTES_PER_UTF16_UNIT = 3;
const EXCERPT_CHARACTERS = 80;

/** Everything outside the production `Char` of XML 1.0; lone surrogates are outside it too. */
export const ILLEGAL_CHARACTER = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;
const CDATA_START = '<![CDATA[';
const CDATA_END = ']]>';
const DOCTYPE = /<!doctype/i;
const PROLOG = /^\uFEFF?\s*(?:<\?xml\s[^<>]*\?>\s*)?/;
// Names may begin with a digit: some shops have sent elements named <0>.
const NAME = '[\\w:\\u00C0-\\uFFFF][\\w:.\\-\\u00B7-\\uFFFF]*';
const ATTRIBUTES = `(?:\\s+${NAME}\\s*=\\s*(?:"[^<"]*"|'[^<']*'))*`;
const OPENING_TAG = new RegExp(`<(${NAME})(${ATTRIBUTES})\\s*(/?)>`, 'y');
const ATTRIBUTE = new RegExp(`(${NAME})\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, 'g');
const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const REFERENCE = /&(?:(amp|lt|gt|quot|apos)|#(\d{1,7})|#x([\da-fA-F]{1,6}));/g;
const WRONG_REFERENCE = /&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[\da-fA-F]{1,6});)/;

/**
 * Reads XML text into a tree, in one pass and without a parser library: the common one accepts
 * unbalanced tags and stray `]]>`, folds carriage returns and refuses names such as `constructor`,
 * so that a strict pass would be needed in front of it anyway; alone, that pass is faster.
 *
 * Strict: no DTD, no entity but the five predefined ones and numeric references, and no comment or
 * processing instruction inside the root. The services that are read here send none of these, and
 * with a comment a stored text could hide the fields after it.
 *
 * Tolerated: characters that XML forbids are removed; `]]>` inside a CDATA value is repaired when
 * the value ends at `]]></name>` of its own element; names may begin with a digit; carriage
 * returns are kept, although XML folds them into line feeds, because shops send stored text as it
 * is and a read–change–write must not alter it. With `root`, what stands before `<root` and after
 * the last `</root>` is cut (byte order mark, blank lines, PHP notices, scripts).
 *
 * @throws XmlError for everything else, before any costly work when a limit is exceeded.
 */
export function parseXml(text: string, options: XmlLimits & { root?: string } = {}): XmlElement {
	const { maxBytes = DEFAULT_MAX_BYTES, maxDepth = DEFAULT_MAX_DEPTH, root } = options;
	if (isLargerThan(text, maxBytes)) {
		throw new XmlError('too-large', `The XML is larger than the ${maxBytes} bytes allowed.`);
	}
	const legal = text.replace(ILLEGAL_CHARACTER, '');
	const content = root === undefined ? legal.replace(PROLOG, '').trimEnd() : cutTo(root, legal);
	if (!/^<[\w!]/.test(content)) {
		const start = legal.trimStart().slice(0, EXCERPT_CHARACTERS).replace(/\s+/g, ' ').trim();
		const seen = start === '' ? 'It is empty.' : `It begins with: ${start}`;
		throw new XmlError('not-xml', `The answer is not the XML that was expected. ${seen}`);
	}
	return new Reader(content, maxDepth).read();
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
	if (DOCTYPE.test(text.slice(0, start))) throw refusedDoctype();
	const close = `</${root}>`;
	const end = text.lastIndexOf(close);
	if (end > start) return text.slice(start, end + close.length);
	// `<root/>`, or a text that breaks off: then the reader reports what is missing.
	const tag = openingTag(text, start);
	return tag?.[3] === '/' ? tag[0] : text.slice(start);
}

function refusedDoctype(): XmlError {
	return new XmlError('doctype', 'The XML has a DOCTYPE declaration, which is refused for safety.');
}

function openingTag(text: string, position: number): RegExpExecArray | null {
	OPENING_TAG.lastIndex = position;
	return OPENING_TAG.exec(text);
}

/** Reads a text that must be exactly one element. Iterative: depth costs no call stack. */
class Reader {
	private readonly text: string;
	private readonly maxDepth: number;
	private position = 0;
	private readonly open: XmlElement[] = [];

	constructor(text: string, maxDepth: number) {
		this.text = text;
		this.maxDepth = maxDepth;
	}

	read(): XmlElement {
		const root = this.readOpeningTag();
		while (this.open.length > 0) {
			const element = this.open[this.open.length - 1] ?? root;
			const next = this.text.indexOf('<', this.position);
			if (next < 0) throw this.malformed('it breaks off');
			this.readText(element, next);
			if (this.text.startsWith(CDATA_START, next)) this.readCdata(element);
			else if (this.text.startsWith('</', next)) this.readClosingTag(element);
			else element.children.push(this.readOpeningTag());
		}
		if (this.position < this.text.length) throw this.malformed('it continues after its end');
		return root;
	}

	private readText(element: XmlElement, end: number): void {
		const text = this.text.slice(this.position, end);
		if (text.includes(CDATA_END) || (text.includes('&') && WRONG_REFERENCE.test(text))) {
			throw this.malformed('a text is not escaped');
		}
		element.text += decodeReferences(text);
		this.position = end;
	}

	private readCdata(element: XmlElement): void {
		const start = this.position + CDATA_START.length;
		let end = this.text.indexOf(CDATA_END, start);
		if (end < 0) throw this.malformed('it breaks off');
		if (!this.text.startsWith(`</${element.name}>`, end + CDATA_END.length)) {
			const realEnd = this.damagedValueEnd(element, end);
			// After other content there is no telling which parts belong to the value.
			if (realEnd >= 0 && (element.text !== '' || element.children.length > 0)) {
				throw this.malformed('a text contains "]]>"');
			}
			if (realEnd >= 0) end = realEnd;
		}
		element.text += this.text.slice(start, end);
		this.position = end + CDATA_END.length;
	}

	/**
	 * Where a CDATA value really ends when the `]]>` at `end` is part of the value; -1 when nothing
	 * proves that. Up to the next CDATA section a second `]]>` cannot occur in well-formed XML, so
	 * that one means damage; looking further could swallow neighbouring elements.
	 */
	private damagedValueEnd(element: XmlElement, end: number): number {
		const limit = this.text.indexOf(CDATA_START, end);
		const rest = limit < 0 ? this.text.slice(end) : this.text.slice(end, limit);
		const found = rest.indexOf(`${CDATA_END}</${element.name}>`);
		return found < 0 ? -1 : end + found;
	}

	private readClosingTag(element: XmlElement): void {
		const start = this.position + '</'.length;
		const end = this.text.indexOf('>', start);
		if (end < 0 || this.text.slice(start, end).trimEnd() !== element.name) {
			throw this.malformed('it is not closed where it should be');
		}
		// Blank text between children is layout.
		if (element.children.length > 0 && element.text.trim() === '') element.text = '';
		this.open.pop();
		this.position = end + 1;
	}

	private readOpeningTag(): XmlElement {
		const tag = openingTag(this.text, this.position);
		if (tag === null) {
			const found = this.text.slice(this.position, this.position + EXCERPT_CHARACTERS);
			if (found.search(DOCTYPE) === 0) throw refusedDoctype();
			throw this.malformed('a "<" begins no element');
		}
		if (this.open.length >= this.maxDepth) {
			throw new XmlError('too-deep', `The XML is nested deeper than ${this.maxDepth} elements.`);
		}
		const [source, name = '', attributes = '', selfClosing] = tag;
		const element = { name, attributes: this.readAttributes(attributes), children: [], text: '' };
		if (selfClosing === '') this.open.push(element);
		this.position += source.length;
		return element;
	}

	private readAttributes(source: string): Record<string, string> {
		const attributes = Object.create(null) as Record<string, string>;
		if (source === '') return attributes;
		if (WRONG_REFERENCE.test(source)) throw this.malformed('an attribute is not escaped');
		for (const [, name = '', double, single] of source.matchAll(ATTRIBUTE)) {
			if (name in attributes) throw this.malformed('an attribute occurs twice');
			attributes[name] = decodeReferences(double ?? single ?? '');
		}
		return attributes;
	}

	private malformed(what: string): XmlError {
		const inside = this.open[this.open.length - 1]?.name.slice(0, EXCERPT_CHARACTERS);
		const place = inside === undefined ? '' : ` inside <${inside}>`;
		return new XmlError('malformed', `The XML is damaged${place}: ${what}.`, this.open);
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

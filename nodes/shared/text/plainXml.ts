import type { OpenElement, XmlElement, XmlLimits } from './xmlElement';

const CDATA_START = '<![CDATA[';
const CDATA_END = ']]>';
const CODE = { space: 0x20, quote: 0x22, slash: 0x2f, less: 0x3c, equals: 0x3d, greater: 0x3e };

/** What makes more of an attribute than the text between its quotes, or hides where its tag ends. */
const NOT_PLAIN = /[<>&\t\n\r]/;

/** Of bare text: references, and the end of a CDATA section that never began. */
const NOT_PLAIN_TEXT = /[&>]/;

/** Texts up to this length are copied when cut out; a longer one keeps the whole alive (V8). */
const ALWAYS_COPIED = 12;

/** Inherits nothing, as `Object.create(null)`, whose own members V8 keeps in a slow table. */
const BARE: object = Object.freeze(Object.create(null) as object);

/** Shared by the elements that have none, which are most. */
const NO_ATTRIBUTES = Object.freeze(emptyMap());
const NO_CHILDREN: XmlElement[] = [];
Object.freeze(NO_CHILDREN);

/**
 * Reads a document of the plain kind in one pass, about ten times faster than the parser library:
 * balanced tags, attributes in double quotes, values that are bare text or one CDATA section, as
 * webservices write them from a table.
 *
 * It refuses nothing. What is not of that kind (references, comments, damage, more than the limits
 * allow) gives `undefined` and is the other reader's to judge; the rest both read the same.
 *
 * @param text from the `<` of the root to the end, without characters that XML forbids
 */
export function readPlainXml(
	text: string,
	limits: Pick<Required<XmlLimits>, 'maxDepth' | 'maxNodes'>,
): XmlElement | undefined {
	return new PlainReader(text, limits.maxDepth, limits.maxNodes).read();
}

/** The same text, kept without the longer one it was cut from. */
export function detached(text: string): string {
	return text.length <= ALWAYS_COPIED ? text : ` ${text}`.slice(1);
}

function emptyMap(): Record<string, string> {
	return Object.create(BARE) as Record<string, string>;
}

class PlainReader {
	private at = 0;

	private nodes = 0;

	/** The elements around the place, outermost first. */
	private readonly path: OpenElement[] = [];

	constructor(
		private readonly text: string,
		private readonly maxDepth: number,
		private readonly maxNodes: number,
	) {}

	read(): XmlElement | undefined {
		let parent: OpenElement | undefined;
		let root: OpenElement | undefined;
		do {
			if (parent && this.is(CODE.slash, 1)) {
				if (!this.closing(parent.name)) return undefined;
				this.path.pop();
			} else {
				const element = this.opening();
				if (!element) return undefined;
				root ??= element;
				if (parent) append(parent, element);
				if (!this.content(element)) return undefined;
			}
			parent = this.path.at(-1);
			if (parent && !this.layout()) return undefined;
		} while (parent);
		return this.at === this.text.length ? root : undefined;
	}

	private is(code: number, offset = 0): boolean {
		return this.text.charCodeAt(this.at + offset) === code;
	}

	/** `<name` and the attributes, up to `>` or `/>`. */
	private opening(): OpenElement | undefined {
		if (!this.is(CODE.less) || ++this.nodes > this.maxNodes) return undefined;
		if (this.path.length >= this.maxDepth) return undefined;
		this.at++;
		const name = this.name();
		if (name === '') return undefined;
		const element = { name, attributes: NO_ATTRIBUTES, children: NO_CHILDREN, text: '' };
		while (this.is(CODE.space)) if (!this.attribute(element)) return undefined;
		return element;
	}

	private attribute(element: OpenElement): boolean {
		this.at++;
		const name = this.name();
		if (!this.is(CODE.equals) || !this.is(CODE.quote, 1) || name === '') return false;
		const start = this.at + 2;
		const end = this.text.indexOf('"', start);
		const value = this.text.slice(start, end);
		if (end < 0 || NOT_PLAIN.test(value) || ++this.nodes > this.maxNodes) return false;
		if (element.attributes === NO_ATTRIBUTES) element.attributes = emptyMap();
		if (name in element.attributes) return false;
		element.attributes[name] = value;
		this.at = end + 1;
		return true;
	}

	/** What follows the opening tag: its end, and a value with its closing tag, if there is one. */
	private content(element: OpenElement): boolean {
		if (this.is(CODE.slash) && this.is(CODE.greater, 1)) {
			this.at += 2;
			return true;
		}
		if (!this.is(CODE.greater)) return false;
		this.at++;
		const start = this.at;
		const end = this.text.indexOf('<', start);
		if (end < 0) return false;
		if (end === start && this.text.startsWith(CDATA_START, start)) return this.cdata(element);
		this.at = end;
		if (this.is(CODE.slash, 1)) {
			element.text = detached(this.text.slice(start, end));
			return !NOT_PLAIN_TEXT.test(element.text) && this.closing(element.name);
		}
		this.path.push(element);
		this.at = start;
		return true;
	}

	private cdata(element: OpenElement): boolean {
		const start = this.at + CDATA_START.length;
		const end = this.text.indexOf(CDATA_END, start);
		if (end < 0) return false;
		element.text = detached(this.text.slice(start, end));
		this.at = end + CDATA_END.length;
		return this.closing(element.name);
	}

	private closing(name: string): boolean {
		const end = this.at + '</'.length + name.length;
		if (!this.text.startsWith('</', this.at)) return false;
		if (!this.text.startsWith(name, this.at + '</'.length)) return false;
		if (this.text.charCodeAt(end) !== CODE.greater) return false;
		this.at = end + 1;
		return true;
	}

	/** Steps over the blank space between tags. */
	private layout(): boolean {
		const { text } = this;
		let { at } = this;
		while (isBlank(text.charCodeAt(at))) at++;
		this.at = at;
		return this.is(CODE.less);
	}

	/** A name of plain letters; empty when none stands here. */
	private name(): string {
		const { text, at } = this;
		let end = at;
		if (isLetter(text.charCodeAt(end))) end++;
		while (end > at && isInName(text.charCodeAt(end))) end++;
		this.at = end;
		return text.slice(at, end);
	}
}

function append(parent: OpenElement, child: XmlElement): void {
	if (parent.children === NO_CHILDREN) parent.children = [child];
	else parent.children.push(child);
}

const isBlank = (code: number) => code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d;
const isLetter = (code: number) =>
	(code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || code === 0x5f;
/** Letters, digits, `:`, `-`. */
const isInName = (code: number) =>
	isLetter(code) || (code >= 0x30 && code <= 0x3a) || code === 0x2d;

/** One element of a request body, the way SimpleXML shows it. */
export interface XmlElement {
	name: string;
	attributes: Record<string, string>;
	children: XmlElement[];
	/** Text and CDATA directly inside, joined. */
	text: string;
}

/** An ill-formed document, with what libxml says about it. */
export class XmlSyntaxError extends Error {
	/** The three lines that PHP turns into warnings: message, source line, caret. */
	readonly report: string[];

	constructor(source: string, offset: number, message: string, caretAtStart = false) {
		super(message);
		const before = source.slice(0, offset);
		const line = before.split('\n').length;
		const column = caretAtStart ? 0 : offset - (before.lastIndexOf('\n') + 1);
		const text = (source.split('\n')[line - 1] ?? '').slice(0, 80);
		this.report = [
			`Entity: line ${line}: parser error : ${message}`,
			text,
			`${' '.repeat(column)}^`,
		];
	}
}

const NAME = /[A-Za-z_:][\w:.-]*/y;
const ENTITIES: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** A small strict parser: elements, attributes, CDATA, comments and internal entities, nothing external. */
class Parser {
	readonly #source: string;
	readonly #entities: Record<string, string> = { ...ENTITIES };
	#at = 0;

	constructor(source: string) {
		this.#source = source;
	}

	#fail(message: string, at = this.#at, caretAtStart = false): never {
		throw new XmlSyntaxError(this.#source, at, message, caretAtStart);
	}

	#skipSpace(): void {
		while (/\s/.test(this.#source[this.#at] ?? '')) this.#at++;
	}

	#startsWith(text: string): boolean {
		return this.#source.startsWith(text, this.#at);
	}

	#skipUntil(end: string): string {
		const stop = this.#source.indexOf(end, this.#at);
		if (stop < 0) this.#fail('Extra content at the end of the document', this.#source.length);
		const skipped = this.#source.slice(this.#at, stop);
		this.#at = stop + end.length;
		return skipped;
	}

	#name(): string {
		NAME.lastIndex = this.#at;
		const match = NAME.exec(this.#source);
		if (!match) this.#fail('StartTag: invalid element name');
		this.#at += match[0].length;
		return match[0];
	}

	#decode(text: string, start: number): string {
		return text.replace(/&(#x?[0-9a-fA-F]+|[\w.-]+);?/g, (whole, name: string, offset: number) => {
			if (!whole.endsWith(';')) this.#fail("EntityRef: expecting ';'", start + offset);
			if (name.startsWith('#x')) return String.fromCodePoint(Number.parseInt(name.slice(2), 16));
			if (name.startsWith('#')) return String.fromCodePoint(Number.parseInt(name.slice(1), 10));
			const value = this.#entities[name];
			if (value === undefined)
				this.#fail(`Entity '${name}' not defined`, start + offset + whole.length);
			return value;
		});
	}

	#doctype(): void {
		const bracket = this.#source.indexOf('[', this.#at);
		const end = this.#source.indexOf('>', this.#at);
		if (bracket >= 0 && bracket < end) {
			this.#at = bracket + 1;
			const subset = this.#skipUntil(']');
			for (const [, name, value] of subset.matchAll(
				/<!ENTITY\s+([\w.-]+)\s+["']([^"']*)["']\s*>/g,
			)) {
				if (name !== undefined) this.#entities[name] ??= value ?? '';
			}
		}
		this.#skipUntil('>');
	}

	#attributes(): Record<string, string> {
		const attributes: Record<string, string> = {};
		for (;;) {
			this.#skipSpace();
			if (this.#startsWith('>') || this.#startsWith('/>')) return attributes;
			const name = this.#name();
			this.#skipSpace();
			if (!this.#startsWith('=')) this.#fail(`Specification mandates value for attribute ${name}`);
			this.#at++;
			this.#skipSpace();
			const quote = this.#source[this.#at];
			if (quote !== '"' && quote !== "'") this.#fail('AttValue: " or \' expected');
			this.#at++;
			const start = this.#at;
			attributes[name] = this.#decode(this.#skipUntil(quote ?? '"'), start);
		}
	}

	#element(): XmlElement {
		const line = this.#source.slice(0, this.#at).split('\n').length;
		this.#at++;
		const name = this.#name();
		const element: XmlElement = { name, attributes: this.#attributes(), children: [], text: '' };
		if (this.#startsWith('/>')) {
			this.#at += 2;
			return element;
		}
		this.#at++;
		for (;;) {
			if (this.#at >= this.#source.trimEnd().length && !this.#startsWith('<')) {
				const end = this.#source.trimEnd().length;
				this.#fail(`Premature end of data in tag ${name} line ${line}`, end);
			}
			if (this.#startsWith('<![CDATA[')) {
				this.#at += 9;
				element.text += this.#skipUntil(']]>');
			} else if (this.#startsWith('<!--')) {
				this.#at += 4;
				this.#skipUntil('-->');
			} else if (this.#startsWith('<?')) {
				this.#skipUntil('?>');
			} else if (this.#startsWith('</')) {
				this.#at += 2;
				const closing = this.#name();
				this.#skipSpace();
				if (closing !== name) {
					this.#fail(`Opening and ending tag mismatch: ${name} line ${line} and ${closing}`);
				}
				if (!this.#startsWith('>')) this.#fail("expected '>'");
				this.#at++;
				return element;
			} else if (this.#startsWith('<')) {
				element.children.push(this.#element());
			} else {
				const start = this.#at;
				const next = this.#source.indexOf('<', start);
				this.#at = next < 0 ? this.#source.length : next;
				element.text += this.#decode(this.#source.slice(start, this.#at), start);
			}
		}
	}

	#misc(): void {
		for (;;) {
			this.#skipSpace();
			if (this.#startsWith('<!--')) {
				this.#at += 4;
				this.#skipUntil('-->');
			} else if (this.#startsWith('<!DOCTYPE')) {
				this.#doctype();
			} else if (this.#startsWith('<?xml ') && this.#at > 0) {
				// Recorded exchange 372: a declaration after anything else is refused.
				this.#fail('XML declaration allowed only at the start of the document', this.#at + 5);
			} else if (this.#startsWith('<?')) {
				this.#skipUntil('?>');
			} else {
				return;
			}
		}
	}

	document(): XmlElement {
		if (this.#startsWith('<?xml ')) this.#skipUntil('?>');
		this.#misc();
		if (!this.#startsWith('<')) {
			this.#fail("Start tag expected, '<' not found", this.#at, true);
		}
		const root = this.#element();
		this.#misc();
		if (this.#at < this.#source.length) this.#fail('Extra content at the end of the document');
		return root;
	}
}

/** Parses a document; throws XmlSyntaxError. A leading byte order mark is accepted (recorded exchange 371). */
export function parseXml(source: string): XmlElement {
	return new Parser(source.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n')).document();
}

/** First child of that name. */
export function childOf(element: XmlElement, name: string): XmlElement | undefined {
	return element.children.find((child) => child.name === name);
}

/** The XML reader and writer: what is tolerated, what is refused, and that nothing is lost between them. */
import { XMLParser, XMLValidator } from 'fast-xml-parser';

import { writeXml } from '../../nodes/shared/text/xmlWriter.ts';
import { XmlError } from '../../nodes/shared/text/xmlError.ts';
import { parseXml } from '../../nodes/shared/text/xmlReader.ts';
import type { XmlElement } from '../../nodes/shared/text/xmlElement.ts';
import { cpuMs } from '../support/cpuTime.mts';
import fc from '../support/seed.mts';

/** No measurement: quadratic work on these inputs takes minutes, on the slowest machine linear work does not. */
const SOON_MS = 15_000;

const leaf = (name: string, text: string): XmlElement => ({
	name,
	attributes: {},
	children: [],
	text,
});

function errorOf(run: () => unknown): XmlError {
	try {
		run();
	} catch (error) {
		if (error instanceof XmlError) return error;
		throw error;
	}
	throw new Error('It was accepted');
}

function soon<T>(run: () => T): T {
	const results: T[] = [];
	expect(cpuMs(() => results.push(run()))).toBeLessThan(SOON_MS);
	return results[0] as T;
}

/** What XML itself cannot hold, removed by other means than in the code. */
function legal(text: string): string {
	const isLegal = (code: number) =>
		[0x9, 0xa, 0xd].includes(code) ||
		(code >= 0x20 && code <= 0xd7ff) ||
		(code >= 0xe000 && code <= 0xfffd) ||
		code >= 0x10000;
	return Array.from(text)
		.filter((character) => isLegal(character.codePointAt(0) ?? 0))
		.join('');
}

const nasty = fc.constantFrom(
	...[
		']]>',
		'<![CDATA[',
		'<',
		'>',
		'&',
		'&amp;',
		'"',
		"'",
		'\r\n',
		'\r',
		'\n',
		'\t',
		' ',
		'\u0000',
	],
	...[
		'\u000b',
		'\u001b',
		'\u0085',
		'\u2028',
		'\ufeff',
		'\uffff',
		'\ud83d\ude00',
		'\ud83d',
		'\ude00',
	],
	...['</a>', '<!-- ', '<!DOCTYPE x>', '<?php', '&#0;', '&lol;', '0', 'a', 'ż'],
);
const anyText = fc.oneof(
	fc.array(nasty, { maxLength: 12 }).map((parts) => parts.join('')),
	fc.string({ unit: 'binary' }),
	fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
);

describe('reading', () => {
	test('elements, attributes, text and CDATA', () => {
		const text = `<?xml version="1.0" encoding="UTF-8"?>
<shop  xmlns:x="http://x.example/" name='Tom &amp; "Co"'>
	<a x:href="?a=1&#38;b=2"><![CDATA[ 1 < 2 && 3 ]]></a><a/>
	<b >x<![CDATA[y]]>z&lt;&#x1F600;</b >
</shop>
`;
		const root = parseXml(text);
		expect(root.name).toBe('shop');
		expect({ ...root.attributes }).toEqual({ 'xmlns:x': 'http://x.example/', name: 'Tom & "Co"' });
		expect(root.text).toBe('');
		expect(root.children.map(({ name, text: content }) => [name, content])).toEqual([
			['a', ' 1 < 2 && 3 '],
			['a', ''],
			['b', 'xyz<😀'],
		]);
		expect(root.children[0]?.attributes['x:href']).toBe('?a=1&b=2');
	});

	test.each([
		['blank space', '<a>  x\t\n </a>', '  x\t\n '],
		['blank space only', '<a> \n </a>', ' \n '],
		['carriage returns', '<a>1\r\n2\r3<![CDATA[\r\n]]></a>', '1\r\n2\r3\r\n'],
		['a huge number', '<a>12345678901234567890.000000</a>', '12345678901234567890.000000'],
		['what looks like a boolean', '<a>true</a>', 'true'],
		['a properly split CDATA end', '<a><![CDATA[x]]]]><![CDATA[>y]]></a>', 'x]]>y'],
		['CDATA before text', '<a><![CDATA[x]]> y</a>', 'x y'],
		['an escaped escape', '<a>&amp;lt;</a>', '&lt;'],
		['references to characters that XML forbids', '<a>x&#0;&#x1F;&#xD800;&#x110000;y</a>', 'xy'],
		['C1 controls and line separators', '<a>\u0085\u2028</a>', '\u0085\u2028'],
	])('keeps %s exact', (_, text, expected) => {
		expect(parseXml(text).text).toBe(expected);
	});

	test('removes characters that XML forbids', () => {
		const text = '<a>v\u000bt\u001b\u0000\u0001\u0002\ufffe\uffff\ud83d!\ude00</a>';
		expect(parseXml(text).text).toBe('vt!');
	});

	test('reads names that begin with a digit, as some shops send them', () => {
		expect(parseXml('<a><0><id>5</id></0></a>').children[0]?.name).toBe('0');
	});

	test.each(['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'])(
		'treats %s as a name like any other',
		(name) => {
			const root = parseXml(`<a ${name}="1"><${name} ${name}="2">x</${name}><${name}/></a>`);
			expect(root.attributes[name]).toBe('1');
			expect(root.children.map((child) => child.name)).toEqual([name, name]);
			expect(root.children[0]?.attributes[name]).toBe('2');
			expect(root.children[1]?.attributes[name]).toBeUndefined();
			expect(({} as Record<string, unknown>).polluted).toBeUndefined();
		},
	);

	test('mixed content keeps children and text', () => {
		const root = parseXml('<a>x<b/>y</a>');
		expect([root.text, root.children.length]).toEqual(['xy', 1]);
	});
});

describe('a CDATA value that contains "]]>"', () => {
	test.each([
		['a ]]> b & <c> "q"'],
		[']]>'],
		['x]]>'],
		['a ]]> b ]]> c'],
		['<b>]]></b>'],
		[']]></b>'],
		['a ]]> b & <!-- <!DOCTYPE x> <?php'],
		['a]]>b<![CDATA[c]]>d'],
		['a ]]> b <![CDATA[ c'],
		['<script>// <![CDATA[\n1\n// ]]></script><p>x</p><script>// <![CDATA[\n2\n// ]]></script>'],
	])('is recovered exactly: %s', (value) => {
		const root = parseXml(`<r><a><![CDATA[${value}]]></a><b><![CDATA[next]]></b></r>`);
		expect(root.children.map(({ name, text }) => [name, text])).toEqual([
			['a', value],
			['b', 'next'],
		]);
	});

	test.each([['the end of its own element', 'x]]></a>y']])(
		'is refused when it holds %s as well',
		(_, value) => {
			const error = errorOf(() =>
				parseXml(`<r><a><![CDATA[${value}]]></a><b><![CDATA[next]]></b></r>`),
			);
			expect(error.reason).toBe('malformed');
		},
	);

	test('never swallows a neighbour', () => {
		const text = '<r><a><![CDATA[1]]></x><b><![CDATA[2]]></b><a><![CDATA[3]]></a></r>';
		expect(errorOf(() => parseXml(text)).reason).toBe('malformed');
	});
});

test('values wrapped in CDATA as they are keep every mark of CDATA and every neighbour', () => {
	const mark = fc.constantFrom(
		...[
			'<![CDATA[',
			']]>',
			']',
			'[',
			'<script>',
			'// ',
			'</script>',
			'&',
			'<',
			'>',
			'x',
			'\n',
			'</note>',
		],
	);
	const anyValue = fc
		.array(mark, { maxLength: 14 })
		.map((parts) => parts.join(''))
		// These two mean something else: the end of the element, and a mark that was split already.
		.filter((value) => !`${value}]`.includes(']]></note>') && !value.includes(']]]]><![CDATA[>'));
	fc.assert(
		fc.property(fc.array(fc.tuple(anyValue, anyValue), { minLength: 1, maxLength: 4 }), (rows) => {
			const records = rows.map(
				([note, name], id) =>
					`<row><id><![CDATA[${id}]]></id><note><![CDATA[${note}]]></note><name><language id="1"><![CDATA[${name}]]></language></name></row>`,
			);
			const root = parseXml(`<r><rows>\n${records.join('\n')}\n</rows></r>`, { root: 'r' });
			const read = root.children[0]?.children.map(({ children: [, note, name] }) => [
				note?.text,
				name?.children[0]?.text,
			]);
			expect(read).toEqual(rows);
		}),
		{ numRuns: 3_000 },
	);
});

describe('with a root', () => {
	const document = '<?xml version="1.0"?>\n<shop><a>1</a></shop>';
	test.each([
		['nothing', '', ''],
		['a byte order mark', '\ufeff', ''],
		['blank lines', '\n\n', '\n\n'],
		['a notice', '<br />\n<b>Notice</b>: a & b < c in <b>x.php</b><br />\n', ''],
		['a script behind', '', '<script>if (1 < 2 && 3) {}</script>\n<!-- 0.2 s -->'],
		['a page behind', '', '<!DOCTYPE html><html>'],
		['an element of similar name', '<shopping>', ''],
	])('cuts %s', (_, before, behind) => {
		expect(parseXml(before + document + behind, { root: 'shop' })).toEqual(
			parseXml('<shop><a>1</a></shop>'),
		);
	});

	test('reads an empty root element', () => {
		expect(parseXml('x<shop/>x', { root: 'shop' })).toEqual(leaf('shop', ''));
	});

	test.each([
		['', 'The answer is not the XML that was expected. It is empty.'],
		[' \n', 'The answer is not the XML that was expected. It is empty.'],
		[
			'401\n Unauthorized',
			'The answer is not the XML that was expected. It begins with: 401 Unauthorized',
		],
	])('says that %j is no XML', (text, message) => {
		const error = errorOf(() => parseXml(text, { root: 'shop' }));
		expect([error.reason, error.message]).toEqual(['not-xml', message]);
	});

	test('does not take another document for the wanted one', () => {
		expect(errorOf(() => parseXml('<!doctype html><p>x</p>', { root: 'shop' })).reason).toBe(
			'not-xml',
		);
	});
});

describe('refuses', () => {
	test.each([
		['a text that breaks off', '<a><b>1</b>'],
		['one that breaks off in CDATA', '<a><![CDATA[x'],
		['one that breaks off in a tag', '<a><b c="1'],
		['tags that do not match', '<a><b></a></b>'],
		['a second root', '<a/><b/>'],
		['text behind the end', '<a></a>x'],
		['an unquoted attribute', '<a b=1/>'],
		['an attribute without value', '<a b/>'],
		['an attribute given twice', '<a b="1" b="2"/>'],
		['attributes without space between them', '<a b="1"c="2"/>'],
		['"<" in an attribute', '<a b="<"/>'],
		['"<" in a text', '<a>1 < 2</a>'],
		['"&" in a text', '<a>1 & 2</a>'],
		['"&" in an attribute', '<a b="1&2"/>'],
		['"]]>" in a text', '<a>]]></a>'],
		['an unknown entity', '<a>&nbsp;</a>'],
		['a comment inside', '<a><!-- x --></a>'],
		['a processing instruction inside', '<a><?php x ?></a>'],
		['a name that begins with "-"', '<a><-b/></a>'],
	])('%s', (_, text) => {
		expect(errorOf(() => parseXml(text)).reason).toBe('malformed');
	});

	test.each([
		['at the beginning', '<?xml version="1.0"?><!DOCTYPE a><a/>'],
		['inside', '<a><!doctype b><b/></a>'],
		['with an external entity', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'],
		[
			'with entities that multiply',
			`<!DOCTYPE a [<!ENTITY l0 "lol">${Array.from(
				{ length: 20 },
				(_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`,
			).join('')}]><a>&l20;</a>`,
		],
	])('a DOCTYPE %s', (_, text) => {
		expect(soon(() => errorOf(() => parseXml(text))).reason).toBe('doctype');
		expect(soon(() => errorOf(() => parseXml(text, { root: 'a' }))).reason).toBe('doctype');
	});

	test('text that is nested too deeply', () => {
		const nested = (depth: number) => '<a>'.repeat(depth) + '</a>'.repeat(depth);
		expect(soon(() => errorOf(() => parseXml(nested(10_000)))).reason).toBe('too-deep');
		expect(errorOf(() => parseXml(nested(65))).reason).toBe('too-deep');
		expect(parseXml(nested(64)).name).toBe('a');
		expect(errorOf(() => parseXml('<a><b/></a>', { maxDepth: 1 })).reason).toBe('too-deep');
	});

	test('text that is too large, counted as UTF-8', () => {
		const huge = 'x'.repeat(100 * 1024 * 1024);
		expect(soon(() => errorOf(() => parseXml(huge))).reason).toBe('too-large');
		for (const [text, bytes] of [
			['<a>x</a>', 8],
			['<a>ż</a>', 9],
			['<a>–</a>', 10],
			['<a>😀</a>', 11],
		] as const) {
			expect(Buffer.byteLength(text)).toBe(bytes);
			expect(parseXml(text, { maxBytes: bytes }).name).toBe('a');
			expect(errorOf(() => parseXml(text, { maxBytes: bytes - 1 })).reason).toBe('too-large');
		}
	});

	test.each([
		['an endless name', `<${'a'.repeat(2_000_000)}`],
		['endless attributes', `<a${' b="1"'.repeat(200_000)}`],
		['endless space in a tag', `<a${' '.repeat(2_000_000)}`],
		['endless "<"', '<a>' + '<'.repeat(400_000)],
		['many half CDATA sections', `<a>${'<![CDATA[x]]>y'.repeat(150_000)}`],
		['many damaged elements', `<r>${'<a><![CDATA[x]]>y'.repeat(100_000)}`],
		['endless "&"', `<a>${'&'.repeat(2_000_000)}</a>`],
	])('%s without long work', (_, text) => {
		expect(['malformed', 'too-deep']).toContain(soon(() => errorOf(() => parseXml(text))).reason);
	});

	test('with messages that quote little', () => {
		const name = 'n'.repeat(1_000);
		const error = errorOf(() => parseXml(`<r><${name}><id>7</id>x & y</${name}></r>`));
		expect(error.message.length).toBeLessThan(200);
		expect(error.message).not.toContain('x & y');
		const page = errorOf(() => parseXml('secret '.repeat(1_000), { root: 'r' }));
		expect(page.message.length).toBeLessThan(200);
	});
});

describe('writing', () => {
	test('escapes, and writes carriage returns so that other parsers keep them', () => {
		const written = writeXml({ ...leaf('a', '<&>"\r\n]]>'), attributes: { b: '"<\r>&' } });
		expect(written).toBe(
			'<?xml version="1.0" encoding="UTF-8"?>\n' +
				'<a b="&quot;&lt;&#13;&gt;&amp;">&lt;&amp;&gt;&quot;&#13;\n]]&gt;</a>',
		);
	});

	test.each(['', '0', '-a', 'a b', 'a>', '"', 'a\u0000', 'ż😀'])('refuses the name %j', (name) => {
		expect(errorOf(() => writeXml(leaf(name, ''))).reason).toBe('malformed');
		expect(errorOf(() => writeXml({ ...leaf('a', ''), attributes: { [name]: '' } })).reason).toBe(
			'malformed',
		);
	});

	test('gives well-formed XML that reads as what was written, whatever the text', () => {
		const strict = new XMLParser({
			preserveOrder: true,
			parseTagValue: false,
			trimValues: false,
			processEntities: false,
		});
		fc.assert(
			fc.property(fc.array(anyText, { maxLength: 4 }), anyText, (texts, attribute) => {
				const root = {
					...leaf('root', ''),
					attributes: { name: attribute },
					children: texts.map((text) => leaf('field', text)),
				};
				const written = writeXml(root);
				expect(XMLValidator.validate(written)).toBe(true);
				expect(written).toBe(legal(written));
				expect(written).not.toMatch(/\r|\]\]>/);
				expect(strict.parse(written)).toHaveLength(2);
				const read = parseXml(written);
				expect(read.attributes.name).toBe(legal(attribute));
				expect(read.children.map(({ text }) => text)).toEqual(texts.map(legal));
			}),
			{ numRuns: 1_000 },
		);
	});
});

test('whatever is accepted without repair, a strict validator accepts too', () => {
	const piece = fc.constantFrom(
		...['<a>', '</a>', '<a/>', '<b c="1">', '</b>', 'x', ' ', '&', '&amp;', '<', '>', '"', '='],
		...['<![CDATA[', ']]', ']', '<!--', '-->', '<?x ?>', 'c="', "d='"],
	);
	let accepted = 0;
	fc.assert(
		fc.property(fc.array(piece, { maxLength: 10 }), (pieces) => {
			const text = `<r>${pieces.join('')}</r>`;
			try {
				parseXml(text);
			} catch (error) {
				expect(error).toBeInstanceOf(XmlError);
				return;
			}
			// More ends than beginnings, or a beginning inside a section: something was repaired.
			const sections = text.match(/<!\[CDATA\[[\s\S]*?\]\]>/g) ?? [];
			if (sections.some((section) => section.lastIndexOf('<![CDATA[') > 0)) return;
			if (text.split(']]>').length > text.split('<![CDATA[').length) return;
			accepted++;
			expect(XMLValidator.validate(text)).toBe(true);
		}),
		{ numRuns: 20_000 },
	);
	expect(accepted).toBeGreaterThan(100);
});

/** The fast reader of plain XML, judged by the parser library: what it reads, both read the same. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import { readPlainXml } from '../../nodes/shared/text/plainXml.ts';
import type { XmlElement } from '../../nodes/shared/text/xmlElement.ts';
import { XmlError } from '../../nodes/shared/text/xmlError.ts';
import { parseXml, readAnyXml } from '../../nodes/shared/text/xmlReader.ts';
import { RECORDED_VERSIONS, recordedBody, recordedExchanges } from '../support/recorded.mts';
import fc from '../support/seed.mts';

const LIMITS = { maxDepth: 64, maxNodes: 500_000 };

/** Attributes as own plain objects: how an object inherits is no part of what was read. */
const plainTree = ({ name, attributes, children, text }: XmlElement): unknown => ({
	name,
	attributes: { ...attributes },
	children: children.map(plainTree),
	text,
});

function judged(text: string): unknown {
	try {
		return plainTree(readAnyXml(text));
	} catch (error) {
		if (error instanceof XmlError) return error.reason;
		throw error;
	}
}

const nameOf = fc.constantFrom('a', 'b', 'id', 'language', 'x:y', 'x:', 'a-1', '_', 'constructor');
const valueOf = fc
	.array(
		fc.constantFrom('x', ' ', '\n', '\r\n', '0', 'ż', '😀', ']]>', ']', '<', '>', '&', '&amp;'),
		{ maxLength: 5 },
	)
	.map((parts) => parts.join(''));
const attributeOf = fc
	.tuple(nameOf, valueOf, fc.constantFrom(' %="#"', " %='#'", '  %="#"', ' % = "#"', ' %', '%="#"'))
	.map(([name, value, form]) => form.replace('%', name).replace('#', value.replace(/[<&"]/g, '')));

/** Documents as the webservice writes them, with a slip here and there. */
const { element } = fc.letrec<{ element: string }>((tie) => ({
	element: fc
		.tuple(
			nameOf,
			fc.oneof({ weight: 3, arbitrary: fc.constant('') }, attributeOf),
			fc.oneof(
				valueOf,
				valueOf.map((value) => `<![CDATA[${value}]]>`),
				valueOf.map((value) => ` <![CDATA[${value}]]>\n`),
				fc.array(tie('element'), { maxLength: 4 }).map((children) => children.join('')),
				fc
					.array(tie('element'), { maxLength: 4 })
					.map((children) => `\n${children.join('\n\t')}\n`),
				fc.constant('/'),
				fc.constantFrom('<!-- x -->', '<?x y?>', '<!DOCTYPE x>'),
			),
			fc.oneof({ weight: 9, arbitrary: fc.constant('') }, fc.constantFrom(' ', 'x', '\n', '>')),
		)
		.map(([name, attribute, content, slip]) =>
			content === '/'
				? `<${name}${attribute}/>${slip}`
				: `<${name}${attribute}>${content}</${name}>${slip}`,
		),
}));

test('what it reads of random documents, the parser library reads the same', () => {
	let plain = 0;
	fc.assert(
		fc.property(element, (text) => {
			const read = readPlainXml(text, LIMITS);
			if (!read) return;
			plain++;
			expect(plainTree(read)).toEqual(judged(text));
		}),
		{ numRuns: 5_000 },
	);
	expect(plain).toBeGreaterThan(500);
});

test('so it does of random markup', () => {
	const piece = fc.constantFrom(
		...['<a>', '</a>', '<a/>', '<b c="1">', '</b>', '<b', ' c="', '"', '/>', '>', '<', '</', '='],
		...['<![CDATA[', ']]>', ']', 'x', ' ', '\n', '&amp;', '<!--', '-->', '<?x ?>', "d='", '</r>'],
	);
	fc.assert(
		fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
			const text = `<r>${pieces.join('')}</r>`;
			const read = readPlainXml(text, LIMITS);
			if (read) expect(plainTree(read)).toEqual(judged(text));
		}),
		{ numRuns: 10_000 },
	);
});

test.each(RECORDED_VERSIONS)(
	'what PrestaShop %s sent is plain but for schemas and damage, and read the same',
	(version) => {
		const strange: string[] = [];
		for (const exchange of recordedExchanges(version)) {
			const content = /<prestashop[\s>][^]*<\/prestashop>/.exec(recordedBody(exchange))?.[0];
			if (content === undefined) continue;
			const read = readPlainXml(content, LIMITS);
			if (read) expect([exchange.name, plainTree(read)]).toEqual([exchange.name, judged(content)]);
			else strange.push(exchange.name);
		}
		expect(strange.filter((name) => !/schema-synopsis|cdata-end/.test(name))).toEqual([]);
	},
);

test.each([
	['elements', '<b/>'],
	['attributes', '<b c="" d=""/>'],
])('%s are bounded, whichever reader is asked', (_, part) => {
	const document = (count: number) => `<a>${part.repeat(count)}</a>`;
	const nodes = part === '<b/>' ? 1 : 3;
	const limits = { maxNodes: 1 + 30 * nodes };
	expect(parseXml(document(30), limits).children).toHaveLength(30);
	for (const text of [document(31), `${document(31)}\n`, document(31).replaceAll('"', "'")]) {
		expect(() => parseXml(text, limits)).toThrow(
			`The XML has more than the ${limits.maxNodes} elements and attributes allowed.`,
		);
	}
});

test('a value does not keep its page alive', () => {
	setFlagsFromString('--expose-gc');
	const collect = runInNewContext('gc') as () => void;
	const page = (attribute: string) =>
		Buffer.from(
			`<r><a><![CDATA[${'x'.repeat(4_000_000)}]]></a><b ${attribute}><![CDATA[a text of some length]]></b></r>`,
		);
	const valueIn = (text: string) => parseXml(text).children[1]?.text;
	collect();
	const before = process.memoryUsage().heapUsed;
	const kept = [page('c="1"'), page("c='1'")].flatMap((each) =>
		Array.from({ length: 10 }, () => valueIn(each.toString())),
	);
	collect();
	// Twenty pages are 80 MB.
	expect(process.memoryUsage().heapUsed - before).toBeLessThan(20_000_000);
	expect(new Set(kept)).toEqual(new Set(['a text of some length']));
});

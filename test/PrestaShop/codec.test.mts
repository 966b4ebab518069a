/** PrestaShop documents against everything that four versions of the real webservice sent. */
import { XMLValidator } from 'fast-xml-parser';

import {
	decode,
	decodeRecords,
	encodeRecord,
	encodeRecords,
	languageText,
} from '../../nodes/PrestaShop/api/codec.ts';
import type { Decoded } from '../../nodes/PrestaShop/api/codec.ts';
import type { FieldValue, PrestaShopRecord } from '../../nodes/PrestaShop/api/records.ts';
import { XmlError } from '../../nodes/shared/text/xmlError.ts';
import {
	RECORDED_VERSIONS,
	recordedBody,
	recordedExchange,
	recordedExchanges,
} from '../support/recorded.mts';
import type { RecordedExchange, RecordedVersion } from '../support/recorded.mts';
import fc from '../support/seed.mts';

const DOCUMENT = '<?xml version="1.0" encoding="UTF-8"?>\n<prestashop>';

function errorOf(run: () => unknown): XmlError {
	try {
		run();
	} catch (error) {
		if (error instanceof XmlError) return error;
		throw error;
	}
	throw new Error('It was accepted');
}

function decodedAs<K extends Decoded['kind']>(
	kind: K,
	text: string,
): Extract<Decoded, { kind: K }> {
	const decoded = decode(text);
	expect(decoded.kind).toBe(kind);
	return decoded as Extract<Decoded, { kind: K }>;
}

const holdsDocument = (exchange: RecordedExchange) =>
	['xml', 'txt', 'gz'].includes(exchange.response.kind) &&
	recordedBody(exchange).includes('<prestashop');

const documents = (version: RecordedVersion) => recordedExchanges(version).filter(holdsDocument);

const answer = (version: RecordedVersion, nr: number) =>
	decode(recordedBody(recordedExchange(version, nr)));

const records = (version: RecordedVersion, nr: number) =>
	decodeRecords(recordedBody(recordedExchange(version, nr)));

describe.each(RECORDED_VERSIONS)('%s', (version) => {
	test('every document sent decodes', () => {
		const kinds: Record<string, number> = {};
		for (const exchange of documents(version)) {
			const { kind } = decode(recordedBody(exchange));
			kinds[kind] = (kinds[kind] ?? 0) + 1;
		}
		expect(kinds).toEqual(
			{
				'1.6.1.24': { records: 258, errors: 104, root: 6, schema: 7, images: 3 },
				'1.7.8.11': { records: 254, errors: 110, root: 6, schema: 3, images: 3 },
				'8.2.1': { records: 267, errors: 86, root: 6, schema: 7, images: 3 },
				'9.1.4': { records: 270, errors: 89, root: 6, schema: 7, images: 3 },
			}[version],
		);
	});

	test('every record survives being written and read', () => {
		let compared = 0;
		for (const exchange of documents(version)) {
			const decoded = decode(recordedBody(exchange));
			if (decoded.kind !== 'records') continue;
			for (const record of decoded.records) {
				const written = encodeRecord('entity', record);
				expect(XMLValidator.validate(written)).toBe(true);
				const read = decodedAs('records', written);
				expect(read.records).toStrictEqual([record]);
				expect(Object.keys(read.records[0] ?? {})).toEqual(Object.keys(record));
				compared++;
			}
		}
		expect(compared).toBeGreaterThan(400);
	});

	test('records are those of the JSON answer to the same request', () => {
		let compared = 0;
		const exchanges = recordedExchanges(version);
		for (const [index, exchange] of exchanges.entries()) {
			const next = exchanges[index + 1];
			const isTwin =
				next?.name === `${exchange.name}-json` &&
				next.request.path.replace(/[?&]output_format=JSON$/, '') === exchange.request.path;
			if (!next || !isTwin || next.response.kind !== 'json' || !holdsDocument(exchange)) continue;
			// Schemas make no sense in JSON, a search sorts equal hits anew, JSON keeps control characters.
			if (exchange.response.status !== 200 || /schema|search|control/.test(exchange.name)) continue;
			const decoded = decode(recordedBody(exchange));
			if (decoded.kind !== 'records') continue;
			const json = jsonRecords(recordedBody(next));
			expect([exchange.name, decoded.records.length]).toEqual([exchange.name, json.length]);
			json.forEach((expected, place) => {
				expect([exchange.name, likeJson(decoded.records[place] ?? {}, expected)]).toEqual([
					exchange.name,
					expected,
				]);
				compared++;
			});
		}
		expect(compared).toBeGreaterThan(80);
	});

	test('every well-formed request body decodes', () => {
		const bodies = recordedExchanges(version).flatMap(({ name, request }) =>
			request.body?.includes('<prestashop') ? [{ name, body: request.body }] : [],
		);
		const refused = new Map<string, string>();
		for (const { name, body } of bodies) {
			try {
				expect(decode(body).kind).toBe('records');
			} catch (error) {
				refused.set(name, (error as XmlError).reason);
			}
		}
		expect(Object.fromEntries(refused)).toEqual({
			'xml-malformed': 'malformed',
			'xml-malformed-json': 'malformed',
			'devmode-xml-malformed': 'malformed',
			'xml-doctype-entity': 'doctype',
		});
		expect(bodies).toHaveLength(107);
	});

	test('faults are those of the recording, in order', () => {
		let compared = 0;
		for (const exchange of documents(version)) {
			const decoded = decode(recordedBody(exchange));
			if (decoded.kind !== 'errors') continue;
			const codes = decoded.errors.map(({ code }) => code);
			expect(codes.every((code) => code > 0)).toBe(true);
			const recorded = (exchange.errorCodes ?? '').split(',').filter(Boolean).map(Number);
			expect(codes.slice(0, recorded.length)).toEqual(recorded);
			compared += recorded.length;
		}
		expect(compared).toBeGreaterThan(80);
	});

	test('the root names the shop and the rights of the key', () => {
		const { root } = decodedAs('root', recordedBody(recordedExchange(version, 1)));
		expect(root.shopName).toBe('DemoShop');
		const patch = version.startsWith('1.') ? undefined : true;
		expect(root.rights.find(({ resource }) => resource === 'orders')).toEqual({
			resource: 'orders',
			description: 'The Customers orders',
			methods: { GET: true, PUT: true, POST: true, PATCH: patch, DELETE: true, HEAD: true },
		});
		expect(root.rights.length).toBeGreaterThan(50);
	});

	test('an order has its rows, a product its texts in all languages', () => {
		const [order] = records(version, 57);
		expect(order?.id).toBe('1');
		expect(order?.associations?.order_rows?.map(({ id }) => id)).toEqual(['1', '2']);
		const [product] = records(version, 41);
		const names = product?.name as Array<{ id: string }>;
		expect(names.map(({ id }) => id)).toEqual(['1', '2', '3']);
		expect(product?.associations?.product_bundle).toEqual([]);
	});

	test('one language is still a list of languages', () => {
		const [product] = records(version, 270);
		expect(product?.name).toEqual([{ id: '1', value: expect.any(String) }]);
	});

	test('"]]>" in data is recovered, control characters are dropped', () => {
		const message = version === '1.6.1.24' ? 'a ]]> b & <c>' : 'a ]]> b & <c> "q"';
		expect(records(version, 496)[0]?.gift_message).toBe(message);
		expect(recordedBody(recordedExchange(version, 497))).toContain(JSON.stringify(message));
		expect(records(version, 498)[0]?.gift_message).toBe('vtescend');
	});

	test('stray output around a document changes nothing', () => {
		const [clean] = records(version, 503);
		expect(clean?.reference).toBe('XKBKNABJK');
		expect(records(version, 505)).toEqual([clean]);
		expect(records(version, 507)).toEqual([clean]);
	});

	test('lists, single records and empty lists are told apart', () => {
		const single = (nr: number) => {
			const decoded = answer(version, nr);
			return decoded.kind === 'records'
				? [decoded.resource, decoded.single, decoded.records.length]
				: decoded.kind;
		};
		expect(single(57)).toEqual(['order', true, 1]);
		expect(single(53)).toEqual(['orders', false, 5]);
		// One record by `display` on a single record: from 1.7 on with fields, before as a bare node.
		expect(single(182)).toEqual(['product', true, 1]);
		expect(single(368)).toEqual(['', false, 0]);
		expect(single(454)).toEqual(['customer', false, 2]);
		expect(records(version, 53)).toContainEqual({ id: '3' });
	});

	test('an empty list is no records', () => {
		const empty = recordedExchanges(version).filter(
			({ name, response }) => name.endsWith('s-empty') && response.kind === 'xml',
		);
		expect(empty.length).toBeGreaterThan(4);
		for (const exchange of empty) {
			expect(recordedBody(exchange)).toMatch(/<(\w+)>\s*<\/\1>/);
			expect(decodeRecords(recordedBody(exchange))).toEqual([]);
		}
	});

	test('search finds two lists', () => {
		const found = decodedAs('records', recordedBody(recordedExchange(version, 335)));
		expect([found.resource, found.single]).toEqual(['products', false]);
		expect(found.others.map(({ resource }) => resource)).toEqual(['categories']);
		if (version === '1.6.1.24') return;
		expect(found.records).toContainEqual({ id: '19' });
		expect(found.others[0]?.records).toContainEqual({ id: '2' });
	});

	test('images: folders, one folder, one product, an upload', () => {
		expect(answer(version, 321)).toMatchObject({
			kind: 'images',
			folders: expect.arrayContaining(['general', 'products', 'categories']) as string[],
		});
		const folder = decodedAs('images', recordedBody(recordedExchange(version, 322)));
		expect(folder.types.map(({ name }) => name)).toContain('small_default');
		expect(folder.ids).toContain('1');
		const product = decodedAs('images', recordedBody(recordedExchange(version, 323)));
		expect([product.owner, product.ids.slice(0, 2)]).toEqual(['1', ['1', '2']]);
		expect(answer(version, 332)).toMatchObject({
			kind: 'records',
			resource: 'image',
			single: true,
		});
		expect(records(version, 332)).toMatchObject([{ id: '24', id_product: '2' }]);
	});

	test('a schema tells what may be written', () => {
		const { resource, fields } = decodedAs('schema', recordedBody(recordedExchange(version, 92)));
		expect(resource).toBe('order_state');
		expect(fields.find(({ name }) => name === 'name')).toEqual({
			name: 'name',
			multilingual: true,
			required: true,
			format: 'isGenericName',
			maxSize: 64,
			read_only: false,
			readOnly: false,
			notFilterable: false,
		});
		expect(fields.find(({ name }) => name === 'color')).toMatchObject({
			multilingual: false,
			required: false,
			format: 'isColor',
		});
	});
});

/** The records of a JSON answer: PrestaShop's lists, single records and the bare `[]`. */
function jsonRecords(body: string): PrestaShopRecord[] {
	const [first] = Object.values(JSON.parse(body) as object) as unknown[];
	return (Array.isArray(first) ? first : first === undefined ? [] : [first]).map(withTexts);
}

/** Numbers as texts, and NULL as the empty text, which is what XML makes of it. */
function withTexts(value: unknown): PrestaShopRecord {
	return JSON.parse(JSON.stringify(value), (_, each: unknown) =>
		typeof each === 'number' ? `${each}` : (each ?? ''),
	) as PrestaShopRecord;
}

/**
 * What PrestaShop's JSON would make of a record: single records of version 8 and later lack empty
 * values, one language collapses to a text, empty associations are absent.
 */
function likeJson(record: PrestaShopRecord, json: PrestaShopRecord): PrestaShopRecord {
	const result: PrestaShopRecord = {};
	for (const [name, value] of Object.entries(record)) {
		if (name === 'associations') {
			const filled = Object.entries(value ?? {}).filter(([, rows]) => (rows as []).length > 0);
			if (filled.length > 0) result.associations = Object.fromEntries(filled);
			continue;
		}
		const isCollapsed = Array.isArray(value) && value.length === 1 && !Array.isArray(json[name]);
		const text = isCollapsed ? value[0]?.value : value;
		if (name in json || (text !== '' && text !== '0')) result[name] = text;
	}
	return result;
}

test('PATCH is only refused by the key where the shop knows it', () => {
	const limited = decodedAs('root', recordedBody(recordedExchange('8.2.1', 2))).root;
	const orders = limited.rights.find(({ resource }) => resource === 'orders');
	expect(orders?.methods).toMatchObject({ GET: true, PUT: false, PATCH: false });
});

test('schema: fields that must not be sent, and the rows of associations', () => {
	const product = decodedAs('schema', recordedBody(recordedExchange('8.2.1', 44)));
	expect(product.fields.filter((field) => field.read_only).map(({ name }) => name)).toEqual([
		'manufacturer_name',
		'quantity',
	]);
	expect(product.associations.product_features?.map(({ name }) => name)).toEqual([
		'id',
		'id_feature_value',
	]);
	expect(decodeRecords(recordedBody(recordedExchange('8.2.1', 43)))[0]).toMatchObject({
		id: '',
		name: [
			{ id: '1', value: '' },
			{ id: '2', value: '' },
			{ id: '3', value: '' },
		],
	});
});

test('a compressed answer decodes after unpacking', () => {
	const packed = recordedExchange('8.2.1', 299);
	expect(packed.response.kind).toBe('gz');
	expect(decodeRecords(recordedBody(packed)).length).toBeGreaterThan(0);
});

describe('writing', () => {
	test('languages, associations and their rows', () => {
		const record: PrestaShopRecord = {
			id: '7',
			name: [
				{ id: '1', value: 'A & B' },
				{ id: '3', value: '' },
			],
			reference: '',
			note: undefined,
			associations: {
				categories: [{ id: '2' }, { id: '5' }],
				accessories: [{ id: '8' }],
				addresses: [{ id: '9' }],
				taxes: [{ id: '1' }],
				combinations: [],
			},
		};
		expect(encodeRecord('product', record)).toBe(
			`${DOCUMENT}<product><id>7</id>` +
				'<name><language id="1">A &amp; B</language><language id="3"></language></name>' +
				'<reference></reference><associations>' +
				'<categories><category><id>2</id></category><category><id>5</id></category></categories>' +
				'<accessories><product><id>8</id></product></accessories>' +
				'<addresses><address><id>9</id></address></addresses>' +
				'<taxes><tax><id>1</id></tax></taxes>' +
				'<combinations></combinations></associations></product></prestashop>',
		);
	});

	test('several records in one body', () => {
		const written = encodeRecords('customer', [
			{ email: 'a@example.com' },
			{ email: 'b@example.com' },
		]);
		expect(decodedAs('records', written)).toMatchObject({ resource: 'customer', single: false });
		expect(decodeRecords(written)).toEqual([
			{ email: 'a@example.com' },
			{ email: 'b@example.com' },
		]);
	});

	test('refuses names that would break out of the document', () => {
		for (const name of ['a><b', 'a b', '', '1', 'a\n']) {
			expect(errorOf(() => encodeRecord('order', { [name]: 'x' })).reason).toBe('malformed');
			expect(errorOf(() => encodeRecord(name, { id: '1' })).reason).toBe('malformed');
		}
	});

	test('names its rows as the shops do', () => {
		let compared = 0;
		for (const version of RECORDED_VERSIONS) {
			const sent = documents(version).flatMap((exchange) => [
				...recordedBody(exchange).matchAll(/<(\w+) nodeType="(\w+)"/g),
			]);
			for (const [, association = '', row = ''] of sent) {
				const written = encodeRecord('x', { associations: { [association]: [{ id: '1' }] } });
				expect(written).toContain(`<${association}><${row}><id>1</id></${row}></${association}>`);
				compared++;
			}
		}
		expect(compared).toBeGreaterThan(1_000);
	});
});

describe('random records', () => {
	const nasty = fc.constantFrom(
		...[']]>', '<![CDATA[', '<', '>', '&', '"', "'", '\r\n', '\r', '\n', '\t', ' ', '😀', '\ud83d'],
		...['\u0000', '\u000b', '\ufffe', '</name>', '<language id="1">', '&lt;', '<!DOCTYPE', '0'],
	);
	const anyText = fc.oneof(
		fc.array(nasty, { maxLength: 8 }).map((parts) => parts.join('')),
		fc.string({ unit: 'binary' }),
	);
	const name = fc.oneof(
		fc.stringMatching(/^[a-z][a-z0-9_]{0,12}$/).filter((each) => each !== 'associations'),
		fc.constantFrom('constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf'),
	);
	const languages = fc.array(fc.record({ id: fc.nat().map(String), value: anyText }), {
		minLength: 1,
		maxLength: 3,
	});
	const entries = <T,>(value: fc.Arbitrary<T>, constraints: { minLength?: number } = {}) =>
		fc
			.uniqueArray(fc.tuple(name, value), {
				...constraints,
				maxLength: 5,
				selector: ([key]) => key,
			})
			.map((pairs) => Object.fromEntries(pairs));
	const row = entries(fc.oneof(anyText, languages));
	const record = fc
		.tuple(
			fc.nat().map(String),
			entries(fc.oneof(anyText, languages)),
			fc.option(entries(fc.array(row, { maxLength: 3 }))),
		)
		.map(([id, fields, associations]): PrestaShopRecord => {
			delete fields.id;
			return { id, ...fields, ...(associations ? { associations } : {}) };
		});

	const isLegal = (character: string) => {
		const code = character.codePointAt(0) ?? 0;
		if (code < 0x20) return '\t\n\r'.includes(character);
		return code < 0xd800 || (code > 0xdfff && code !== 0xfffe && code !== 0xffff);
	};

	/** Characters that XML cannot hold are all that may be lost. */
	const withoutIllegal = (value: PrestaShopRecord) =>
		structure(value, (text) => Array.from(text).filter(isLegal).join(''));

	/** The same structure with every text changed; as pairs, so that `__proto__` is compared too. */
	function structure(value: unknown, change: (text: string) => string): unknown {
		if (typeof value === 'string') return change(value);
		if (Array.isArray(value)) return value.map((each) => structure(each, change));
		return Object.entries(value as object).map(([key, each]) => [key, structure(each, change)]);
	}

	test('are read as they were written', () => {
		fc.assert(
			fc.property(fc.array(record, { minLength: 1, maxLength: 3 }), (all) => {
				const written = encodeRecords('entity', all);
				expect(XMLValidator.validate(written)).toBe(true);
				const read = decodedAs('records', written);
				expect(read.records.map((each) => structure(each, String))).toEqual(
					all.map(withoutIllegal),
				);
				expect(read.single).toBe(all.length === 1);
			}),
			{ numRuns: 1_000 },
		);
	});

	test('are read the same when written by the shop itself, texts unescaped in CDATA', () => {
		// A mark that was split as XML wants it means the mark.
		const textValues = entries(anyText.map((text) => text.replaceAll(']]]]><![CDATA[>', '')));
		fc.assert(
			fc.property(textValues, (fields) => {
				const shops = Object.entries(fields).map(
					([key, value]) => `\t<${key}><![CDATA[${value}]]></${key}>\n`,
				);
				const document = `<prestashop>\n<order>\n<id>1</id>${shops.join('')}</order>\n</prestashop>\n`;
				const expected = withoutIllegal({ id: '1', ...fields });
				if ('id' in fields) return;
				let read;
				try {
					read = decodeRecords(document)[0];
				} catch (error) {
					// Only a text that closes its own element may be given up.
					expect((error as Error).message).toContain('It happens in order 1.');
					expect(document).toMatch(/\]\]><\/(\w+)>[^]*\]\]><\/\1>/);
					return;
				}
				expect(structure(read, String)).toEqual(expected);
			}),
			{ numRuns: 1_000 },
		);
	});
});

describe('a list with texts that hold marks of CDATA', () => {
	const script = '<script>// <![CDATA[\nx\n// ]]></script>';
	const product = (id: number, text: string) => `<product>
		<id><![CDATA[${id}]]></id>
		<description><language id="1"><![CDATA[${text}]]></language></description>
		<associations><accessories><product><id><![CDATA[15]]></id></product></accessories></associations>
	</product>`;
	const list = (...texts: string[]) =>
		`<prestashop>\n<products>\n${texts.map((text, at) => product(at + 1, text)).join('\n')}\n</products>\n</prestashop>`;

	test('is read whole', () => {
		const texts = ['plain', `${script}<p>between</p>${script}`, 'a note ]]> of mine'];
		const read = decodeRecords(list(...texts));
		expect(read.map(({ id, description }) => [id, description])).toEqual(
			texts.map((value, at) => [`${at + 1}`, [{ id: '1', value }]]),
		);
	});

	test('names the record that cannot be read, and nothing it holds', () => {
		const text = list('plain', 'private words]]></language> & more', 'plain');
		expect(() => decodeRecords(text)).toThrow('It happens in product 2.');
		expect(() => decodeRecords(text)).not.toThrow('private');
	});
});

describe('hostile and damaged documents', () => {
	test('names like __proto__ become fields and nothing else', () => {
		const text = `<prestashop><order><id>1</id><__proto__>x</__proto__><constructor>y</constructor>
			<associations><__proto__><a><__proto__>z</__proto__></a></__proto__></associations></order></prestashop>`;
		const [order = {}] = decodeRecords(text);
		expect(Object.getPrototypeOf(order)).toBe(Object.prototype);
		expect(Object.entries(order).slice(0, 3)).toEqual([
			['id', '1'],
			['__proto__', 'x'],
			['constructor', 'y'],
		]);
		expect(Object.keys(order.associations ?? {})).toEqual(['__proto__']);
		expect(decodeRecords(encodeRecord('order', order))).toStrictEqual([order]);
		expect(({} as { a?: unknown }).a).toBeUndefined();
	});

	const page = (message: string) => `<prestashop><orders>
		<order><id><![CDATA[41]]></id><gift_message><![CDATA[]]></gift_message><total><![CDATA[10]]></total></order>
		<order><id><![CDATA[42]]></id><gift_message><![CDATA[${message}]]></gift_message><total><![CDATA[10]]></total></order>
	</orders></prestashop>`;

	test.each([
		['closes its element', 'x]]></gift_message>y'],
		['sets another field', 'x]]></gift_message><total>0</total><gift_message><![CDATA[y'],
		['hides fields in a comment', 'x]]></gift_message><!-- '],
		['hides fields in a section', 'x]]></gift_message><x><![CDATA['],
		['opens an unknown field', ']]></gift_message><vip>1</vip><gift_message><![CDATA['],
	])('a message that %s is refused, and the order is named', (_, message) => {
		const error = errorOf(() => decode(page(message)));
		expect(error.reason).toBe('malformed');
		expect(error.message).toContain('order 42');
		expect(error.message.length).toBeLessThan(250);
	});

	test('a message that ends the document is refused', () => {
		const text = page('x]]></gift_message></order></orders></prestashop>');
		expect(errorOf(() => decode(text)).reason).toBe('malformed');
	});

	test('the same page is fine with a harmless message', () => {
		expect(decodeRecords(page('a ]]> b')).map(({ gift_message: text }) => text)).toEqual([
			'',
			'a ]]> b',
		]);
	});

	test.each([
		['no document', '', 'not-xml'],
		['a page', '<!doctype html><html></html>', 'not-xml'],
		['another document', '<?xml version="1.0"?><shop><order/></shop>', 'not-xml'],
		['JSON', '{"orders":[]}', 'not-xml'],
		['a document that breaks off', '<prestashop><orders><order><id>1</id>', 'malformed'],
		[
			'a DOCTYPE',
			'<!DOCTYPE x [<!ENTITY a "1">]><prestashop><order><id>&a;</id></order></prestashop>',
			'doctype',
		],
		['text between fields', '<prestashop><order>x<id>1</id></order></prestashop>', 'malformed'],
		[
			'elements inside a field',
			'<prestashop><order><id>1</id><x><y/></x></order></prestashop>',
			'malformed',
		],
		[
			'an ID in languages',
			'<prestashop><x><id><language id="1">1</language></id><a/></x></prestashop>',
			'malformed',
		],
		[
			'an element inside a translation',
			'<prestashop><x><name><language id="1"><b>1</b></language></name><y/></x></prestashop>',
			'malformed',
		],
		['a list in two parts', '<prestashop><orders/><orders/></prestashop>', 'malformed'],
		[
			'records of two kinds',
			'<prestashop><a><id>1</id><x/></a><b><id>1</id><x/></b></prestashop>',
			'malformed',
		],
		['nesting', `<prestashop>${'<a>'.repeat(10_000)}`, 'too-deep'],
	])('%s is refused', (_, text, reason) => {
		expect(errorOf(() => decode(text)).reason).toBe(reason);
	});

	test('decodeRecords refuses what holds no records', () => {
		for (const nr of [1, 44, 323, 337]) {
			const body = recordedBody(recordedExchange('8.2.1', nr));
			expect(decode(body).kind).not.toBe('records');
			expect(errorOf(() => decodeRecords(body)).message).toContain('where records were expected');
		}
	});

	test('errors win over records in the same document', () => {
		const text =
			'<prestashop><order><id>1</id><a/></order><errors><error><code>46</code><message> a\n</message></error></errors></prestashop>';
		expect(decode(text)).toEqual({ kind: 'errors', errors: [{ code: 46, message: ' a\n' }] });
	});

	test('numbers as element names, as 8.0.0 sent them in associations, are read', () => {
		const text =
			'<prestashop><order><id>1</id><associations><groups><0><id>3</id></0><0><id>4</id></0></groups></associations></order></prestashop>';
		const [order = {}] = decodeRecords(text);
		expect(order.associations).toEqual({ groups: [{ id: '3' }, { id: '4' }] });
		expect(decodeRecords(encodeRecord('order', order))).toEqual([order]);
	});

	test('a record with nothing but associations is no list', () => {
		const written = encodeRecord('order', { associations: { groups: [{ id: '1' }] } });
		expect(decode(written)).toMatchObject({
			single: true,
			records: [{ associations: { groups: [{ id: '1' }] } }],
		});
	});

	test('lists of modules are recognised without knowing their names', () => {
		const list = (content: string) =>
			decode(`<prestashop><loyalty>${content}</loyalty></prestashop>`);
		expect(list('<point id="3" xlink:href="x"/><point id="4"/>')).toMatchObject({
			single: false,
			records: [{ id: '3' }, { id: '4' }],
		});
		expect(list('<point><id>3</id></point>')).toMatchObject({
			single: false,
			records: [{ id: '3' }],
		});
		expect(list('<name><language id="1">x</language></name>')).toMatchObject({
			single: true,
			records: [{ name: [{ id: '1', value: 'x' }] }],
		});
	});
});

describe('languageText', () => {
	const value: FieldValue = [
		{ id: '1', value: '' },
		{ id: '2', value: 'deux' },
		{ id: '3', value: 'trzy' },
	];
	test.each([
		[value, '3', 'trzy'],
		[value, '1', 'deux'],
		[value, '9', 'deux'],
		[value, undefined, 'deux'],
		[[], '1', ''],
		[[{ id: '1', value: '' }], '1', ''],
		['plain', '1', 'plain'],
		['', undefined, ''],
		[undefined, '1', ''],
	] as Array<[FieldValue | undefined, string | undefined, string]>)(
		'%j in %s',
		(from, id, text) => {
			expect(languageText(from, id)).toBe(text);
		},
	);
});

test('a page of 250 complete orders is read', () => {
	const source = recordedExchanges('8.2.1').find(
		({ request, response }) =>
			request.path.startsWith('/api/orders?display=full') && response.kind === 'xml',
	);
	const orders = recordedBody(source as RecordedExchange).match(/<order>[^]*?<\/order>\n/g) ?? [];
	const many = Array.from({ length: 250 }, (_, i) => orders[i % orders.length]);
	const text = `<prestashop>\n<orders>\n${many.join('')}</orders>\n</prestashop>`;
	expect(text.length).toBeGreaterThan(1_000_000);
	expect(decodeRecords(text)).toHaveLength(250);
});

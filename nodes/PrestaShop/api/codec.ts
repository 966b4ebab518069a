import { writeXml } from '../../shared/text/xmlWriter';
import { XmlError } from '../../shared/text/xmlError';
import { parseXml } from '../../shared/text/xmlReader';
import type { XmlElement } from '../../shared/text/xmlElement';
import { isSynopsis, toFault, toImages, toRoot, toSchema } from './documents';
import type { ApiRoot, ImageList, Schema, WebserviceFault } from './documents';
import {
	branch,
	childrenOf,
	isList,
	toList,
	toRecord,
	toRecordElement,
	unexpected,
} from './records';
import type { FieldValue, PrestaShopRecord, RecordList } from './records';

/** Everything a PrestaShop document can be. */
export type Decoded =
	/** `others`: the further lists in an answer of `search`. */
	| ({ kind: 'records'; single: boolean; others: RecordList[] } & RecordList)
	| { kind: 'root'; root: ApiRoot }
	| { kind: 'errors'; errors: WebserviceFault[] }
	| ({ kind: 'images' } & ImageList)
	| ({ kind: 'schema' } & Schema);

/**
 * Reads any answer (or request body) of the PrestaShop webservice. `schema=blank` reads as a record
 * with empty fields. A document that holds errors next to records reads as errors.
 *
 * @throws XmlError when there is no PrestaShop document in the text, or it cannot be read reliably.
 * A field that occurs twice counts as that: texts are sent unescaped in CDATA, so `]]>` in the text
 * of a customer could otherwise smuggle in values for other fields.
 */
export function decode(text: string): Decoded {
	const entities = childrenOf(parse(text)).filter(
		// The whole picture, next to the record of an uploaded image.
		({ name, attributes }) => !(name === 'content' && attributes.encode !== undefined),
	);
	const [first, ...rest] = entities;
	if (!first) return { kind: 'records', resource: '', records: [], single: false, others: [] };
	const errors = entities.find(({ name }) => name === 'errors');
	if (errors) return { kind: 'errors', errors: errors.children.map(toFault) };
	if (first.name === 'api') return { kind: 'root', root: toRoot(first) };
	const images = toImages(first, rest);
	if (images) return { kind: 'images', ...images };
	if (isList(first)) {
		const [list, ...others] = entities.map(toList);
		const names = new Set(entities.map(({ name }) => name));
		if (!list || names.size < entities.length) throw unexpected('one list came in several parts');
		return { kind: 'records', ...list, single: false, others };
	}
	if (rest.some(({ name }) => name !== first.name)) throw unexpected('records of several kinds');
	if (first.children.some(isSynopsis)) return { kind: 'schema', ...toSchema(first) };
	const records = entities.map(toRecord);
	const { name } = first;
	const single = rest.length === 0;
	return { kind: 'records', resource: name, node: name, records, single, others: [] };
}

/**
 * The records of an answer, however many there are: `[]` for an empty list.
 *
 * @throws XmlError when the document cannot be read or is none of records (errors, schema, root …).
 */
export function decodeRecords(text: string): PrestaShopRecord[] {
	const decoded = decode(text);
	if (decoded.kind === 'records') return decoded.records;
	throw unexpected(`it holds ${decoded.kind} where records were expected`);
}

/** One record as a request body. `node` is the singular, for example `order_history`. */
export function encodeRecord(node: string, record: PrestaShopRecord): string {
	return encodeRecords(node, [record]);
}

/**
 * Several records in one request body. Undefined fields are left out, empty ones are written
 * (PrestaShop empties them); an empty association is written too (PrestaShop deletes its rows).
 *
 * @throws XmlError for a field name that cannot be written as XML.
 */
export function encodeRecords(node: string, records: PrestaShopRecord[]): string {
	return writeXml(
		branch(
			'prestashop',
			records.map((record) => toRecordElement(node, record)),
		),
	);
}

/** A multilingual text in one language: that of `languageId`, else the first that is not empty. */
export function languageText(value: FieldValue | undefined, languageId?: string): string {
	if (value === undefined || typeof value === 'string') return value ?? '';
	const chosen = value.find(({ id }) => id === languageId)?.value ?? '';
	return chosen !== '' ? chosen : (value.find((each) => each.value !== '')?.value ?? '');
}

function parse(text: string): XmlElement {
	const outcome = attempt(text);
	if (outcome instanceof Error) throw outcome;
	return outcome;
}

function attempt(text: string): XmlElement | Error {
	try {
		return parseXml(text, { root: 'prestashop' });
	} catch (error) {
		return error instanceof XmlError ? withPlace(error) : (error as Error);
	}
}

/** The beginning of a record; IDs come in CDATA or bare. */
const RECORD_START = /<(\w+)(?:\s[^<>]*)?>\s*(?=<id>)/g;
const RECORD_ID = /<id>(?:<!\[CDATA\[)?(\d+)/y;

/** Values and associations, whose rows may be called like the records themselves. */
const INSIDE = [
	/<!\[CDATA\[[\s\S]*?\]\]>/g,
	/<associations(?:\s[^<>]*)?>[\s\S]*?<\/associations>/g,
];

/** Names the record that cannot be read, so that it can be found in the back office. */
function withPlace({ reason, message, text }: XmlError): XmlError {
	const outline = INSIDE.reduce(
		(rest, inside) => rest.replace(inside, (found) => ' '.repeat(found.length)),
		text,
	);
	const starts = [...outline.matchAll(RECORD_START)];
	const [, node = ''] = starts[0] ?? [];
	const records = starts.filter(([, name]) => name === node);
	const broken = records.find(({ index }, position) => {
		const chunk = text.slice(index, records[position + 1]?.index);
		const end = chunk.lastIndexOf(`</${node}>`);
		return !isReadable(end < 0 ? chunk : `${chunk.slice(0, end)}</${node}>`);
	});
	if (!broken) return new XmlError(reason, message);
	RECORD_ID.lastIndex = broken.index + broken[0].length;
	const [, id = 'without ID'] = RECORD_ID.exec(text) ?? [];
	return new XmlError(reason, `${message} It happens in ${node} ${id}.`);
}

function isReadable(text: string): boolean {
	try {
		parseXml(text);
		return true;
	} catch {
		return false;
	}
}

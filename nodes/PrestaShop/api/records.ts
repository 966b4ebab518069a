import { XmlError } from '../../shared/text/xmlError';
import type { XmlElement } from '../../shared/text/xmlElement';

/** One translation of a text; `id` is the shop's language ID. */
export interface LanguageValue {
	id: string;
	value: string;
}

/** A scalar as the exact text sent, or all translations of a multilingual field. */
export type FieldValue = string | LanguageValue[];

/** One row of an association. Its fields are plain texts in all resources of PrestaShop itself. */
export interface AssociationRow {
	[field: string]: FieldValue | AssociationRow;
}

export type Associations = Record<string, AssociationRow[]>;

/** One record, fields in the order of the XML. */
export interface PrestaShopRecord {
	id?: string;
	associations?: Associations;
	[field: string]: FieldValue | Associations | undefined;
}

export interface RecordList {
	/** The element's name: the plural of a list (`orders`), else the singular (`order`). */
	resource: string;
	/** The name of each record's element (`order`); absent when there is none. */
	node?: string | undefined;
	records: PrestaShopRecord[];
}

/** Associations whose rows are not called by the singular of their own name. */
const ODD_ROW_NAMES = new Map([
	['accessories', 'product'],
	['product_bundle', 'product'],
]);

/** Told by the shape, because modules add resources of any name: a list holds records of one name. */
export function isList(element: XmlElement): boolean {
	const [first] = element.children;
	if (!first) return element.attributes.id === undefined;
	if (first.name === 'associations') return false;
	if (element.children.some(({ name }) => name !== first.name)) return false;
	return element.children.every(
		(child) =>
			child.children.some(({ name }) => name !== 'language') ||
			(child.attributes.id !== undefined && child.text === ''),
	);
}

export function toList(element: XmlElement): RecordList {
	const rows = childrenOf(element);
	return { resource: element.name, node: rows[0]?.name, records: rows.map(toRecord) };
}

/** Attributes other than `id` (links to other records) are dropped. */
export function toRecord(element: XmlElement): PrestaShopRecord {
	const record: PrestaShopRecord = {};
	const idElement = element.children.find(isId);
	const id = idElement?.text ?? element.attributes.id;
	const subject = `${element.name} ${id ?? 'without ID'}`;
	if (id !== undefined && !idElement) record.id = id;
	for (const child of childrenOf(element)) {
		if (child.name === 'associations') {
			set(record, child.name, toAssociations(child, subject), subject);
			continue;
		}
		const value = toValue(child, subject);
		if (typeof value === 'object' && (child.name === 'id' || !Array.isArray(value))) {
			throw unexpected(`${subject} has elements inside ${child.name}`);
		}
		set(record, child.name, value, subject);
	}
	return record;
}

/** The opposite of {@link toRecord}; `node` is the name of the element. */
export function toRecordElement(node: string, record: PrestaShopRecord): XmlElement {
	const children = Object.entries(record).map(([name, value]) =>
		value === undefined || typeof value === 'string' || Array.isArray(value)
			? toFieldElement(name, value)
			: branch(name, Object.entries(value).map(toAssociationElement)),
	);
	return branch(node, children);
}

function toValue(element: XmlElement, subject: string): FieldValue | AssociationRow {
	if (element.children.length === 0) return element.text;
	const isTranslation = ({ name, children }: XmlElement) =>
		name === 'language' && children.length === 0;
	if (!element.children.every(isTranslation)) return toRow(element, subject);
	return childrenOf(element).map(({ attributes, text }) => ({
		id: attributes.id ?? '',
		value: text,
	}));
}

function toAssociations(element: XmlElement, subject: string): Associations {
	const associations: Associations = {};
	for (const child of childrenOf(element)) {
		const rows = childrenOf(child).map((row) => toRow(row, subject));
		set(associations, child.name, rows, subject);
	}
	return associations;
}

function toRow(element: XmlElement, subject: string): AssociationRow {
	const row: AssociationRow = {};
	const { id } = element.attributes;
	if (id !== undefined && !element.children.some(isId)) row.id = id;
	for (const child of childrenOf(element)) set(row, child.name, toValue(child, subject), subject);
	return row;
}

/** Sets an own property, whatever its name (assigning to `__proto__` would do something else). */
export function set<T>(target: Record<string, T>, name: string, value: T, subject: string): void {
	if (Object.hasOwn(target, name)) throw unexpected(`${subject} has the field ${name} twice`);
	if (name === '__proto__') {
		const attributes = { enumerable: true, configurable: true, writable: true };
		Object.defineProperty(target, name, { ...attributes, value });
	} else {
		target[name] = value;
	}
}

export const isId = ({ name }: XmlElement) => name === 'id';

export function unexpected(what: string): XmlError {
	return new XmlError('malformed', `The shop's XML is not as expected: ${what}.`);
}

/** PrestaShop never mixes text and elements; where it looks so, a text has broken out of its field. */
export function childrenOf(element: XmlElement): readonly XmlElement[] {
	if (element.text.trim() !== '') {
		throw unexpected(`there is text directly inside <${element.name}>`);
	}
	return element.children;
}

function rowName(association: string): string {
	const odd = ODD_ROW_NAMES.get(association);
	if (odd !== undefined) return odd;
	if (association.endsWith('ies')) return association.replace(/ies$/, 'y');
	if (/(ss|x|ch|sh)es$/.test(association)) return association.slice(0, -'es'.length);
	return association.replace(/(?<=.)s$/, '');
}

function leaf(name: string, text: string, attributes: Record<string, string> = {}): XmlElement {
	return { name, attributes, children: [], text };
}

export function branch(name: string, children: Array<XmlElement | undefined>): XmlElement {
	return { ...leaf(name, ''), children: children.filter((child) => child !== undefined) };
}

function toFieldElement(
	name: string,
	value: FieldValue | AssociationRow | undefined,
): XmlElement | undefined {
	if (value === undefined) return undefined;
	if (typeof value === 'string') return leaf(name, value);
	if (!Array.isArray(value)) return toRowElement(name, value);
	return branch(
		name,
		value.map(({ id, value: text }) => leaf('language', text, { id })),
	);
}

function toRowElement(name: string, row: AssociationRow): XmlElement {
	return branch(
		name,
		Object.entries(row).map(([field, value]) => toFieldElement(field, value)),
	);
}

function toAssociationElement([name, rows]: [string, AssociationRow[]]): XmlElement {
	return branch(
		name,
		rows.map((row) => toRowElement(rowName(name), row)),
	);
}

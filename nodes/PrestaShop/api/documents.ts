import type { XmlElement } from '../../shared/text/xmlElement';
import { set } from './records';

/** What the key may do with one resource; undefined where the shop names no such method. */
export interface ApiRight {
	resource: string;
	description: string;
	methods: Record<'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE' | 'HEAD', boolean | undefined>;
}

export interface ApiRoot {
	shopName: string;
	rights: ApiRight[];
}

export interface WebserviceFault {
	code: number;
	message: string;
}

/** One field of `schema=synopsis`; the members are named after PrestaShop's attributes. */
export interface SchemaField {
	name: string;
	multilingual: boolean;
	required: boolean;
	/** Names of PrestaShop's validators, separated by spaces. */
	format?: string;
	maxSize?: number;
	/** Sending the field is refused with error 93. `readOnly` alone does not mean that. */
	read_only: boolean;
	readOnly: boolean;
	notFilterable: boolean;
}

/** The images root has `folders`; a folder sizes and record IDs; a record (`owner`) picture IDs. */
export interface ImageList {
	owner?: string;
	folders: string[];
	types: Array<{ id: string; name: string }>;
	ids: string[];
}

export interface Schema {
	resource: string;
	fields: SchemaField[];
	associations: Record<string, SchemaField[]>;
}

/** Attributes of fields that only `schema=synopsis` has (`notFilterable` is in records too). */
const SYNOPSIS_ATTRIBUTES = ['format', 'required', 'maxSize', 'read_only'];

export function toFault(element: XmlElement): WebserviceFault {
	const text = (wanted: string) => element.children.find(({ name }) => name === wanted)?.text ?? '';
	return { code: Number.parseInt(text('code'), 10) || 0, message: text('message') };
}

export function toRoot(api: XmlElement): ApiRoot {
	const rights = api.children.map(({ name, attributes, children }): ApiRight => {
		const flag = (value: string | undefined) =>
			value === undefined ? undefined : value === 'true';
		const description = children.find((child) => child.name === 'description')?.text.trim() ?? '';
		const { get, put, post, patch, delete: remove, head } = attributes;
		const methods = {
			GET: flag(get),
			PUT: flag(put),
			POST: flag(post),
			PATCH: flag(patch),
			DELETE: flag(remove),
			HEAD: flag(head),
		};
		return { resource: name, description, methods };
	});
	return { shopName: api.attributes.shopName ?? '', rights };
}

export function toImages(first: XmlElement, rest: XmlElement[]): ImageList | undefined {
	const ids = (element: XmlElement | undefined) =>
		(element?.children ?? []).map(({ attributes }) => attributes.id ?? '');
	const none = { folders: [], types: [], ids: [] };
	if (first.name === 'image' && first.children.some(({ name }) => name === 'declination')) {
		return { ...none, owner: first.attributes.id ?? '', ids: ids(first) };
	}
	if (first.name !== 'image_types') return undefined;
	if (first.children.some(({ attributes }) => attributes.get !== undefined)) {
		return { ...none, folders: first.children.map(({ name }) => name) };
	}
	const images = rest.find(({ name }) => name === 'images');
	if (!images) return undefined;
	const types = first.children.map(({ attributes: { id = '', name = '' } }) => ({ id, name }));
	return { ...none, types, ids: ids(images) };
}

export function isSynopsis({ attributes }: XmlElement): boolean {
	return SYNOPSIS_ATTRIBUTES.some((name) => name in attributes);
}

export function toSchema(element: XmlElement): Schema {
	const isAssociations = ({ name }: XmlElement) => name === 'associations';
	const associations: Record<string, SchemaField[]> = {};
	for (const { name, children } of element.children.find(isAssociations)?.children ?? []) {
		set(associations, name, (children[0]?.children ?? []).map(toSchemaField), element.name);
	}
	const fields = element.children.filter((child) => !isAssociations(child)).map(toSchemaField);
	return { resource: element.name, fields, associations };
}

function toSchemaField({ name, attributes, children }: XmlElement): SchemaField {
	const { format, maxSize } = attributes;
	return {
		name,
		multilingual: children.length > 0,
		required: attributes.required === 'true',
		...(format === undefined ? {} : { format }),
		...(maxSize === undefined ? {} : { maxSize: Number.parseInt(maxSize, 10) }),
		read_only: attributes.read_only === 'true',
		readOnly: attributes.readOnly === 'true',
		notFilterable: attributes.notFilterable === 'true',
	};
}

import type {
	ColumnType,
	FieldValue,
	LinkedItem,
	ResourceDefinition,
	Row,
} from './definitions.mts';

/** An object in PHP's memory while it is written: what the answer shows, and what is stored in the end. */
export interface Draft {
	resource: ResourceDefinition;
	id: number;
	isNew: boolean;
	/** null is PHP's null; a text in a translated field is the same text for every language. */
	values: Record<string, FieldValue>;
	links: Record<string, LinkedItem[]>;
	/** Fields that the request filled: texts, whatever the column is. */
	sent: Set<string>;
	/** Fields that PHP code filled with integers. */
	integers: Set<string>;
}

/** An object as `new ClassName()` or as loaded from its row. */
export function draftOf(resource: ResourceDefinition, row: Row | undefined): Draft {
	const values: Record<string, FieldValue> = {};
	for (const name of resource.fields.keys()) values[name] = row?.values[name] ?? null;
	return {
		resource,
		id: row?.id ?? 0,
		isNew: row === undefined,
		values,
		links: { ...row?.links },
		sent: new Set(),
		integers: new Set(),
	};
}

const ZERO: Record<ColumnType, string> = {
	int: '0',
	bool: '0',
	dec2: '0.00',
	dec3: '0.000',
	dec6: '0.000000',
	datetime: '0000-00-00 00:00:00',
	date: '0000-00-00',
	string: '',
};

/** A value as the column stores it. */
export function stored(value: FieldValue, type: ColumnType): string {
	if (typeof value !== 'string' || value === '') return ZERO[type];
	switch (type) {
		case 'int':
			return String(Math.trunc(Number(value)) || 0);
		case 'bool':
			return Number(value) ? '1' : '0';
		case 'dec2':
			return (Number(value) || 0).toFixed(2);
		case 'dec3':
			return (Number(value) || 0).toFixed(3);
		case 'dec6':
			return (Number(value) || 0).toFixed(6);
		case 'datetime':
			return value.length === 10 ? `${value} 00:00:00` : value;
		case 'date':
			return value.slice(0, 10);
		case 'string':
			return value;
	}
}

/** The row that saving the draft leaves behind; every language of the shop has a text. */
export function rowOf(draft: Draft, languages: string[]): Row {
	const values: Record<string, FieldValue> = {};
	for (const [name, field] of draft.resource.fields) {
		const value = draft.values[name] ?? null;
		if (field.i18n) {
			const texts: Record<string, string> = {};
			for (const id of languages) {
				texts[id] = typeof value === 'string' ? value : (value?.[id] ?? '');
			}
			values[name] = texts;
		} else if (name === 'new' || (name === 'low_stock_threshold' && value === null)) {
			values[name] = null;
		} else if (field.dynamic) {
			values[name] = value ?? '';
		} else {
			values[name] = stored(value, field.type ?? 'string');
		}
	}
	return { id: draft.id, values, links: draft.links };
}

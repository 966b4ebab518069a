import type { NewestList } from '../../shared/pickers/newest';
import { isRecord } from '../api/codec';
import type { ShoperRecord } from '../api/codec';
import { is } from '../api/conditions';
import { listing } from '../api/query';
import type { Condition } from '../api/conditions';

/** Records of a resource. */
export function newest(
	resource: string,
	show: NewestList<ShoperRecord, Condition>['show'],
): NewestList<ShoperRecord, Condition> {
	return {
		listing: (where, before) => {
			const bound = before === undefined ? {} : { belowId: Number(before) };
			return listing({ resource, where, order: 'newest', ...bound });
		},
		is: (field, value) => is(field, isId(field) ? Number(value) : value),
		valueAt,
		show,
	};
}

function isId(field: string): boolean {
	return field.endsWith('_id');
}

/** The value of a field such as `stock.code`. */
function valueAt(record: ShoperRecord, field: string): string {
	const at = (part: unknown, name: string) => (isRecord(part) ? part[name] : undefined);
	return text(field.split('.').reduce<unknown>(at, record));
}

/** A scalar field as text. */
export function text(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

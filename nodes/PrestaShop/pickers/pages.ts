import type { Condition } from '../api/conditions';
import { is } from '../api/conditions';
import { PAGE } from '../../shared/pickers/newest';
import type { NewestList } from '../../shared/pickers/newest';
import { listing } from '../api/query';
import type { PrestaShopRecord } from '../api/records';

/** Records of a resource, with the fields that `show` needs. */
export function newest(
	resource: string,
	display: readonly string[],
	show: NewestList<PrestaShopRecord, Condition>['show'],
): NewestList<PrestaShopRecord, Condition> {
	return {
		listing: (where, before) =>
			listing({
				resource,
				display,
				where,
				order: 'newest',
				limit: PAGE,
				...(before !== undefined && { belowId: Number(before) }),
			}),
		is,
		valueAt: (record, field) => text(record[field]),
		show,
	};
}

/** The ID that was typed, with or without `#`; `undefined` for another text. */
export function numberTyped(filter: string): string | undefined {
	return /^#?0*(\d+)$/.exec(filter)?.[1];
}

/** A scalar field as text. */
export function text(value: unknown): string {
	return typeof value === 'string' ? value : '';
}

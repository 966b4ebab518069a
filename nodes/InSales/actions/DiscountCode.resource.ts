import type { IDataObject } from 'n8n-workflow';

import {
	filtersField,
	limit,
	readOptions,
	returnAll,
	simplify,
	wanted,
} from '../../shared/actions/fields';
import type { Resource } from '../../shared/actions/operation';
import { numberOrNull, textOrNull } from '../../shared/output/orderShape';
import { flagOf, notFlag } from '../../shared/output/recordShape';
import { by, locator } from '../../shared/pickers/locators';
import { recordsWithKey } from '../../shared/reading/keySearch';
import { notFound } from '../../shared/reading/records';
import { recordId } from '../../shared/text/recordId';
import { normalise } from '../../shared/text/sameText';
import { updatedAfter } from './filterFields';
import { idOf } from '../api/codec';
import type { InSalesRecord } from '../api/codec';
import { isoTime, wireTime } from '../api/dates';
import { byId } from '../api/reads';
import { operation } from './operation';
import { keyedList } from '../api/keyedList';
import { readMany } from '../api/readMany';

const discountCodeId = locator({
	displayName: 'Discount Code',
	name: 'discountCodeId',
	description: 'The discount code to work with',
	list: 'searchDiscountCodes',
	modes: [by('id', 'By ID', 'e.g. 12'), by('code', 'By Code', 'e.g. SUMMER10')],
});

export const discountCode: Resource<InSalesRecord> = {
	value: 'discountCode',
	name: 'Discount Code',
	operations: [
		operation({
			value: 'get',
			name: 'Get',
			action: 'Get a discount code',
			description:
				'Retrieve one discount code by its ID or its text. InSales cannot search for the text: all codes are read to find the first one, and later only what changed.',
			needs: ['discount_codes GET'],
			findsOne: true,
			items: 'together',
			fields: [discountCodeId, simplify],
			run: async (shop, { discountCodeId: { mode, value }, simplify: simple }) => {
				const isCode = mode === 'code';
				const found = isCode
					? (await recordsWithKey(shop, keyedCodes, codeKey(value), true))[0]
					: await byId(shop, 'discount_codes', recordId(value, 'Discount Code'));
				if (!found) throw notFound(isCode ? 'discount code' : 'discount code with the ID', value);
				return view(found, simple);
			},
		}),
		operation({
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many discount codes',
			description:
				'Retrieve many discount codes, the newest first; with "Updated After" the oldest change first',
			needs: ['discount_codes GET'],
			items: 'together',
			fields: [
				returnAll,
				limit,
				filtersField([
					{
						displayName: 'Enabled',
						name: 'enabled',
						type: 'boolean',
						default: true,
						description:
							'Whether the code can be used. InSales has no such filter: codes are read and compared here.',
					},
					updatedAfter,
				]),
				simplify,
				readOptions,
			],
			run: async (shop, { filters, simplify: simple, ...values }) => {
				const { enabled, updatedAfter } = filters;
				const keep = (each: InSalesRecord) =>
					enabled === undefined || (each.disabled !== true) === enabled;
				const since =
					updatedAfter === undefined
						? undefined
						: await wireTime(shop, 'discount_codes', 'Updated After', updatedAfter);
				const reading = { since, checkedHere: enabled !== undefined };
				const list = { path: 'discount_codes', keep };
				return (await readMany(shop, list, reading, wanted(values))).map((each) =>
					view(each, simple),
				);
			},
		}),
	],
};

const codeKey = (code: unknown) => `code ${normalise(String(code ?? ''))}`;

const keyedCodes = keyedList('discount_codes', ({ code }) => [codeKey(code)]);

/** What `type_id` means (InSales API reference, section 5.8). */
const KINDS: Readonly<Record<string, string>> = { 1: 'percent', 2: 'money' };

function view(record: InSalesRecord, simple: boolean): IDataObject {
	if (!simple) return record as IDataObject;
	return {
		id: idOf(record),
		code: textOrNull(record.code),
		kind: KINDS[String(record.type_id)] ?? null,
		discount: numberOrNull(record.discount),
		minimumTotal: numberOrNull(record.min_price),
		description: textOrNull(record.description),
		enabled: notFlag(record.disabled),
		onlyOnce: flagOf(record.act_once),
		oncePerClient: flagOf(record.act_once_for_client),
		used: flagOf(record.worked),
		expiresOn: textOrNull(record.expired_at),
		createdAt: isoTime(record.created_at),
		updatedAt: isoTime(record.updated_at),
	};
}

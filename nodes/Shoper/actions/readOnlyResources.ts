import type { IDataObject, INodeProperties } from 'n8n-workflow';

import {
	filtersField,
	limit,
	readOptions,
	returnAll,
	simplify,
	wanted,
} from '../../shared/actions/fields';
import type { Operation, Resource } from '../../shared/actions/operation';
import { by, locator } from '../../shared/pickers/locators';
import type { Locator } from '../../shared/protocol/locator';
import { recordId } from '../../shared/text/recordId';
import { shaped } from '../../shared/output/recordShape';
import { anew, notFound } from '../../shared/reading/records';
import type { ShoperRecord } from '../api/codec';
import { byId, localeOf, zoneOf } from '../api/reads';
import type { ShoperShop } from '../api/reads';
import { pagedListing } from '../api/query';
import type { Condition } from '../api/conditions';

import { idOf } from '../api/resources';
import type { RecordShape } from '../api/recordShape';
import { areaOf } from '../api/rights';

/** A condition users may set. */
export interface SimpleFilter {
	property: INodeProperties;
	where(value: unknown): Condition;
}

/** A short list that is only read: by ID, or with a few conditions. */
export interface SimpleRead {
	/** Value of the `resource` parameter, and its name. */
	value: string;
	name: string;
	/** "a producer", "producers": for the action and for messages. */
	one: string;
	many: string;
	/** What is in the records, for descriptions. */
	holds: string;
	/** Resource of the API. */
	path: string;
	/** Parameter that names a record, and its picker. */
	idName: string;
	picker: string;
	filters: readonly SimpleFilter[];
	shape: RecordShape;
	/** Whether times or texts of several languages are in `shape`. */
	timed?: boolean;
	multilingual?: boolean;
}

/**
 * A condition that is checked here: whether the shop can filter these lists by the field is not
 * known, and they are short.
 */
export function localFlag(property: INodeProperties, field: string): SimpleFilter {
	return {
		property,
		where: (value) => ({ field, operator: '=', value: value === true ? '1' : '0', local: true }),
	};
}

export function localText(property: INodeProperties, field: string): SimpleFilter {
	return {
		property,
		where: (value) => ({ field, operator: '=', value: String(value), local: true }),
	};
}

/** Get and Get Many of a resource that is only read. */
export function simpleReads(spec: SimpleRead): Resource<ShoperRecord> {
	return { value: spec.value, name: spec.name, operations: [getOne(spec), getMany(spec)] };
}

type Values = Readonly<Record<string, unknown>>;

function getOne(spec: SimpleRead): Operation<ShoperRecord> {
	return {
		value: 'get',
		name: 'Get',
		action: `Get ${spec.one}`,
		description: `Retrieve ${spec.one} by its ID: ${spec.holds}`,
		needs: [`${areaOf(spec.path)} GET`],
		findsOne: true,
		items: 'together',
		fields: [locatorOf(spec), simplify],
		run: async (shop, values) => {
			const key = recordId((values[spec.idName] as Locator).value, spec.name);
			const record = await byId(shop, spec.path, key, anew);
			if (!record) throw notFound(`${spec.one.replace(/^an? /, '')} with the ID`, key);
			const [row] = await viewed(shop, spec, [record], values);
			return row ?? {};
		},
	};
}

function getMany(spec: SimpleRead): Operation<ShoperRecord> {
	const filters: INodeProperties[] =
		spec.filters.length === 0 ? [] : [filtersField(spec.filters.map(({ property }) => property))];
	return {
		value: 'getAll',
		name: 'Get Many',
		action: `Get many ${spec.many}`,
		description: `Retrieve many ${spec.many}: ${spec.holds}`,
		needs: [`${areaOf(spec.path)} GET`],
		items: 'together',
		fields: [returnAll, limit, ...filters, simplify, readOptions],
		run: async (shop, values) => {
			const where = conditionsOf(spec, (values.filters ?? {}) as Values);
			const count = wanted(values as { returnAll: boolean; limit: number });
			// What is checked here may drop rows, so that a page of the wanted size would be too small.
			const size = where.length === 0 ? { limit: count } : {};
			const list = pagedListing({ resource: spec.path, where, order: 'oldest', ...size });
			return await viewed(shop, spec, await shop.list(list, count, 'leaveOut'), values);
		},
	};
}

function locatorOf({ name, idName, picker, one }: SimpleRead): INodeProperties {
	return locator({
		displayName: name,
		name: idName,
		description: `The ${one.replace(/^an? /, '')} to work with`,
		list: picker,
		modes: [by('id', 'By ID', 'e.g. 3')],
	});
}

function conditionsOf({ filters }: SimpleRead, values: Values): Condition[] {
	return Object.entries(values).flatMap(([name, value]) => {
		const filter = filters.find(({ property }) => property.name === name);
		return filter ? [filter.where(value)] : [];
	});
}

async function viewed(
	shop: ShoperShop,
	{ path, shape, timed, multilingual }: SimpleRead,
	records: readonly ShoperRecord[],
	{ simplify: simple }: Values,
): Promise<IDataObject[]> {
	if (simple !== true || records.length === 0) return [...records];
	const view = {
		zone: timed ? await zoneOf(shop) : undefined,
		locale: multilingual ? await localeOf(shop) : undefined,
	};
	return records.map((record) => shaped(idOf(path, record), record, shape, view));
}

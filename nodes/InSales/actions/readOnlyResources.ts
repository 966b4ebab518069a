import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { limit, readOptions, returnAll, simplify, wanted } from '../../shared/actions/fields';
import type { Operation, Resource } from '../../shared/actions/operation';
import type { Locator } from '../../shared/protocol/locator';
import { anew, notFound } from '../../shared/reading/records';
import { recordId } from '../../shared/text/recordId';
import type { InSalesRecord } from '../api/codec';
import { allOf, byId } from '../api/reads';
import { withoutSecrets } from '../api/secrets';

/** A short list of settings, whose records may hold access to providers and are only read. */
export interface SettingReads {
	value: string;
	name: string;
	/** Names in the operations' titles. */
	one: string;
	many: string;
	/** What a record is called in the back office and in messages. */
	noun: string;
	describeOne: string;
	describeMany: string;
	/** Path below /admin. */
	path: string;
	locator: INodeProperties;
	/** A record in plain fields. */
	view(record: InSalesRecord): IDataObject;
}

/** Get and Get Many of a short list of settings. */
export function settingReads(spec: SettingReads): Resource<InSalesRecord> {
	return { value: spec.value, name: spec.name, operations: [getOne(spec), getMany(spec)] };
}

function getOne(spec: SettingReads): Operation<InSalesRecord> {
	return {
		value: 'get',
		name: 'Get',
		action: `Get ${spec.one}`,
		description: spec.describeOne,
		needs: [`${spec.path} GET`],
		findsOne: true,
		items: 'together',
		fields: [spec.locator, simplify],
		run: async (shop, values) => {
			const { value } = values[spec.locator.name] as Locator;
			const id = recordId(value, spec.locator.displayName);
			const found = await byId(shop, spec.path, id, anew);
			if (!found) throw notFound(`${spec.noun} with the ID`, id);
			return shown(found, spec, values.simplify === true);
		},
	};
}

function getMany(spec: SettingReads): Operation<InSalesRecord> {
	return {
		value: 'getAll',
		name: 'Get Many',
		action: `Get many ${spec.many}`,
		description: spec.describeMany,
		needs: [`${spec.path} GET`],
		items: 'together',
		fields: [returnAll, limit, simplify, readOptions],
		run: async (shop, values) =>
			[...(await allOf(shop, spec.path, anew)).values()]
				.slice(0, wanted(values as { returnAll: boolean; limit: number }))
				.map((each) => shown(each, spec, values.simplify === true)),
	};
}

function shown(record: InSalesRecord, { view }: SettingReads, simple: boolean): IDataObject {
	return simple ? view(record) : (withoutSecrets(record) as IDataObject);
}

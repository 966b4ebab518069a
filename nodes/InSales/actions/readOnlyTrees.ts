import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { toJson } from '../../shared/output/toJson';
import {
	filtersField,
	limit,
	readOptions,
	returnAll,
	simplify,
	wanted,
} from '../../shared/actions/fields';
import type { Operation, Resource } from '../../shared/actions/operation';
import type { Locator } from '../../shared/protocol/locator';
import { notFound } from '../../shared/reading/records';
import { recordId } from '../../shared/text/recordId';
import type { InSalesRecord } from '../api/codec';
import { simplifyBranch } from '../categories/tree';
import type { Tree } from '../categories/tree';
import type { InSalesShop } from '../api/reads';

/** A resource whose records form a tree and are only read. */
export interface TreeReads {
	value: string;
	name: string;
	one: string;
	many: string;
	/** What is in the records, for descriptions. */
	holds: string;
	/** Path below /admin. */
	path: string;
	locator: INodeProperties;
	/** All of them, read once per run. */
	tree(shop: InSalesShop): Promise<Tree>;
}

/** Get and Get Many of records that form a tree: the way to one is known only from all of them. */
export function treeReads(spec: TreeReads): Resource<InSalesRecord> {
	return { value: spec.value, name: spec.name, operations: [getOne(spec), getMany(spec)] };
}

function getOne(spec: TreeReads): Operation<InSalesRecord> {
	return {
		value: 'get',
		name: 'Get',
		action: `Get ${spec.one}`,
		description: `Retrieve ${spec.one} ${spec.holds}`,
		needs: [`${spec.path} GET`],
		findsOne: true,
		items: 'together',
		fields: [spec.locator, simplify],
		run: async (shop, values) => {
			const id = recordId((values[spec.locator.name] as Locator).value, spec.name);
			const tree = await spec.tree(shop);
			const record = tree.records.get(id);
			if (!record) throw notFound(`${spec.value} with the ID`, id);
			return view(record, tree, values.simplify === true);
		},
	};
}

function getMany(spec: TreeReads): Operation<InSalesRecord> {
	return {
		value: 'getAll',
		name: 'Get Many',
		action: `Get many ${spec.many}`,
		description: `Retrieve many ${spec.many}, each ${spec.holds}; in the order of the tree`,
		needs: [`${spec.path} GET`],
		items: 'together',
		fields: [
			returnAll,
			limit,
			filtersField([
				{
					displayName: 'Parent ID',
					name: 'parentId',
					type: 'string',
					default: '',
					description: 'Only those below this one, at any depth',
				},
			]),
			simplify,
			readOptions,
		],
		run: async (shop, values) => {
			const { parentId } = values.filters as { parentId?: string };
			const above = parentId === undefined ? undefined : recordId(parentId, 'Parent ID');
			const tree = await spec.tree(shop);
			return [...tree.records.entries()]
				.filter(([id]) => above === undefined || tree.lineOf(id).slice(0, -1).includes(above))
				.slice(0, wanted(values as { returnAll: boolean; limit: number }))
				.map(([, record]) => view(record, tree, values.simplify === true));
		},
	};
}

function view(record: InSalesRecord, tree: Tree, simple: boolean): IDataObject {
	if (simple) return toJson(simplifyBranch(record, tree));
	return { ...record, path: tree.pathOf(String(record.id)) } as IDataObject;
}

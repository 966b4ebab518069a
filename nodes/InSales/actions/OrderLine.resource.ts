import type { Resource } from '../../shared/actions/operation';
import type { InSalesRecord } from '../api/codec';
import { addLine } from './orderLine/add.operation';
import { removeLine } from './orderLine/remove.operation';
import { updateLine } from './orderLine/update.operation';

export const orderLine: Resource<InSalesRecord> = {
	value: 'orderLine',
	name: 'Order Line',
	operations: [addLine, updateLine, removeLine],
};

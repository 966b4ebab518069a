import { operationsOf } from '../../shared/actions/operation';
import type { InSalesRecord } from '../api/codec';

/** Declares an operation of the InSales node. */
export const operation = operationsOf<InSalesRecord>();

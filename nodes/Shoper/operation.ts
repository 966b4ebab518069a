import { operationsOf } from '../shared/actions/operation';
import type { ShoperRecord } from './codec';

/** Declares an operation of the Shoper node. */
export const operation = operationsOf<ShoperRecord>();

import { operationsOf } from '../shared/operation';
import type { ShoperRecord } from './codec';

/** Declares an operation of the Shoper node. */
export const operation = operationsOf<ShoperRecord>();

import { operationsOf } from '../../shared/actions/operation';
import type { ShoperRecord } from '../api/codec';

/** Declares an operation of the Shoper node. */
export const operation = operationsOf<ShoperRecord>();

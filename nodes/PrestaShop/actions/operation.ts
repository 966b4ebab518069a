import { operationsOf } from '../../shared/actions/operation';
import type { PrestaShopRecord } from '../api/records';

/** Declares an operation of the PrestaShop node. */
export const operation = operationsOf<PrestaShopRecord>();

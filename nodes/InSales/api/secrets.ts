import { MASK } from '../../shared/writing/namedValues';
import type { InSalesRecord } from './codec';

/**
 * What records hold that no workflow needs: the access of payment gateways to their providers, passwords
 * (InSales API reference, 5.8 and pitfall 26).
 */
const SECRET = /password|secret|^shop_id$|token|api_key|private_key/i;

/** A copy whose secret fields are masked where they hold something, rows inside included. */
export function withoutSecrets(record: InSalesRecord): InSalesRecord {
	return masked(record) as InSalesRecord;
}

function masked(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(masked);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([field, inner]) => {
			const isValue = typeof inner === 'string' || typeof inner === 'number';
			return [field, SECRET.test(field) && isValue && inner !== '' ? MASK : masked(inner)];
		}),
	);
}

import type { IDataObject } from 'n8n-workflow';

import type { Updated } from './update';

/** What an update adds to the record it returns. */
export function updateReport({ changed, written, reason, warnings }: Updated): IDataObject {
	return {
		changed,
		written,
		...(reason !== undefined && { reason }),
		...(warnings.length > 0 && { warning: warnings.join(' ') }),
	};
}

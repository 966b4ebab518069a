import type { IDataObject } from 'n8n-workflow';

import type { Updated } from './update';

/** What an update adds to the record it returns. */
export function updateReport({
	changed,
	alsoChanged,
	written,
	reason,
	method,
	warnings,
}: Updated): IDataObject {
	return {
		changed,
		written,
		...(reason !== undefined && { reason }),
		...(written && { method }),
		...(Object.keys(alsoChanged).length > 0 && { alsoChanged }),
		...(warnings.length > 0 && { warning: warnings.join(' ') }),
	};
}

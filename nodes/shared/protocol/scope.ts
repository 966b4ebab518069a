import type { INodeProperties } from 'n8n-workflow';

import type { Locator } from './locator';

/**
 * How operations and triggers can be confined to a part of a shop, such as one of the shops that
 * share an installation. The core adds the field to every Options collection and the parameters to
 * every call, so that no operation has to think of it.
 */
export interface Scope {
	/** The field, a resource locator. */
	field: INodeProperties;
	/** Query parameters that confine a call. Throws `InputError`. */
	query(chosen: Locator): Record<string, string>;
}

import type { Fields, Row } from './definitions.mts';
import type { Complaints } from './errors.mts';
import type { ShopState } from './shopState.mts';

/** What a resource does beyond storing what was sent. */
export interface SavingRules {
	/** Complains about a body, besides what the definition demands. */
	check?: (shop: ShopState, given: Fields, complaints: Complaints, before?: Row) => void;
	/** Turns the merged values into those to be stored; may throw. */
	prepare?: (shop: ShopState, change: Change) => Fields;
	/** What else happens in the shop. */
	after?: (shop: ShopState, change: Change, row: Row) => void;
}

/** One POST or PUT: `given` as sent, `values` merged, `before` the stored row of a PUT. */
export interface Change {
	id: number;
	given: Fields;
	values: Fields;
	before?: Row;
}

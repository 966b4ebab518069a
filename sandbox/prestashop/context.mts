import type { Database } from './database.mts';
import type { ResourceDefinition } from './definitions.mts';
import type { ErrorList } from './errors.mts';
import type { WebserviceKey } from './keys.mts';
import type { PhpArray } from './query.mts';
import type { ShopState } from './shopState.mts';
import type { VersionTraits } from './versions.mts';

/** Everything one webservice request works with. */
export interface WsContext {
	shop: ShopState;
	traits: VersionTraits;
	database: Database;
	/** `http://host` of links in the answer. */
	base: string;
	/** Verb after `ps_method`. */
	method: string;
	/** Path behind `/api/`, split at slashes. */
	segments: string[];
	params: PhpArray;
	json: boolean;
	/** Ids of the languages to print, ascending. */
	languages: string[];
	errors: ErrorList;
	key: WebserviceKey;
	resource: ResourceDefinition;
	/** Request body, for POST, PUT and PATCH. */
	body: Buffer;
	headers: Record<string, string>;
}

import type { Fields, Json } from './definitions.mts';
import type { ShopToken } from './keys.mts';
import type { ShopState } from './shopState.mts';

/** One call of the REST API, alone or inside a bulk call. */
export interface Call {
	shop: ShopState;
	method: string;
	/** Path behind `/webapi/rest/`, in pieces. */
	path: string[];
	query: Fields;
	body: Json | undefined;
	token: ShopToken;
}

export interface Answer {
	status: number;
	body: Json;
	headers?: Record<string, string>;
}

export const ok = (body: Json, headers?: Record<string, string>): Answer => ({
	status: 200,
	body,
	headers,
});

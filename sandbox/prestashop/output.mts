import type { Json } from './jsonDocument.mts';

/** What a webservice request came to, before it is written as XML or JSON. */
export interface WsOutput {
	status?: number;
	/** Children of `<prestashop>`. */
	xml?: string;
	json?: Json;
	binary?: Buffer;
	contentType?: string;
	/** No body, no Content-Type, no Content-Sha1: a missing record, a deletion. */
	bodyless?: boolean;
	/** Errors replace the body unless this is false. */
	errorsReplaceBody?: boolean;
	/** Content-Sha1 is sent although there are errors. */
	keepsSha1?: boolean;
	/** No Content-Sha1 although nothing failed. */
	noSha1?: boolean;
	/** Members that JSON prints before `errors`. */
	jsonBesideErrors?: { [name: string]: Json };
}

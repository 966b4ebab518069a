/** HTTP verbs the shops' APIs use. */
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** One request, described in the shop's own terms; the transport turns it into HTTP. */
export interface Call {
	method: Method;
	/** Segments below the API's root. The transport encodes each of them. */
	path: readonly string[];
	/** Query parameters, not yet encoded. */
	query?: Readonly<Record<string, string>>;
	/** Body in the shop's format, with its content type: a text, or bytes for files. */
	body?: { contentType: string; text: string } | { contentType: string; bytes: Uint8Array };
	/** `file`: the answer is a file, so it is received as bytes. */
	answer?: 'text' | 'file';
	/** How many requests the shop may count it as; 1 when absent. */
	cost?: number;
	/** Changes nothing, whatever its verb. */
	isRead?: true;
	/** Not repeated when the shop fails at it: whoever asks has another way to go on. */
	once?: boolean;
	/** Not repeated when no answer comes in time: whoever asks goes on with less. */
	onceIfSlow?: boolean;
}

/** An HTTP answer as received: `text` is the decoded body, header names are lower case. */
export interface Reply {
	status: number;
	headers: Readonly<Record<string, string>>;
	/** Empty when the body is a file. */
	text: string;
	/** The body of an answer that was asked for as a file and is one. */
	bytes?: Uint8Array;
}

/**
 * Records of an answer. `isLast`: the answer says whether a page follows. `size`: characters of the
 * answer they came in. `date`: when it was sent, by the server's clock, as in the header.
 */
export type Page<R> = R[] & { isLast?: boolean; size?: number; date?: string };

/** Whether a call may change something. */
export function isWrite({ method, isRead }: Call): boolean {
	return method !== 'GET' && isRead !== true;
}

/** Parts of a request as n8n's helpers take it. */
import type { IHttpRequestOptions } from 'n8n-workflow';

import type { Call } from '../protocol/call';

/**
 * Lets `signal` end a request. In executions n8n puts the signal of the execution in the place of
 * any other, so the two are joined there.
 */
export function endWith(options: IHttpRequestOptions, signal: AbortSignal): void {
	let joined = signal;
	Object.defineProperty(options, 'abortSignal', {
		enumerable: true,
		get: () => joined,
		set: (other: AbortSignal | undefined) => {
			joined = other ? AbortSignal.any([signal, other]) : signal;
		},
	});
}

export function carriesFile({ answer, body }: Call): boolean {
	return answer === 'file' || (body !== undefined && 'bytes' in body);
}

export function bodyOf({ body }: Call): IHttpRequestOptions['body'] {
	if (body === undefined) return undefined;
	return 'bytes' in body ? Buffer.from(body.bytes) : body.text;
}

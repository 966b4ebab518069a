import { after } from './patience';

/** A body as n8n's request helpers hand it over when they are asked for a stream. */
interface BodyStream extends AsyncIterable<Uint8Array> {
	destroy(error?: Error): void;
}

/** How much of an answer is read, and how long is waited for it. */
export interface BodyLimits {
	/** Most bytes, unpacked. */
	maxBytes: number;
	/** Longest silence, in milliseconds. */
	idleMs: number;
	/** Ends the reading, whatever comes. */
	signal: AbortSignal;
}

/** Stands for a body that is larger than allowed; the rest of it was not read. */
export const TOO_LARGE = Symbol('too large');

/**
 * Reads a body to its end, or to a limit: a packed answer may unpack to a thousand times its size, and
 * one that sends a byte a second never ends by itself. Whatever ends the reading closes the connection.
 *
 * @param announced the size the answer's head tells, in bytes
 * @returns the bytes, or `TOO_LARGE`; a body that was not handed over as a stream is returned as it is
 */
export async function readBody(
	body: unknown,
	announced: number,
	{ maxBytes, idleMs, signal }: BodyLimits,
): Promise<unknown> {
	if (!isStream(body)) return body;
	let heardAt = Date.now();
	let callOff = () => {};
	const giveUp = () => body.destroy(timeout());
	const watch = () => {
		const left = heardAt + idleMs - Date.now();
		if (left <= 0) giveUp();
		else callOff = after(left, watch);
	};
	signal.addEventListener('abort', giveUp, { once: true });
	watch();
	try {
		if (signal.aborted) throw timeout();
		if (announced > maxBytes) return TOO_LARGE;
		const chunks: Uint8Array[] = [];
		let size = 0;
		for await (const chunk of body) {
			heardAt = Date.now();
			size += chunk.length;
			if (size > maxBytes) return TOO_LARGE;
			chunks.push(chunk);
		}
		return Buffer.concat(chunks);
	} finally {
		callOff();
		signal.removeEventListener('abort', giveUp);
		body.destroy();
	}
}

/** What `request` gives, or a timeout when `signal` ends the wait first, even if n8n does not notice. */
export async function untilAborted<T>(request: Promise<T>, signal: AbortSignal): Promise<T> {
	let giveUp = () => {};
	const ended = new Promise<never>((_, reject) => {
		giveUp = () => reject(timeout());
	});
	signal.addEventListener('abort', giveUp, { once: true });
	try {
		return await Promise.race([request, ended]);
	} finally {
		signal.removeEventListener('abort', giveUp);
		// An answer that comes after all is closed unread.
		if (signal.aborted) request.then(discard, () => {});
	}
}

function discard(response: unknown): void {
	const { body } = (response ?? {}) as { body?: unknown };
	if (isStream(body)) body.destroy();
}

/** As the network layer tells the end of its patience. */
function timeout(): Error {
	return Object.assign(new Error('No answer in time'), { code: 'ETIMEDOUT' });
}

function isStream(body: unknown): body is BodyStream {
	return typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
}

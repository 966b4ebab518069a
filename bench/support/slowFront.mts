import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds that a real shop works on an order of a list (measured: 0.9 to 1.3). */
const MS_PER_RECORD = 1;

/** A front of a shop that answers as slowly as a real one, and counts. */
export interface SlowFront {
	url: string;
	requests: number;
	bytes: number;
	close(): Promise<void>;
}

/**
 * Hands requests on to a sandbox shop and keeps each answer back for as long as a real shop would have
 * worked on it.
 *
 * @param recordsIn how many records an answer holds
 */
export async function slowFront(
	shopUrl: string,
	recordsIn: (text: string) => number,
): Promise<SlowFront> {
	const server = createServer(({ method, url, headers }, response) => {
		void (async () => {
			const startedAt = performance.now();
			const { authorization = '' } = headers;
			const reply = await fetch(`${shopUrl}${url}`, { method, headers: { authorization } });
			const text = await reply.text();
			const work = recordsIn(text) * MS_PER_RECORD;
			await sleep(Math.max(0, work - (performance.now() - startedAt)));
			front.requests++;
			front.bytes += Buffer.byteLength(text);
			response.writeHead(reply.status, {
				'content-type': reply.headers.get('content-type') ?? 'text/xml',
			});
			response.end(text);
		})();
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	const front: SlowFront = {
		url: `http://127.0.0.1:${port}`,
		requests: 0,
		bytes: 0,
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
	return front;
}

import { createServer, STATUS_CODES } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/** One request as a sandbox shop sees it. */
export interface ShopRequest {
	method: string;
	/** Path and query exactly as sent. */
	target: string;
	/** Header names in lower case. */
	headers: Record<string, string>;
	body: Buffer;
}

/** How an answer is to be mistreated on the wire, for rehearsing bad networks. */
export type WireFault = 'reset' | 'truncate' | 'silence';

/** One answer of a sandbox shop. */
export interface ShopResponse {
	status: number;
	headers: Record<string, string>;
	body: Buffer | string;
	wireFault?: WireFault;
}

export interface LoopbackServer {
	port: number;
	/** Stops listening and cuts every open connection. */
	close(): Promise<void>;
}

type Handler = (request: ShopRequest) => ShopResponse | Promise<ShopResponse>;

function readBody(message: IncomingMessage): Promise<Buffer> {
	return new Promise((resolve, reject) => {
		const chunks: Buffer[] = [];
		message.on('data', (chunk: Buffer) => chunks.push(chunk));
		message.on('end', () => resolve(Buffer.concat(chunks)));
		message.on('error', reject);
	});
}

function headersOf(message: IncomingMessage): Record<string, string> {
	const headers: Record<string, string> = {};
	for (const [name, value] of Object.entries(message.headers)) {
		if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
	}
	return headers;
}

function bytesOf(answer: ShopResponse): Buffer {
	return typeof answer.body === 'string' ? Buffer.from(answer.body, 'utf8') : answer.body;
}

function send(response: ServerResponse, answer: ShopResponse, head: boolean): void {
	if (answer.wireFault === 'reset') {
		response.socket?.resetAndDestroy();
		return;
	}
	if (answer.wireFault === 'silence') return;
	const bytes = bytesOf(answer);
	response.sendDate = false;
	const bodyless = head || answer.status === 304 || answer.status === 204;
	response.writeHead(answer.status, {
		...answer.headers,
		...(bodyless ? {} : { 'Content-Length': String(bytes.length) }),
	});
	if (answer.wireFault === 'truncate') {
		response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.destroy());
		return;
	}
	response.end(bodyless ? undefined : bytes);
}

/** Node refuses verbs it does not know before any handler runs; Apache and PHP pass them on, so they are read by hand. */
function parseRawRequest(packet: Buffer): ShopRequest | undefined {
	const text = packet.toString('latin1');
	const end = text.indexOf('\r\n\r\n');
	const [requestLine, ...headerLines] = text.slice(0, end < 0 ? undefined : end).split('\r\n');
	const match = /^([A-Z]+) (\S+) HTTP\/1\.[01]$/.exec(requestLine ?? '');
	if (!match?.[1] || !match[2]) return undefined;
	const headers: Record<string, string> = {};
	for (const line of headerLines) {
		const colon = line.indexOf(':');
		if (colon > 0) headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
	}
	const body = end < 0 ? Buffer.alloc(0) : packet.subarray(end + 4);
	return { method: match[1], target: match[2], headers, body };
}

async function answerUnknownVerb(
	error: Error & { rawPacket?: Buffer },
	socket: Duplex,
	handler: Handler,
): Promise<void> {
	const request = error.rawPacket && parseRawRequest(error.rawPacket);
	if (!request || !socket.writable) {
		socket.destroy();
		return;
	}
	const answer = await handler(request);
	const bytes = bytesOf(answer);
	const lines = Object.entries(answer.headers).map(([name, value]) => `${name}: ${value}\r\n`);
	socket.write(
		`HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status] ?? ''}\r\n${lines.join('')}` +
			`Content-Length: ${bytes.length}\r\nConnection: close\r\n\r\n`,
	);
	socket.end(bytes);
}

/** Serves `handler` on 127.0.0.1 only. */
export async function startLoopbackServer(port: number, handler: Handler): Promise<LoopbackServer> {
	const sockets = new Set<Socket>();
	// PrestaShop clients send URLs of several thousand characters; the shop itself answers 414, not Node 431.
	const server = createServer({ maxHeaderSize: 131_072 }, (message, response) => {
		void (async () => {
			try {
				const body = await readBody(message);
				const answer = await handler({
					method: message.method ?? 'GET',
					target: message.url ?? '/',
					headers: headersOf(message),
					body,
				});
				send(response, answer, message.method === 'HEAD');
			} catch (error) {
				const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
				if (!response.headersSent) response.writeHead(599, { 'Content-Type': 'text/plain' });
				response.end(`The sandbox itself failed:\n${text}\n`);
			}
		})();
	});
	server.keepAliveTimeout = 5_000;
	server.on('connection', (socket) => {
		sockets.add(socket);
		socket.on('close', () => sockets.delete(socket));
	});
	server.on('clientError', (error: Error & { code?: string; rawPacket?: Buffer }, socket) => {
		if (error.code === 'HPE_INVALID_METHOD') void answerUnknownVerb(error, socket, handler);
		else socket.destroy();
	});
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, '127.0.0.1', () => resolve());
	});
	return {
		port: (server.address() as AddressInfo).port,
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				for (const socket of sockets) socket.destroy();
			}),
	};
}

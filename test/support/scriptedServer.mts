/** A shop made of scripted answers: real HTTP on the loopback interface, requests kept for a look. */
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it arrived. */
export interface Received {
	method: string;
	/** Path and query. */
	url: string;
	headers: IncomingHttpHeaders;
	body: string;
}

/** One answer, or what happens in its place. */
export type Answer =
	| { status?: number; headers?: Record<string, string>; body?: string | Buffer }
	/** Keeps the request waiting until the server is closed. */
	| 'hang'
	/** Breaks the connection before an answer. */
	| 'reset'
	/** Announces a body and breaks the connection within it. */
	| 'break'
	/** Sends a letter every few milliseconds and never ends. */
	| 'trickle';

export class ScriptedServer {
	/** All requests so far, in the order of their arrival. */
	received: Received[] = [];

	/** Endless answers whose connection was closed by who asked. */
	closed = 0;

	private readonly server: Server;

	private answers: Answer[] = [];

	private readonly standing: (request: Received) => Answer;

	/** @param standing answers what no script was written for */
	constructor(standing: (request: Received) => Answer = () => ({ status: 404 })) {
		this.standing = standing;
		this.server = createServer((request, response) => {
			const chunks: Buffer[] = [];
			request.on('data', (chunk: Buffer) => chunks.push(chunk));
			request.on('end', () => {
				const { method = '', url = '', headers } = request;
				const received = { method, url, headers, body: Buffer.concat(chunks).toString('utf8') };
				this.received.push(received);
				const answer = this.answers.shift() ?? this.standing(received);
				if (answer === 'hang') return;
				if (answer === 'reset') {
					request.socket.destroy();
				} else if (answer === 'break') {
					response.writeHead(200, { 'content-length': '1000' });
					response.write('half', () => request.socket.destroy());
				} else if (answer === 'trickle') {
					response.writeHead(200, { 'content-type': 'text/xml' });
					const timer = setInterval(() => response.write('x'), 20);
					response.on('close', () => {
						clearInterval(timer);
						this.closed++;
					});
				} else {
					response.writeHead(answer.status ?? 200, answer.headers ?? {});
					response.end(answer.body ?? '');
				}
			});
		});
	}

	async start(): Promise<this> {
		await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
		return this;
	}

	async stop(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}

	/** Address without a trailing slash. */
	get url(): string {
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
	}

	/** The next answers, in order; forgets the requests so far. */
	script(...answers: Answer[]): void {
		this.answers = answers;
		this.received = [];
	}
}

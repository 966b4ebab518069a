/**
 * A server in front of a shop that mistreats requests and answers, as broken hosts, gateways and
 * firewalls do. What it does takes its time on the held clock (`HeldTime`), so that minutes take
 * milliseconds.
 */
import { createServer, request as httpRequest } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FORWARDED } from './heldTime.mts';

/** What happens to one request. */
export type Mood =
	| { kind: 'fine' }
	/** Answered in the shop's place; with `acts`, after the shop did its work. */
	| { kind: 'status'; status: number; acts: boolean; page?: boolean }
	/** Answered with an error at once, while the shop does its work later. */
	| { kind: 'later'; status: number; afterMs: number }
	/** No answer but a broken connection; with `acts`, after the shop did its work. */
	| { kind: 'reset'; acts: boolean }
	/** No answer at all. */
	| { kind: 'silent'; acts: boolean }
	/** Half of the shop's answer, and the connection broken, or ended as if it were whole. */
	| { kind: 'cut'; clean: boolean }
	/** The shop's answer with output of something else around it. */
	| { kind: 'noise'; text: string }
	/** The shop's answer, an error of it with a page of the host's own. */
	| { kind: 'ownPage' }
	/** The shop's answer after a while. */
	| { kind: 'slow'; ms: number }
	/** The shop's answer, a byte every ten seconds. */
	| { kind: 'trickle' }
	/** Refused for now. */
	| { kind: 'busy'; seconds: number };

export const PAGE =
	'<!doctype html><html><head><title>Sorry</title></head><body>Something is wrong.</body></html>';

interface Answer {
	status: number;
	headers: IncomingHttpHeaders;
	body: Buffer;
}

export class HostileFront {
	/** What to do with the request of a number, from 0 on. */
	moodOf: (index: number, method: string) => Mood = () => ({ kind: 'fine' });

	/** Most records a list gives, whatever is asked for. */
	gives = Number.POSITIVE_INFINITY;

	/** Answers of the shop that never come through: the host gives this error instead. */
	refuses: (answer: string) => number | undefined = () => undefined;

	/** Answers it refused so far. */
	refused = 0;

	/** Requests so far. */
	count = 0;

	/** Requests that wait here for the clock, or for ever. */
	holding = 0;

	/** Work of the shop that comes after its answer. */
	private readonly later = new Set<Promise<unknown>>();

	private readonly server: Server;

	private readonly upstream: URL;

	constructor(upstream: string) {
		this.upstream = new URL(upstream);
		this.server = createServer((request, response) => void this.serve(request, response));
	}

	async start(): Promise<this> {
		await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
		return this;
	}

	get url(): string {
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
	}

	async stop(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}

	/** Ends what hangs, and lets the shop end its work. */
	async settle(): Promise<void> {
		this.server.closeAllConnections();
		await Promise.all(this.later);
		this.count = 0;
	}

	private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const mood = this.moodOf(this.count++, request.method ?? '');
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		const forward = async () => await this.forward(request, Buffer.concat(chunks));
		await this.mistreat(mood, forward, response);
	}

	private async mistreat(
		mood: Mood,
		forward: () => Promise<Answer>,
		response: ServerResponse,
	): Promise<void> {
		switch (mood.kind) {
			case 'status': {
				if (mood.acts) await forward();
				response.writeHead(mood.status, { 'content-type': 'text/html' });
				response.end(mood.page ? PAGE : '');
				return;
			}
			case 'later': {
				const work = (async () => {
					await pause(mood.afterMs);
					await forward();
				})();
				this.later.add(work);
				void work.finally(() => this.later.delete(work));
				response.writeHead(mood.status, { 'content-type': 'text/html' });
				response.end();
				return;
			}
			case 'reset':
				if (mood.acts) await forward();
				response.socket?.resetAndDestroy();
				return;
			case 'silent':
				if (mood.acts) await forward();
				this.hold(response);
				return;
			case 'busy':
				response.writeHead(429, { 'retry-after': `${mood.seconds}` });
				response.end();
				return;
			case 'slow':
				await this.holdFor(mood.ms, response);
				break;
			case 'fine':
			case 'ownPage':
			case 'cut':
			case 'noise':
			case 'trickle':
		}
		const { status, headers, body } = await forward();
		const refusal = this.refuses(body.toString('utf8'));
		if (refusal !== undefined) {
			this.refused++;
			response.writeHead(refusal, { 'content-type': 'text/html' });
			response.end(PAGE);
			return;
		}
		const told = { ...headers };
		delete told['content-length'];
		delete told['transfer-encoding'];
		delete told.connection;
		if (mood.kind === 'cut') {
			const half = body.subarray(0, Math.floor(body.length / 2));
			response.writeHead(status, mood.clean ? told : { ...told, 'content-length': body.length });
			if (mood.clean) response.end(half);
			else response.write(half, () => response.destroy());
		} else if (mood.kind === 'noise') {
			response.writeHead(status, told);
			response.end(Buffer.concat([Buffer.from(mood.text), body, Buffer.from(mood.text)]));
		} else if (mood.kind === 'trickle') {
			response.writeHead(status, told);
			const timer = setInterval(() => response.write('x'), 10_000);
			response.on('close', () => clearInterval(timer));
			response.write(body.subarray(0, 1));
			this.hold(response);
		} else if (mood.kind === 'ownPage' && status >= 400) {
			response.writeHead(status, { 'content-type': 'text/html' });
			response.end(PAGE);
		} else {
			response.writeHead(status, told);
			response.end(body);
		}
	}

	/** Counts a request as waiting until whoever sent it gives up. */
	private hold(response: ServerResponse): void {
		if (response.destroyed) return;
		this.holding++;
		response.once('close', () => this.holding--);
	}

	private async holdFor(ms: number, response: ServerResponse): Promise<void> {
		let isHeld = true;
		const release = () => {
			if (isHeld) this.holding--;
			isHeld = false;
		};
		this.holding++;
		response.once('close', release);
		await pause(ms);
		release();
	}

	private async forward(
		{ method, url = '', headers }: IncomingMessage,
		body: Buffer,
	): Promise<Answer> {
		const path = url.replace(
			/([?&](?:limit|per_page)=)((?:\d+(?:,|%2C))?)(\d+)/,
			(_, name: string, from: string, size: string) =>
				`${name}${from}${Math.min(Number(size), this.gives)}`,
		);
		const { hostname, port, host } = this.upstream;
		return await new Promise((resolve, reject) => {
			const sent = httpRequest(
				{
					hostname,
					port,
					method,
					path,
					headers: { ...headers, host, 'accept-encoding': 'identity', [FORWARDED]: 'front' },
					agent: false,
				},
				(answer) => {
					const chunks: Buffer[] = [];
					answer.on('data', (chunk: Buffer) => chunks.push(chunk));
					answer.on('end', () => {
						const { statusCode: status = 0, headers: told } = answer;
						resolve({ status, headers: told, body: Buffer.concat(chunks) });
					});
				},
			);
			sent.on('error', reject);
			sent.end(body);
		});
	}
}

async function pause(ms: number): Promise<void> {
	await new Promise((resolve) => {
		setTimeout(resolve, ms);
	});
}

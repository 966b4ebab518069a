import type { ShopRequest, ShopResponse } from './http.mts';

export type FaultKind =
	| 'status'
	| 'delay'
	| 'reset'
	| 'truncate'
	| 'afterCommit500'
	| 'strayOutput'
	| 'html'
	| 'timeout'
	| 'redirect';

/** A fault to be injected. `times` is how many matching requests it hits: 1 unless told, 0 = until cleared. */
export interface Fault {
	match?: { method?: string; pathIncludes?: string };
	times?: number;
	kind: FaultKind;
	status?: number;
	headers?: Record<string, string>;
	body?: string;
	delayMs?: number;
	location?: string;
}

const HTML_PAGE =
	'<!doctype html>\n<html lang="en"><head><title>Just a moment</title></head><body><h1>Checking your browser</h1></body></html>\n';

function pause(ms: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Holds the faults that wait for a request and applies them. */
export class FaultInjector {
	#waiting: Array<{ fault: Fault; left: number }> = [];

	add(fault: Fault): void {
		this.#waiting.push({ fault, left: fault.times ?? 1 });
	}

	clear(): void {
		this.#waiting = [];
	}

	#take(request: ShopRequest): Fault | undefined {
		const path = decodeURIComponentSafe(request.target);
		const index = this.#waiting.findIndex(
			({ fault: { match } }) =>
				(match?.method === undefined || match.method === request.method) &&
				(match?.pathIncludes === undefined ||
					path.includes(match.pathIncludes) ||
					request.target.includes(match.pathIncludes)),
		);
		const entry = this.#waiting[index];
		if (!entry) return undefined;
		if (entry.left > 0 && --entry.left === 0) this.#waiting.splice(index, 1);
		return entry.fault;
	}

	/** Answers `request` through `next`, with the first fault that matches it. */
	async apply(
		request: ShopRequest,
		next: () => ShopResponse | Promise<ShopResponse>,
	): Promise<ShopResponse> {
		const fault = this.#take(request);
		if (!fault) return await next();
		const headers = fault.headers ?? {};
		if (fault.delayMs && fault.kind !== 'timeout') await pause(fault.delayMs);
		switch (fault.kind) {
			case 'delay':
				return await next();
			case 'status':
				return {
					status: fault.status ?? 503,
					headers: { 'Content-Type': 'text/html; charset=iso-8859-1', ...headers },
					body: fault.body ?? '',
				};
			case 'reset':
				return { status: 0, headers: {}, body: '', wireFault: 'reset' };
			case 'timeout':
				// The request never gets an answer; a delay lets the server give up in the end, as a gateway would.
				if (fault.delayMs === undefined)
					return { status: 0, headers: {}, body: '', wireFault: 'silence' };
				await pause(fault.delayMs);
				return { status: fault.status ?? 504, headers, body: fault.body ?? '' };
			case 'truncate':
				return { ...(await next()), wireFault: 'truncate' };
			case 'afterCommit500':
				await next();
				return {
					status: fault.status ?? 500,
					headers: { 'Content-Type': 'text/html; charset=utf-8', ...headers },
					body: fault.body ?? '',
				};
			case 'strayOutput': {
				const answer = await next();
				const bytes = typeof answer.body === 'string' ? Buffer.from(answer.body) : answer.body;
				return { ...answer, body: Buffer.concat([Buffer.from(fault.body ?? '\n'), bytes]) };
			}
			case 'html':
				return {
					status: fault.status ?? 200,
					headers: { 'Content-Type': 'text/html; charset=utf-8', ...headers },
					body: fault.body ?? HTML_PAGE,
				};
			case 'redirect':
				return {
					status: fault.status ?? 302,
					headers: { Location: fault.location ?? 'https://www.example.com/', ...headers },
					body: fault.body ?? '',
				};
		}
	}
}

function decodeURIComponentSafe(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

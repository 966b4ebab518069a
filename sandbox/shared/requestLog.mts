/** One line of the request log. */
export interface LoggedRequest {
	method: string;
	/** Path with its query decoded for reading; secrets are masked. */
	path: string;
	status: number;
	bytes: number;
	ms: number;
	keyName: string;
	at: string;
}

/** Keeps the newest requests. */
export class RequestLog {
	readonly #limit: number;
	#entries: LoggedRequest[] = [];

	constructor(limit = 5_000) {
		this.#limit = limit;
	}

	add(entry: LoggedRequest): void {
		this.#entries.push(entry);
		if (this.#entries.length > this.#limit)
			this.#entries.splice(0, this.#entries.length - this.#limit);
	}

	/** Oldest first. */
	all(): LoggedRequest[] {
		return [...this.#entries];
	}

	/** The newest `count`, newest first. */
	newest(count: number): LoggedRequest[] {
		return this.#entries.slice(-count).reverse();
	}

	clear(): void {
		this.#entries = [];
	}
}

/** Decodes a request target for the log and masks the values of the query parameters in `secrets`. */
export function readableTarget(target: string, secrets: string[]): string {
	let text = target;
	try {
		text = decodeURIComponent(target.replaceAll('+', ' '));
	} catch {
		// An ill-formed escape is logged as it came.
	}
	for (const name of secrets) {
		text = text.replace(new RegExp(`([?&]${name}=)[^&]*`, 'g'), '$1***');
	}
	return text;
}

/** One entry of the error document, with the HTTP status it asks for. */
export interface WsError {
	status: number;
	code: number;
	message: string;
}

/** Collects the errors of one request; the last one decides the HTTP status (reference, section 7.1). */
export class ErrorList {
	readonly entries: WsError[] = [];

	add(status: number, code: number, message: string): void {
		this.entries.push({ status, code, message });
	}

	/** A PHP diagnostic that the webservice turned into an error entry. */
	php(code: number, message: string): void {
		this.add(500, code, message);
	}

	get any(): boolean {
		return this.entries.length > 0;
	}

	get status(): number {
		return this.entries[this.entries.length - 1]?.status ?? 200;
	}
}

/** Thrown where PHP dies: the answer is whatever Apache sends then, not a webservice document. */
export class PhpFatal extends Error {
	readonly status: number;
	readonly body: string;

	constructor(status: number, body: string, message: string) {
		super(message);
		this.status = status;
		this.body = body;
	}
}

/** Thrown when a condition is invalid SQL. */
export class SqlError extends Error {}

function levenshtein(a: string, b: string): number {
	let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
	for (let i = 1; i <= a.length; i++) {
		const current = [i];
		for (let j = 1; j <= b.length; j++) {
			current.push(
				Math.min(
					(previous[j] ?? 0) + 1,
					(current[j - 1] ?? 0) + 1,
					(previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1),
				),
			);
		}
		previous = current;
	}
	return previous[b.length] ?? 0;
}

/** The “Did you mean” part of errors 27 and 32: the closest word, the last one among equals. */
export function didYouMean(input: string, words: string[]): string {
	let closest = '';
	let shortest = -1;
	for (const word of words) {
		const distance = levenshtein(input, word);
		if (distance <= shortest || shortest < 0) {
			closest = word;
			shortest = distance;
		}
	}
	const list = words.map((word) => `"${word}"`).join(', ');
	return `Did you mean: "${closest}"? The full list is: ${list}`;
}

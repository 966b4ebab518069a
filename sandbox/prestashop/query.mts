/** A query parameter as PHP sees it: text, or an array when the name carried brackets. */
export type PhpValue = string | PhpArray;
export type PhpArray = Map<string, PhpValue>;

function decode(text: string): string {
	const spaced = text.replaceAll('+', ' ');
	try {
		return decodeURIComponent(spaced);
	} catch {
		return spaced;
	}
}

function assign(target: PhpArray, name: string, value: string): void {
	const bracket = name.indexOf('[');
	if (bracket <= 0 || !name.includes(']', bracket)) {
		target.set(name, value);
		return;
	}
	let current = target;
	let key = name.slice(0, bracket);
	for (const [, inner = ''] of name.slice(bracket).matchAll(/\[([^\]]*)\]/g)) {
		const held = current.get(key);
		const next: PhpArray = held instanceof Map ? held : new Map();
		current.set(key, next);
		current = next;
		key = inner === '' ? String(next.size) : inner;
	}
	current.set(key, value);
}

/** Parses a query string as PHP does: `filter[id]=1` becomes an array, later values win, `+` is a blank. */
export function parsePhpQuery(query: string): PhpArray {
	const result: PhpArray = new Map();
	for (const part of query.split('&')) {
		if (part === '') continue;
		const equals = part.indexOf('=');
		const name = decode(equals < 0 ? part : part.slice(0, equals));
		const value = equals < 0 ? '' : decode(part.slice(equals + 1));
		assign(result, name, value);
	}
	return result;
}

/** The text of a parameter; undefined when it is missing or an array. */
export function textOf(params: PhpArray, name: string): string | undefined {
	const value = params.get(name);
	return typeof value === 'string' ? value : undefined;
}

/** PHP's `(int)` of a text: leading digits, else 0. */
export function phpInt(text: string): number {
	const match = /^\s*[+-]?\d+/.exec(text);
	return match ? Number(match[0]) : 0;
}

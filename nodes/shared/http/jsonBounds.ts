/** JSON that nobody can read without harm: refused by a look at its signs, before it is parsed. */
import type { Reply } from '../protocol/call';
import type { Failure } from '../protocol/failure';

/** Objects and lists inside one another that are still read; shops nest a few, and each takes some stack. */
const MAX_NESTING = 500;

/**
 * Values in one answer. A whole page of orders holds some 100,000; empty ones take three characters on
 * the wire and fifty bytes of memory.
 */
const MAX_VALUES = 1_000_000;

/** What is wrong with JSON that would use up the stack or the memory of whoever reads it. */
export function unreadableJson({ text, status }: Reply): Failure | undefined {
	if (!/^\s*[[{]/.test(text.slice(0, 100))) return undefined;
	const { depth, values } = extentOf(text);
	if (depth > MAX_NESTING) {
		const shopMessage = 'its values are nested too deeply';
		return { kind: 'malformed', sent: true, status, shopMessage };
	}
	return values > MAX_VALUES ? { kind: 'tooLarge', sent: true, status } : undefined;
}

const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c];
const [OPEN_LIST, OPEN_OBJECT] = [0x5b, 0x7b];
const [CLOSE_LIST, CLOSE_OBJECT] = [0x5d, 0x7d];

/** How deep JSON is nested, and how many values it holds; a bound ends the count. Every answer passes here. */
function extentOf(json: string): { depth: number; values: number } {
	let depth = 0;
	let values = 0;
	let isText = false;
	for (let at = 0; at < json.length && depth <= MAX_NESTING && values <= MAX_VALUES; at++) {
		const sign = json.charCodeAt(at);
		if (sign === QUOTE) isText = !isText;
		else if (isText) at += sign === BACKSLASH ? 1 : 0;
		else if (sign === COMMA) values++;
		else if (sign === OPEN_LIST || sign === OPEN_OBJECT) [depth, values] = [depth + 1, values + 1];
		else if (sign === CLOSE_LIST || sign === CLOSE_OBJECT) depth--;
	}
	return { depth, values };
}

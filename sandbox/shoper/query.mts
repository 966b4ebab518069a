import { isFields } from './definitions.mts';
import type { Fields, Json } from './definitions.mts';

function decode(text: string): string {
	const spaced = text.replaceAll('+', ' ');
	try {
		return decodeURIComponent(spaced);
	} catch {
		return spaced;
	}
}

/** `a[b][]` → `['a', 'b', '']`. */
function keysOf(name: string): string[] {
	const open = name.indexOf('[');
	if (open <= 0) return [name];
	const inner = [...name.slice(open).matchAll(/\[([^\]]*)\]/g)].map((match) => match[1] ?? '');
	return [name.slice(0, open), ...inner];
}

function assign(target: Fields, keys: string[], value: Json): void {
	const [key = '', ...rest] = keys;
	const name = key === '' ? String(Object.keys(target).length) : key;
	if (name === '__proto__') return;
	if (rest.length === 0) {
		target[name] = value;
		return;
	}
	const held = target[name];
	const next: Fields = isFields(held) ? held : {};
	target[name] = next;
	assign(next, rest, value);
}

/** Reads a query string as PHP does: `filters[order_id][>]=6` becomes a tree; lists become objects with number keys. */
export function parseQuery(query: string): Fields {
	const tree: Fields = {};
	for (const part of query.split('&')) {
		// A condition such as `>=` may stand unescaped between brackets, so the first `=` need not divide.
		const match = /^([^=[]*(?:\[[^\]]*\])*)(?:=(.*))?$/s.exec(part);
		const [name = '', value = ''] = match ? [match[1], match[2]] : part.split(/=(.*)/s);
		if (name !== '') assign(tree, keysOf(decode(name)), decode(value));
	}
	return tree;
}

export const CDATA_START = '<![CDATA[';
export const CDATA_END = ']]>';
/** `]]>` as XML can hold it: two sections, each with a part of it. */
const SPLIT_END = ']]]]><![CDATA[>';

/**
 * Splits `]]>` inside values: some shops wrap a value in CDATA as it is, whatever marks of CDATA it
 * holds. Such a value ends where its element does, at the first `]]></name>`; a value whose marks
 * were split as XML wants it means the same. One that reaches over a further value of its name is
 * left alone: there a neighbour would be swallowed.
 */
export function repairCdata(text: string): string {
	const parts: string[] = [];
	const endOf = endsIn(text);
	let copied = 0;
	for (
		let start = text.indexOf(CDATA_START);
		start >= 0;
		start = text.indexOf(CDATA_START, copied)
	) {
		const first = text.indexOf(CDATA_END, start);
		if (first < 0) break;
		let end = first + CDATA_END.length;
		let section = text.slice(start, end);
		const name = nameOfTagBefore(text, start);
		if (name !== '' && !text.startsWith(`</${name}>`, end)) {
			const real = endOf(name, first);
			const value = text.slice(start + CDATA_START.length, Math.max(real, 0));
			if (real >= 0 && !holdsValueOf(name, value)) {
				end = real + CDATA_END.length;
				const plain = value.replaceAll(SPLIT_END, CDATA_END);
				section = `${CDATA_START}${plain.replaceAll(CDATA_END, SPLIT_END)}${CDATA_END}`;
			}
		}
		parts.push(withoutLayout(text.slice(copied, start)), section);
		copied = end;
	}
	parts.push(withoutLayout(text.slice(copied)));
	return parts.join('');
}

/** Finds `]]></name>` from rising positions; a far or missing end is looked for once only. */
function endsIn(text: string): (name: string, from: number) => number {
	const known = new Map<string, number>();
	return (name, from) => {
		const last = known.get(name);
		if (last !== undefined && (last < 0 || last >= from)) return last;
		const found = text.indexOf(`${CDATA_END}</${name}>`, from);
		known.set(name, found);
		return found;
	};
}

function holdsValueOf(name: string, text: string): boolean {
	const tag = /<([^\s<>/!]+)(?:\s[^<>]*)?><!\[CDATA\[/g;
	for (const [, found] of text.matchAll(tag)) if (found === name) return true;
	return false;
}

/** Blank space before an opening tag is layout; the library would make a node of each. */
function withoutLayout(markup: string): string {
	return markup.replace(/>\s+<(?![/!])/g, '><');
}

/** Name of the opening tag that ends right before `position`; empty when there is none. */
function nameOfTagBefore(text: string, position: number): string {
	if (text.charAt(position - 1) !== '>') return '';
	const tag = text.slice(text.lastIndexOf('<', position - 1) + 1, position - 1);
	const end = tag.search(/[\s/]/);
	return end < 0 ? tag : tag.slice(0, end);
}

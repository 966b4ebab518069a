import type { ErrorList } from './errors.mts';

/** Reads the parameter `language` with all its oddities (reference, section 1.5): ids of known languages. */
export function selectLanguages(value: string, known: string[], errors: ErrorList): string[] {
	let asked: string[] = [];
	if (/^\s*\d+(\.\d+)?$/.test(value)) {
		asked = [String(Math.trunc(Number(value)))];
	} else if (value.startsWith('[') && value.endsWith(']')) {
		const inner = value.replaceAll(/[[\]]/g, '');
		const list = inner.includes('|');
		const range = inner.includes(',');
		if (list && !range) {
			asked = inner.split('|');
		} else if (range && !list) {
			const ends = inner.split(',');
			if (ends.length !== 2) {
				errors.add(400, 78, 'A range value for a language must contains only 2 values');
				return [];
			}
			const [from, to] = ends.map(Number);
			for (let id = from ?? 0; id <= (to ?? 0) && asked.length < 1000; id++) asked.push(String(id));
		} else {
			// Several digits without a separator: the pattern keeps the last one only (recorded exchange 486).
			const digit = /\[(\d)+\]/.exec(value)?.[1];
			if (digit !== undefined) asked = [digit];
		}
	} else {
		errors.add(400, 79, 'language value is wrong');
		return [];
	}
	if (asked.some((id, index) => index > 0 && !/^\d+$/.test(id))) {
		errors.add(400, 80, 'Language ID must be numeric');
		return [];
	}
	return asked.filter((id) => known.includes(id));
}

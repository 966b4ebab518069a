import type { IDataObject } from 'n8n-workflow';

/**
 * An answer of at most `max` characters of JSON: of the longest part, entries of a list or the end of a
 * text go first, and it is said how many are left out.
 */
export function capped(answer: IDataObject, max: number): IDataObject {
	let result = answer;
	// Every round makes the answer shorter; the count is a belt for the braces.
	for (let round = 0; round < 1_000 && lengthOf(result) > max; round++) {
		const shorter = shortenedOnce(result, lengthOf(result) - max);
		if (lengthOf(shorter) >= lengthOf(result)) break;
		result = shorter;
	}
	if (lengthOf(result) <= max) return result;
	return { error: 'The answer is too long to show.', next: 'Ask for less.' };
}

const lengthOf = (value: unknown) => JSON.stringify(value).length;

/** The mark of a list that was cut; it counts on when it is cut again. */
const markOf = (name: string) => `${name}_left_out`;

function shortenedOnce(record: IDataObject, excess: number): IDataObject {
	const [name, value] = Object.entries(record)
		.filter(([key]) => key !== 'confirm')
		.reduce((a, b) => (lengthOf(b[1]) > lengthOf(a[1]) ? b : a), ['', null]);
	if (Array.isArray(value) && value.length > 1) {
		const mark = markOf(name);
		// The mark takes room as well.
		const goal = excess + mark.length + 8;
		let [kept, freed] = [value.length, 0];
		while (kept > 1 && freed < goal) freed += lengthOf(value[--kept]) + 1;
		const before = Number(record[mark] ?? 0);
		return {
			...record,
			...('shown' in record && { shown: kept }),
			[name]: value.slice(0, kept),
			[mark]: before + value.length - kept,
		};
	}
	if (Array.isArray(value) && isRecord(value[0])) {
		return { ...record, [name]: [shortenedOnce(value[0], excess)] };
	}
	if (typeof value === 'string' && value.length > 20) {
		const kept = Math.max(10, value.length - excess - 1);
		return { ...record, [name]: `${value.slice(0, kept).replace(/[\uD800-\uDBFF]$/, '')}…` };
	}
	if (isRecord(value) && Object.keys(value).length > 0) {
		return { ...record, [name]: shortenedOnce(value, excess) };
	}
	return Object.fromEntries(Object.entries(record).filter(([key]) => key !== name));
}

function isRecord(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

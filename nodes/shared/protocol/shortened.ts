/** A text of at most about `length` characters: what is left out of its middle is `…`. */
export function shortened(text: string, length: number): string {
	if (text.length <= length) return text;
	const end = Math.floor(length / 4);
	// Between characters, or half an emoji would be left at the cut.
	const head = text.slice(0, length - end).replace(/\p{Surrogate}$/u, '');
	return `${head}…${text.slice(-end).replace(/^\p{Surrogate}/u, '')}`;
}

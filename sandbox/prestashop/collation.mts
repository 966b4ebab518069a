/**
 * Comparing texts as the shop's database collation does: case and accents do not count, trailing blanks neither
 * (recorded exchange 207 and 8.2.1-volume/013).
 */
export function collate(text: string): string {
	// Plain ASCII is by far the most common and needs no decomposition.
	let ascii = true;
	for (let i = 0; i < text.length; i++) {
		if (text.charCodeAt(i) > 127) {
			ascii = false;
			break;
		}
	}
	const plain = ascii ? text : text.normalize('NFD').replace(/\p{M}/gu, '');
	return plain.toLowerCase().trimEnd();
}

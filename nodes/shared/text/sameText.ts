/** A text as users mean it: case and spaces around do not count, accents do. */
export function normalise(text: string): string {
	return text.trim().normalize('NFC').toLowerCase();
}

/** Equality as users mean it; a missing text equals an empty one. */
export function sameText(a: unknown, b: string): boolean {
	return normalise(String(a ?? '')) === normalise(b);
}

/** A text as databases compare it: without regard to case and accents. */
export function folded(text: string): string {
	return text.trim().normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

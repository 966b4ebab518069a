/** Shorter ones would be found in every word. */
const MIN_LENGTH = 4;

/** Base64 of less than this is found in every text. */
const MIN_BASE64 = 6;

/** What stands in place of a secret. */
const CUT = '***';

/**
 * Makes a function that cuts secrets out of a text, whatever surrounds them and however a server wrote
 * them: as they are, for an address, for HTML, for JSON, or as base64 alone or inside something longer
 * (`user:password`).
 */
export function secretCutter(secrets: readonly string[]): (text: string) => string {
	const forms = new Set(
		secrets.filter((secret) => secret.length >= MIN_LENGTH).flatMap((secret) => formsOf(secret)),
	);
	if (forms.size === 0) return (text) => text;
	// The longest first: one form may begin like another.
	const patterns = [...forms].sort((a, b) => b.length - a.length).map(escapeRegExp);
	const pattern = new RegExp(patterns.join('|'), 'gi');
	return (text) => text.replace(pattern, CUT);
}

/** All strings of a plain object of facts, cut; what is no text stays. */
export function cutFields<T extends object>(fields: T, cut: (text: string) => string): T {
	const entries = Object.entries(fields).map(([name, value]: [string, unknown]) => [
		name,
		typeof value === 'string' ? cut(value) : value,
	]);
	return Object.fromEntries(entries) as T;
}

function formsOf(secret: string): string[] {
	const forAddress = encodeURIComponent(secret.replace(/\p{Cs}/gu, ''));
	return [
		secret,
		forAddress,
		encodeURIComponent(forAddress),
		forAddress.replace(/%20/g, '+'),
		...HTML_STYLES.map((style) => secret.replace(/[&<>"']/g, (sign) => style[sign] ?? sign)),
		JSON.stringify(secret).slice(1, -1),
		secret.replace(/['"\\]/g, '\\$&'),
		...[0, 1, 2].flatMap((offset) => base64Of(secret, offset)),
	].filter((form) => form.length >= MIN_LENGTH);
}

const HTML_STYLES: ReadonlyArray<Readonly<Record<string, string>>> = [
	{ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' },
	{ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#039;' },
	{ '&': '&amp;', '<': '&lt;', '>': '&gt;' },
];

/**
 * The letters of base64 that a secret alone decides when it stands `offset` bytes into a group of
 * three, in both alphabets.
 */
function base64Of(secret: string, offset: number): string[] {
	const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret, 'utf8')]);
	const first = Math.ceil((offset * 8) / 6);
	const whole = Math.floor((bytes.length * 8) / 6);
	const letters = bytes.toString('base64').slice(first, whole);
	if (letters.length < MIN_BASE64) return [];
	return [letters, letters.replace(/\+/g, '-').replace(/\//g, '_'), encodeURIComponent(letters)];
}

function escapeRegExp(text: string): string {
	return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

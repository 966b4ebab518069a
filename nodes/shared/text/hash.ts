/** Start values and multipliers of the hash "cyrb53" (public domain, by bryc). */
const SEEDS = [0xdeadbeef, 0x41c6ce57] as const;
const FACTORS = [0x85ebca77, 0xc2b2ae3d] as const;

/**
 * A short text that differs for different texts: 53 bits, good for telling apart the few contents
 * one record takes within a second, not for secrets.
 */
export function fingerprint(text: string): string {
	let [high, low]: [number, number] = [...SEEDS];
	for (let at = 0; at < text.length; at++) {
		const code = text.charCodeAt(at);
		high = Math.imul(high ^ code, FACTORS[0]);
		low = Math.imul(low ^ code, FACTORS[1]);
	}
	high ^= Math.imul(high ^ (low >>> 15), 0x735a2d97);
	low ^= Math.imul(low ^ (high >>> 15), 0xcaf649a9);
	high ^= low >>> 16;
	low ^= high >>> 16;
	return (2097152 * (low >>> 0) + (high >>> 11)).toString(36);
}

/** Prints what a test has seen, past jest, which would put a stack behind every line. */
export function saw(line: string): void {
	process.stdout.write(`      saw: ${line}\n`);
}

/** Prints how far the set-up is. */
export function step(line: string): void {
	process.stdout.write(`[e2e] ${line}\n`);
}

/** Seconds since a moment, for reports. */
export function secondsSince(start: number): string {
	return `${((Date.now() - start) / 1000).toFixed(1)} s`;
}

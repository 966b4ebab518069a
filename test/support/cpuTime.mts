/** Processor time that `work` takes, in milliseconds: other programs of a busy machine do not count. */
export function cpuMs(work: () => void): number {
	const before = process.cpuUsage();
	work();
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1_000;
}

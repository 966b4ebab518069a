import { createServer } from 'node:net';

/** Whether nothing listens on this port of 127.0.0.1. */
async function isFree(port: number): Promise<boolean> {
	return await new Promise((resolve) => {
		const probe = createServer();
		probe.once('error', () => resolve(false));
		probe.listen({ port, host: '127.0.0.1' }, () => probe.close(() => resolve(true)));
	});
}

/** A port chosen by the operating system. */
export async function anyFreePort(): Promise<number> {
	return await new Promise((resolve, reject) => {
		const probe = createServer();
		probe.once('error', reject);
		probe.listen({ port: 0, host: '127.0.0.1' }, () => {
			const address = probe.address();
			const port = typeof address === 'object' && address !== null ? address.port : 0;
			probe.close(() => resolve(port));
		});
	});
}

/** The preferred port, or one of the next twenty, or else any: a newcomer's 5678 is often taken. */
export async function freePortFrom(preferred: number): Promise<number> {
	for (let port = preferred; port < preferred + 20; port++) {
		if (await isFree(port)) return port;
	}
	return await anyFreePort();
}

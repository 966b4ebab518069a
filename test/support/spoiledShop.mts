/** A shop that fails at some of its records: whatever answer holds one of them is an error instead. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SpoiledShop {
	url: string;
	/** What makes an answer fail. */
	spoils: (body: string) => boolean;
	close(): Promise<void>;
}

/** Heads that no longer fit an unpacked body, or belong to one connection. */
const OWN = ['host', 'connection', 'content-encoding', 'content-length'];

/** Stands before the shop at `url`. */
export async function startSpoiledShop(url: string): Promise<SpoiledShop> {
	const server = createServer((request, response) => {
		void (async () => {
			const headers = new Headers({ 'accept-encoding': 'identity' });
			for (const [name, value] of Object.entries(request.headers)) {
				if (!OWN.includes(name) && name !== 'accept-encoding') headers.set(name, String(value));
			}
			const answer = await fetch(`${url}${request.url ?? ''}`, {
				method: request.method ?? 'GET',
				headers,
			});
			const body = await answer.text();
			answer.headers.forEach((value, name) => {
				if (!OWN.includes(name)) response.setHeader(name, value);
			});
			if (shop.spoils(body)) response.writeHead(500).end('Internal Server Error');
			else response.writeHead(answer.status).end(body);
		})().catch(() => response.destroy());
	});
	await new Promise<void>((resolve) => {
		server.listen(0, '127.0.0.1', resolve);
	});
	const { port } = server.address() as AddressInfo;
	const shop: SpoiledShop = {
		url: `http://127.0.0.1:${port}`,
		spoils: () => false,
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => {
				server.close(resolve);
			});
		},
	};
	return shop;
}

import { request as httpRequest } from 'node:http';

export interface RawAnswer {
	status: number;
	headers: Record<string, string>;
	body: Buffer;
}

/** Sends a request exactly as given: no redirects, no decoding, any verb. */
export function rawRequest(
	base: string,
	options: {
		method: string;
		path: string;
		headers?: Record<string, string>;
		body?: Buffer | string;
	},
): Promise<RawAnswer> {
	const { hostname, port } = new URL(base);
	return new Promise((resolve, reject) => {
		const body = options.body ?? '';
		const headers = { ...options.headers };
		if (body.length > 0) headers['Content-Length'] = String(Buffer.byteLength(body));
		const outgoing = httpRequest(
			{
				hostname,
				port,
				method: options.method,
				// Control characters and blanks would be refused by the client; everything else goes out as recorded.
				path: options.path.replaceAll(' ', '%20'),
				headers,
				agent: false,
			},
			(incoming) => {
				const chunks: Buffer[] = [];
				incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
				incoming.on('error', reject);
				incoming.on('end', () =>
					resolve({
						status: incoming.statusCode ?? 0,
						headers: Object.fromEntries(
							Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
						),
						body: Buffer.concat(chunks),
					}),
				);
			},
		);
		outgoing.on('error', reject);
		outgoing.end(body);
	});
}

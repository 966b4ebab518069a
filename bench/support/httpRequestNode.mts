/** Connections at once: more than any shop serves, and what a sandbox shop in this process can accept. */
const AT_ONCE = 100;

/**
 * What users would take instead: n8n's HTTP Request node, as HTTP. It sends a request for each input item, all
 * of them at once unless "Batching" is set, and reads pages by number one after the other ("Pagination" with
 * "Update a Parameter in Each Request"). With "On Error: Continue", so that a refused request spoils no other.
 */
export class HttpRequestNode {
	constructor(
		private readonly root: string,
		private readonly headers: Readonly<Record<string, string>>,
	) {}

	/** The decoded answer; `undefined` when the shop refused. A text is sent as XML. */
	async request<T>(path: string, method = 'GET', body?: unknown): Promise<T | undefined> {
		const reply = await fetch(`${this.root}${path}`, {
			method,
			headers: {
				...this.headers,
				...(body !== undefined && {
					'Content-Type': typeof body === 'string' ? 'text/xml' : 'application/json',
				}),
			},
			...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
		});
		const text = await reply.text();
		return reply.ok ? (JSON.parse(text) as T) : undefined;
	}

	/** One request per item. */
	async forEach<I, O>(items: readonly I[], send: (item: I) => Promise<O>): Promise<O[]> {
		const waiting = items.entries();
		const answers: O[] = [];
		const work = async () => {
			for (const [at, item] of waiting) answers[at] = await send(item);
		};
		await Promise.all(Array.from({ length: AT_ONCE }, work));
		return answers;
	}

	/**
	 * Pages by number, until one is not full.
	 *
	 * @param pathOf address of a page, from 1
	 * @param rowsIn the rows of an answer
	 */
	async pages<T, R>(
		pathOf: (page: number) => string,
		rowsIn: (answer: T) => R[],
		size: number,
	): Promise<R[]> {
		const all: R[] = [];
		for (let page = 1; ; page++) {
			const answer = await this.request<T>(pathOf(page));
			const rows = answer === undefined ? [] : rowsIn(answer);
			all.push(...rows);
			if (rows.length < size) return all;
		}
	}
}

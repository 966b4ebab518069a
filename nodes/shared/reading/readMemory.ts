import { isWrite } from '../protocol/call';
import type { Call, Page, Reply } from '../protocol/call';
import type { Transport } from '../http/transport';

/**
 * A transport that asks for nothing twice: the same read gets the same answer, until something is
 * written. For steps that belong together, such as looking at a change and making it.
 */
export function withReadMemory<R>(transport: Transport<R>): Transport<R> {
	const replies = new Map<string, Promise<Reply>>();
	const pages = new Map<string, Promise<Page<R>>>();
	const remember = async <T>(
		memory: Map<string, Promise<T>>,
		call: Call,
		ask: () => Promise<T>,
	): Promise<T> => {
		if (isWrite(call)) {
			try {
				return await ask();
			} finally {
				replies.clear();
				pages.clear();
			}
		}
		const key = JSON.stringify([call.path, call.query, call.answer, call.body]);
		const known = memory.get(key);
		if (known) return await known;
		const answer = ask();
		memory.set(key, answer);
		// A failure may pass.
		answer.catch(() => memory.delete(key));
		return await answer;
	};
	return {
		...transport,
		send: async (call) => await remember(replies, call, async () => await transport.send(call)),
		records: async (call) => {
			const page = await remember(pages, call, async () => await transport.records(call));
			// Readers sort and extend what they get; what the page says of itself goes along.
			return Object.assign([...page], page);
		},
	};
}

import { createHash } from 'crypto';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { RecentMap } from '../http/recentMap';
import type { Context, Transport } from '../http/transport';
import { isWrite } from '../protocol/call';
import type { Call, Page, Reply } from '../protocol/call';
import type { Vendor } from '../protocol/vendor';

/** An answer, and until when it may be believed. */
interface Remembered {
	answer: Promise<unknown>;
	until: number;
}

/** Answers of all shops of the process; a shop has about ten kinds of them. */
const MAX_ANSWERS = 1_000;

const MAX_AGE_MS = 10 * 60_000;

const memory = new RecentMap<Remembered>(MAX_ANSWERS, MAX_AGE_MS);

/** How often each resource of a shop was written to: what was read before counts no more. */
const writes = new RecentMap<number>(MAX_ANSWERS, MAX_AGE_MS);

/** Tells credentials apart, also an edited one from what it was; no secret can be read from it. */
export async function identityOf<R>(context: Context, vendor: Vendor<R>): Promise<string> {
	const credentials = await context.getCredentials<ICredentialDataDecryptedObject>(
		vendor.credential,
	);
	const parts = [
		vendor.credential,
		vendor.address(credentials).url,
		...vendor.secrets(credentials),
	];
	return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/**
 * A transport that remembers, in the process, the answers to reads of what hardly changes, such as the
 * names of statuses. A write of our own to such a resource forgets them.
 *
 * @param identity tells credentials apart, also an edited one from what it was
 * @param lifetime how long the answer to a read may be believed, in milliseconds; 0: not at all
 */
export function withReferenceMemory<R>(
	transport: Transport<R>,
	identity: string,
	lifetime: (call: Call) => number,
): Transport<R> {
	const remember = async <T>(kind: string, call: Call, ask: () => Promise<T>): Promise<T> => {
		const [resource = ''] = call.path;
		const place = JSON.stringify([identity, resource]);
		const written = writes.get(place) ?? 0;
		if (isWrite(call)) writes.set(place, written + 1);
		const lifeMs = call.method === 'GET' ? lifetime(call) : 0;
		if (lifeMs <= 0) return await ask();
		const now = Date.now();
		const key = JSON.stringify([identity, kind, written, call.path, call.query]);
		const known = memory.get(key);
		if (known && known.until > now) return (await known.answer) as T;
		const answer = ask();
		memory.set(key, { answer, until: now + lifeMs });
		answer.catch(() => memory.delete(key));
		return await answer;
	};
	return {
		...transport,
		send: async (call) =>
			await remember<Reply>('reply', call, async () => await transport.send(call)),
		records: async (call) => {
			const page = await remember<Page<R>>('page', call, async () => await transport.records(call));
			// Readers sort and extend what they get; what the page says of itself goes along.
			return Object.assign([...page], page);
		},
	};
}

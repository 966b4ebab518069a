/** A bulk call: its answer tells of each operation by itself (Shoper REST reference, section 4). */
import type { Call } from '../../nodes/shared/protocol/call.ts';
import { ShopError } from '../../nodes/shared/protocol/errors.ts';
import { shopOver } from '../../nodes/shared/reading/shop.ts';
import { classify } from '../../nodes/Shoper/api/classify.ts';
import type { ShoperRecord } from '../../nodes/Shoper/api/codec.ts';
import { errorTexts } from '../../nodes/Shoper/api/errorTexts.ts';
import { bulkPut } from '../../nodes/Shoper/writing/bulk.ts';

interface Answer {
	code: number;
	body: unknown;
}

const SAVED: Answer = { code: 200, body: 1 };

/** A shop that answers a bulk call as told, and each single write with what follows. */
function shopOf(inBulk: readonly Answer[], text?: string) {
	const sent: Call[] = [];
	const shop = shopOver<ShoperRecord>({
		address: { url: '', host: 'shop.example.com', settings: {} },
		send: async (call) => {
			sent.push(call);
			const items = inBulk.map((each, at) => ({ id: `${at}`, ...each }));
			const answer = text ?? JSON.stringify({ errors: true, items });
			return { status: 200, headers: {}, text: call.path[0] === 'bulk' ? answer : '1' };
		},
		errorIn: async (reply, call) => {
			const failure = classify(reply, call);
			return failure && new ShopError(failure, call, errorTexts(failure, call));
		},
	} as Parameters<typeof shopOver<ShoperRecord>>[0]);
	return { shop, sent };
}

const writes = (count: number) =>
	Array.from({ length: count }, (_, at) => ({
		path: ['product-stocks', `${at + 1}`],
		body: { stock: 5 },
	}));

const stateOf = (outcome: { ok: boolean; error?: unknown }) =>
	outcome.ok ? 'saved' : (outcome.error as ShopError).failure.kind;

test('an object that somebody is editing (409) fails alone, and is not sent again', async () => {
	const body = { error: 'server_error', error_description: 'Obiekt jest edytowany' };
	const { shop, sent } = shopOf([SAVED, { code: 409, body }, SAVED]);
	const outcomes = await bulkPut(shop, writes(3));
	expect(outcomes.map(stateOf)).toEqual(['saved', 'busy', 'saved']);
	const [, locked] = outcomes;
	expect(locked?.ok === false && (locked.error as ShopError).failure.refused).toBe(true);
	expect(sent.map(({ path }) => path.join('/'))).toEqual(['bulk']);
});

test('what came too soon (429) is sent alone, everything else once', async () => {
	const body = { error: 'temporarily_unavailable', error_description: 'Too many requests' };
	const { shop, sent } = shopOf([SAVED, { code: 429, body }, SAVED]);
	const outcomes = await bulkPut(shop, writes(3));
	expect(outcomes.map(stateOf)).toEqual(['saved', 'saved', 'saved']);
	expect(sent.map(({ path }) => path.join('/'))).toEqual(['bulk', 'product-stocks/2']);
});

test('an operation that the answer does not tell of may have been carried out', async () => {
	const { shop } = shopOf([SAVED, SAVED]);
	expect((await bulkPut(shop, writes(3))).map(stateOf)).toEqual(['saved', 'saved', 'malformed']);
});

test.each(['', 'null', '{"errors":false,"items":[{"id":"0","code":200', '<html></html>'])(
	'an answer that tells of none leaves all of them open: %j',
	async (text) => {
		const { shop, sent } = shopOf([], text);
		expect((await bulkPut(shop, writes(3))).map(stateOf)).toEqual(Array(3).fill('malformed'));
		expect(sent).toHaveLength(1);
	},
);

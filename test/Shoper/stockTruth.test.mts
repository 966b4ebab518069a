/**
 * Whatever happens between the node and the shop, each item's reported result is what the shop
 * holds, and no change by an amount is made twice. The shop here is a model of the Shoper REST
 * reference, section 4: operations of a bulk call are independent, in no known order.
 */
import { ShopError } from '../../nodes/shared/protocol/errors.ts';
import { shopOver } from '../../nodes/shared/reading/shop.ts';
import type { Failure } from '../../nodes/shared/protocol/failure.ts';
import type { Call, Page } from '../../nodes/shared/protocol/call.ts';
import { classify } from '../../nodes/Shoper/api/classify.ts';
import type { ShoperRecord } from '../../nodes/Shoper/api/codec.ts';
import type { StockChange } from '../../nodes/Shoper/stock/plans.ts';
import { stockWriter } from '../../nodes/Shoper/stock/write.ts';
import fc from '../support/seed.mts';

/** What happens to one write request. */
type Mishap =
	| { kind: 'none' | 'neverSent' | 'busy' | 'noBulk' }
	/** The answer is lost; of the operations, those whose number is no multiple of `skip` are done. */
	| { kind: 'lost'; skip: number }
	/** The answer does not come, and the shop carries everything out during a later look. */
	| { kind: 'slow'; looks: number }
	/** Single operations end with this status; 500 may have been carried out all the same. */
	| { kind: 'items'; status: number; each: number; done: boolean };

interface Operation {
	id: string;
	path: string;
	body: { stock: number | { stock_relative: number } };
}

class ModelShop {
	readonly rows: Map<number, number>;
	/** Stock IDs of variants; the others belong to the product of the same number. */
	readonly variants: ReadonlySet<number>;
	readonly refused: ReadonlySet<number>;
	readonly mishaps: Mishap[];
	/** How often each row was changed by an amount. */
	readonly added = new Map<number, number>();
	writes = 0;
	private unfinished: { operations: Operation[]; looks: number } | undefined;

	constructor(
		rows: Map<number, number>,
		variants: ReadonlySet<number>,
		refused: ReadonlySet<number>,
		mishaps: readonly Mishap[],
	) {
		this.rows = rows;
		this.variants = variants;
		this.refused = refused;
		this.mishaps = [...mishaps];
	}

	private carryOut({ path, body: { stock } }: Operation): number {
		const id = Number(path.split('/').at(-1));
		if (this.refused.has(id)) return 400;
		if (typeof stock === 'number') this.rows.set(id, stock);
		else {
			this.rows.set(id, (this.rows.get(id) ?? 0) + stock.stock_relative);
			this.added.set(id, (this.added.get(id) ?? 0) + 1);
		}
		return 200;
	}

	private write(call: Call): string {
		this.writes++;
		const text = call.body && 'text' in call.body ? call.body.text : '';
		const bulk = call.path[0] === 'bulk';
		const operations = (
			bulk ? JSON.parse(text) : [{ id: '0', path: call.path.join('/'), body: JSON.parse(text) }]
		) as Operation[];
		const mishap = this.mishaps.shift() ?? { kind: 'none' };
		switch (mishap.kind) {
			case 'neverSent':
				throw failed({ kind: 'network', sent: false, code: 'ECONNREFUSED' }, call);
			case 'busy':
				throw failed({ kind: 'busy', sent: true, status: 429 }, call);
			case 'noBulk':
				if (bulk) throw failed({ kind: 'rejected', sent: true, status: 400 }, call);
				break;
			case 'lost':
				for (const [at, operation] of operations.entries()) {
					if (at % mishap.skip !== 0) this.carryOut(operation);
				}
				throw failed({ kind: 'network', sent: true, code: 'ECONNRESET' }, call);
			case 'slow':
				this.unfinished = { operations, looks: mishap.looks };
				throw failed({ kind: 'timeout', sent: true, code: 'ETIMEDOUT' }, call);
			default:
		}
		const hit = (at: number) => mishap.kind === 'items' && at % mishap.each === 0;
		// From the last to the first: their order is not that of the call.
		const items = [...operations.entries()].reverse().map(([at, operation]) => {
			if (mishap.kind === 'items' && hit(at)) {
				if (mishap.status === 500 && mishap.done) this.carryOut(operation);
				return { id: operation.id, code: mishap.status, body: { error: 'server_error' } };
			}
			const code = this.carryOut(operation);
			const body = code === 200 ? 1 : { error: 'invalid_request', error_description: 'Nie' };
			return { id: operation.id, code, body };
		});
		if (bulk) return JSON.stringify({ errors: false, items });
		const [only] = items;
		if (only && only.code !== 200) {
			const kind = only.code >= 500 ? 'server' : only.code === 429 ? 'busy' : 'rejected';
			throw failed({ kind, sent: true, status: only.code }, call);
		}
		return '1';
	}

	private look({ query }: Call): Page<ShoperRecord> {
		if (this.unfinished && --this.unfinished.looks <= 0) {
			for (const operation of this.unfinished.operations) this.carryOut(operation);
			this.unfinished = undefined;
		}
		const { stock_id: wanted } = JSON.parse(query?.filters ?? '{}') as {
			stock_id: { IN: number[] };
		};
		const page: Page<ShoperRecord> = wanted.IN.map((id) => this.rowOf(id));
		page.isLast = true;
		return page;
	}

	rowOf(id: number): ShoperRecord {
		return {
			stock_id: String(id),
			product_id: String(id),
			extended: this.variants.has(id) ? '1' : '0',
			stock: String(this.rows.get(id)),
		};
	}

	open() {
		return shopOver<ShoperRecord>({
			address: { url: '', host: 'shop.example.com', settings: {} },
			send: async (call) => ({ status: 200, headers: {}, text: this.write(call) }),
			records: async (call) => this.look(call),
			errorIn: async (reply, call) => {
				const failure = classify(reply, call);
				return failure && failed(failure, call);
			},
		} as Parameters<typeof shopOver<ShoperRecord>>[0]);
	}
}

function failed(failure: Failure, call: Call): ShopError {
	return new ShopError(failure, call, { reason: 'It failed.', fix: '' });
}

const mishap: fc.Arbitrary<Mishap> = fc.oneof(
	{ weight: 3, arbitrary: fc.constant<Mishap>({ kind: 'none' }) },
	{
		weight: 2,
		arbitrary: fc
			.constantFrom('neverSent' as const, 'busy' as const, 'noBulk' as const)
			.map((kind) => ({ kind })),
	},
	{
		weight: 3,
		arbitrary: fc.record({
			kind: fc.constant('lost' as const),
			skip: fc.integer({ min: 1, max: 4 }),
		}),
	},
	{
		weight: 2,
		arbitrary: fc.record({
			kind: fc.constant('slow' as const),
			looks: fc.integer({ min: 1, max: 3 }),
		}),
	},
	{
		weight: 3,
		arbitrary: fc.record({
			kind: fc.constant('items' as const),
			status: fc.constantFrom(409, 429, 500),
			each: fc.integer({ min: 1, max: 5 }),
			done: fc.boolean(),
		}),
	},
);

const world = fc.record({
	rows: fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 70 }),
	variants: fc.uniqueArray(fc.nat(69), { maxLength: 40 }),
	changes: fc.array(
		fc.record({
			row: fc.nat(69),
			mode: fc.constantFrom('set' as const, 'changeBy' as const),
			quantity: fc.integer({ min: -20, max: 60 }),
		}),
		{ minLength: 1, maxLength: 90 },
	),
	refused: fc.uniqueArray(fc.nat(69), { maxLength: 5 }),
	mishaps: fc.array(mishap, { maxLength: 6 }),
});

test('every reported stock is what the shop holds, and nothing is added twice', async () => {
	const met = { saved: 0, failed: 0, unclear: 0, added: 0 };
	await fc.assert(
		fc.asyncProperty(world, async ({ rows, variants, changes, refused, mishaps }) => {
			const before = new Map(rows.map((quantity, at) => [at + 1, quantity]));
			const model = new ModelShop(
				new Map(before),
				new Set(variants.map((at) => at + 1)),
				new Set(refused.map((at) => at + 1)),
				mishaps,
			);
			const given = changes.map(({ row, mode, quantity }): StockChange => {
				return { row: model.rowOf((row % rows.length) + 1), mode, quantity };
			});
			const results = await stockWriter(0)(model.open(), given);
			expect(results).toHaveLength(given.length);
			for (const [id, times] of model.added) {
				expect({ id, times }).toEqual({ id, times: 1 });
				met.added++;
			}
			for (const [at, result] of results.entries()) {
				const id = Number(given[at]?.row.stock_id);
				const held = model.rows.get(id);
				if (result.ok) {
					met.saved++;
					expect({ id, quantity: result.value.quantity }).toEqual({ id, quantity: held });
					// What counts is the sum of all changes of the run to this stock.
					const wanted = given
						.filter(({ row }) => row.stock_id === String(id))
						.reduce(
							(sum, { mode, quantity }) => (mode === 'set' ? quantity : sum + quantity),
							before.get(id) ?? 0,
						);
					expect({ id, held }).toEqual({ id, held: wanted });
					continue;
				}
				met.failed++;
				const message = result.error instanceof Error ? result.error.message : '';
				if (message.includes('This stock was not changed')) {
					expect({ id, held }).toEqual({ id, held: before.get(id) });
				} else if (message.includes('it still holds')) {
					throw new Error(`Row ${id} was said to be saved, and nobody wrote it again.`);
				} else {
					met.unclear++;
					expect(message).toMatch(/It is not known|may still be at work/);
				}
			}
		}),
		{ numRuns: 400 },
	);
	// The property must have met all of them, or it proves nothing.
	expect(Math.min(...Object.values(met))).toBeGreaterThan(0);
});

const sets = (model: ModelShop, count: number): StockChange[] =>
	Array.from({ length: count }, (_, at) => ({
		row: model.rowOf(at + 1),
		mode: 'set',
		quantity: 99,
	}));

const tens = (count: number) => new Map(Array.from({ length: count }, (_, at) => [at + 1, 10]));

test('what a lost call left undone is done, whatever its place among the others', async () => {
	const model = new ModelShop(tens(20), new Set(), new Set(), [{ kind: 'lost', skip: 3 }]);
	const results = await stockWriter(0)(model.open(), sets(model, 20));
	expect(results.filter(({ ok }) => !ok)).toEqual([]);
	expect([...model.rows.values()]).toEqual(Array(20).fill(99));
});

test('an internal error of one operation leaves open whether it was carried out', async () => {
	const mishap: Mishap = { kind: 'items', status: 500, each: 5, done: false };
	const model = new ModelShop(tens(5), new Set(), new Set(), [mishap]);
	const results = await stockWriter(0)(model.open(), sets(model, 5));
	expect(results.map(({ ok }) => ok)).toEqual([false, true, true, true, true]);
	const [first] = results;
	expect(String(first?.ok === false && first.error)).toContain('It is not known');
});

test('what lands late is not added to once more', async () => {
	const variants = new Set(tens(20).keys());
	const model = new ModelShop(tens(20), variants, new Set(), [{ kind: 'slow', looks: 3 }]);
	const given = sets(model, 20).map(
		(change): StockChange => ({
			...change,
			mode: 'changeBy',
			quantity: 5,
		}),
	);
	const results = await stockWriter(0)(model.open(), given);
	expect([...model.rows.values()]).toEqual(Array(20).fill(15));
	expect(results.map((result) => result.ok && result.value.quantity)).toEqual(Array(20).fill(15));
});

/**
 * A copy kept by `catalog.sync` equals the shop after every complete run, whatever happened in between: edits,
 * edits in the second that was just read, deletions, recoveries, new products, pictures that get ready.
 */
import { startInSalesSandbox } from '../../sandbox/insales/shop.mts';
import type { InSalesSandbox } from '../../sandbox/insales/shop.mts';
import fc from '../support/seed.mts';
import { actionBench } from './fixtures.mts';
import { Copy, api, truth } from './catalogFixtures.mts';

const RUNS = 150;

let shop: InSalesSandbox;
let ids: number[] = [];
let last = 501;

beforeAll(async () => {
	shop = await startInSalesSandbox();
});

afterAll(async () => {
	await shop.close();
});

type Step =
	| { kind: 'title' | 'price' | 'delete' | 'recover' | 'image'; at: number; value: number }
	| { kind: 'create'; value: number }
	/** A change that becomes visible a minute and a half after its own time. */
	| { kind: 'late'; at: number; value: number }
	/** The product that was changed last is changed once more. */
	| { kind: 'again'; value: number }
	| { kind: 'wait'; ms: number }
	| { kind: 'sync'; most: number };

const place = fc.nat({ max: 9 });
const step: fc.Arbitrary<Step> = fc.oneof(
	{
		weight: 6,
		arbitrary: fc.record({
			kind: fc.constantFrom('title', 'price', 'delete', 'recover', 'image'),
			at: place,
			value: fc.nat({ max: 999 }),
		}) as fc.Arbitrary<Step>,
	},
	{
		weight: 2,
		arbitrary: fc.record({
			kind: fc.constant('late' as const),
			at: place,
			value: fc.nat({ max: 999 }),
		}),
	},
	{
		weight: 4,
		arbitrary: fc.record({ kind: fc.constant('again' as const), value: fc.nat({ max: 999 }) }),
	},
	{
		weight: 1,
		arbitrary: fc.record({ kind: fc.constant('create' as const), value: fc.nat({ max: 999 }) }),
	},
	{
		weight: 4,
		// Within a second, some seconds, the five minutes of a schedule, a night.
		arbitrary: fc.record({
			kind: fc.constant('wait' as const),
			ms: fc.constantFrom(1, 400, 45_000, 119_000, 121_000, 300_000, 300_000, 3_000_000),
		}),
	},
	{
		weight: 4,
		arbitrary: fc.record({
			kind: fc.constant('sync' as const),
			// 0: no limit.
			most: fc.constantFrom(0, 0, 1, 3),
		}),
	},
);

/** A time as the shop writes it. */
function shopStamp(ms: number): string {
	return `${new Date(ms + 3 * 3_600_000).toISOString().slice(0, 19)}.000+03:00`;
}

async function play(one: Exclude<Step, { kind: 'sync' }>): Promise<void> {
	if (one.kind === 'wait') {
		shop.control.advance({ ms: one.ms });
		return;
	}
	if (one.kind === 'create') {
		const product = { title: `Новый ${one.value}`, variants_attributes: [{ price: one.value }] };
		const made = (await api(shop, 'POST', 'products.json', { product })) as { id: number };
		ids.push(made.id);
		return;
	}
	if (one.kind === 'again') {
		shop.control.updateProduct({ productId: last, price: one.value });
		return;
	}
	const id = ids[one.at % ids.length] ?? 0;
	last = id;
	if (one.kind === 'late') {
		const stamp = shopStamp(shop.control.now().ms - 90_000);
		const record = shop.control.getRecord({ resource: 'products', id });
		// A change cannot be older than what it changes.
		if (String(record?.updated_at) > stamp) return;
		const title = `Поздно ${one.value}`;
		shop.control.putRecord({ resource: 'products', record: { id, title, updated_at: stamp } });
		return;
	}
	if (one.kind === 'delete') await api(shop, 'DELETE', `products/${id}.json`);
	else if (one.kind === 'recover') await api(shop, 'POST', `products/${id}/recover.json`, {});
	else if (one.kind === 'image') {
		const image = { src: 'https://static.example.com/a/b.jpg' };
		await api(shop, 'POST', `products/${id}/images.json`, { image });
	} else {
		shop.control.updateProduct({
			productId: id,
			...(one.kind === 'title' ? { title: `Товар ${one.value}` } : { price: one.value }),
		});
	}
}

test('the copy equals the shop after every complete run, and nothing is told twice', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
			shop.control.reset();
			shop.control.freeze();
			shop.control.setLimit({ requests: 1_000_000 });
			shop.control.setImageDelay({ ms: 1_000_000 });
			last = 501;
			ids = [501, 502, 503, 504, 505, 506, 507];
			const bench = actionBench(shop);
			const copy = new Copy();
			for (const one of [...steps, { kind: 'sync' as const, most: 0 }]) {
				if (one.kind !== 'sync') {
					await play(one);
					continue;
				}
				const isComplete = await copy.sync(bench, { maxProducts: one.most });
				if (!isComplete) continue;
				expect([...copy.products].sort()).toEqual([...(await truth(shop))].sort());
			}
			expect(copy.repeats).toEqual([]);
		}),
		{ numRuns: RUNS },
	);
}, 240_000);

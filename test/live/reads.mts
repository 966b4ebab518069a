/**
 * The reading suite of every shop: each reading operation of the table, the lists of the editor, and test
 * events of the trigger. What the shop has no data for is named at the end.
 */
import type { INodeParameters, INodeProperties } from 'n8n-workflow';
import { searchList } from '../support/engine.mts';
import { byId, parametersFor } from './parameters.mts';
import { notTried } from './shop.mts';
import type { LiveShop } from './shop.mts';

/** What this suite has to know of an operation. */
interface Read {
	value: string;
	needs: readonly string[];
	fields: readonly INodeProperties[];
}

/** What a shop's suite reads. */
export interface ReadSuite<Access> {
	shop: LiveShop<Access>;
	resources: ReadonlyArray<{ value: string; operations: readonly Read[] }>;
	pickers: object;
	events: ReadonlyArray<{ value: string }>;
	/** Operations that read, by name: one on any resource names no right. */
	reading: RegExp;
	/** Parameters that no list of the editor offers. */
	given(name: string): Promise<INodeParameters>;
	/** An access with fewer rights, and what these must do for; `undefined` when there is none. */
	limited: { name: string; access: Access | undefined; reads: readonly string[] };
	/** How a trigger says that there is nothing to show of an event. */
	nothingToShow: RegExp;
}

/** Declares the tests. */
export function testReads<Access>({
	shop,
	resources,
	pickers,
	events,
	reading,
	given,
	limited,
	nothingToShow,
}: ReadSuite<Access>): void {
	const { bench, run, trigger, expectNoSecrets } = shop;
	const reads = resources
		.flatMap((resource) =>
			resource.operations.map((operation) => ({
				name: `${resource.value}.${operation.value}`,
				operation,
			})),
		)
		.filter(
			({ name, operation: { needs } }) =>
				reading.test(name) && needs.every((need) => need.endsWith(' GET')),
		);

	/** `undefined` when the shop has nothing to choose. */
	async function parametersOf(
		name: string,
		{ fields }: Read,
	): Promise<INodeParameters | undefined> {
		const parameters = await parametersFor(bench(), fields, await given(name));
		if (typeof parameters !== 'string') return parameters;
		notTried(name, parameters);
		return undefined;
	}

	test.each(Object.keys(pickers))('the list %s can be filled', async (method) => {
		const { results } = await searchList(bench(), method);
		for (const { name, value } of results) {
			expect(name).not.toBe('');
			expect(String(value)).not.toBe('');
		}
	});

	describe('reads', () => {
		test.each(reads)('$name', async ({ name, operation }) => {
			const parameters = await parametersOf(name, operation);
			if (!parameters) return;
			for (const simplify of [true, false]) {
				const { items, error } = await run(name, { ...parameters, simplify });
				expect(error?.message).toBeUndefined();
				if ('limit' in parameters) expect(items.length).toBeLessThanOrEqual(3);
				for (const { pairedItem } of items) expect(pairedItem).toEqual({ item: 0 });
				expectNoSecrets(items);
			}
		});
	});

	(limited.access === undefined ? describe.skip : describe)(`with ${limited.name}`, () => {
		const promised = reads.filter(({ name }) => limited.reads.includes(name));

		test('covers what the rights promise', () => {
			expect(promised.map(({ name }) => name).sort()).toEqual([...limited.reads].sort());
		});

		test.each(promised)('$name', async ({ name, operation }) => {
			const parameters = await parametersOf(name, operation);
			if (!parameters) return;
			const { items, error } = await run(name, parameters, limited.access);
			expect(error?.message).toBeUndefined();
			expectNoSecrets(items);
		});
	});

	test('a record that does not exist is named', async () => {
		const { error } = await run('order.get', { orderId: byId(99_999_999) });
		expect(error?.message).toContain('no order with the ID "99999999"');
		expectNoSecrets(error?.message);
	});

	test.each(events.map(({ value }) => value))('a test event of %s', async (event) => {
		try {
			const [item] = await trigger({ event }).poll('manual', 'manual');
			expect(item?.json.event).toMatchObject({ type: event, id: expect.any(String) });
		} catch (error) {
			const message = (error as Error).message;
			expect(message).toMatch(nothingToShow);
			notTried(`test event of ${event}`, message);
		}
	});
}

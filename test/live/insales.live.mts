/**
 * The nodes against a real InSales shop, read only: every reading operation of the table, the lists of the
 * editor, and test events of the trigger. What is open about the shop itself: `insales.probes.live.mts`;
 * changes: `insales.writes.live.mts`.
 */
import type { INodeParameters, INodeProperties } from 'n8n-workflow';
import { resources } from '../../nodes/InSales/actions/index.ts';
import { events } from '../../nodes/InSales/triggers/events.ts';
import { pickers } from '../../nodes/InSales/pickers/index.ts';
import { testCredentials } from '../InSales/fixtures.mts';
import { searchList } from '../support/engine.mts';
import {
	bench,
	expectNoKeys,
	first,
	found,
	fullKey,
	limitedKey,
	more,
	report,
	run,
	trigger,
	url,
} from './inSalesShop.mts';
import { byId, parametersFor } from './parameters.mts';

/** Operations that the limited key must be able to run (its rights: docs/live-tests.md). */
const LIMITED_READS = [
	'order.get',
	'order.getAll',
	'client.get',
	'client.getAll',
	'product.get',
	'product.getAll',
	'variant.getAll',
	'catalog.sync',
	'paymentGateway.get',
	'paymentGateway.getAll',
	'deliveryVariant.get',
	'deliveryVariant.getAll',
	'customStatus.getAll',
];

const reads = resources
	.flatMap((resource) =>
		resource.operations.map((operation) => ({
			name: `${resource.value}.${operation.value}`,
			operation,
		})),
	)
	.filter(
		({ name, operation: { needs } }) =>
			/\.(get|sync|check)/.test(name) && needs.every((need) => need.endsWith(' GET')),
	);

/** What was not tried, and why. */
const notTried: string[] = [];

afterAll(async () => await report(notTried));

/** What no list of the editor offers. */
async function given(name: string): Promise<INodeParameters> {
	if (name.startsWith('anyResource.')) {
		const status = await first('customStatus.getAll', { limit: 1 });
		return { path: 'custom_statuses', recordId: String(status.id) };
	}
	return name === 'catalog.sync' ? { options: { maxProducts: 3 } } : {};
}

/** Parameters for any operation that reads; `undefined` when the shop has nothing to choose. */
async function parametersOf(
	name: string,
	fields: readonly INodeProperties[],
): Promise<INodeParameters | undefined> {
	const parameters = await parametersFor(bench(), fields, await given(name));
	if (typeof parameters !== 'string') return parameters;
	notTried.push(`${name}: ${parameters}`);
	return undefined;
}

describe('credential', () => {
	test('the full key connects', async () => {
		const { status, message } = await testCredentials({ url }, 'full', { ...more, ...fullKey });
		expect({ status, message }).toEqual({
			status: 'OK',
			message: expect.stringContaining('Connected to'),
		});
		console.info(message);
	});

	(limitedKey ? test : test.skip)('the limited key connects', async () => {
		const { status, message } = await testCredentials({ url }, 'full', { ...more, ...limitedKey });
		expect(status).toBe('OK');
		found('credential test with the limited key', message);
	});

	test('a wrong password is told apart', async () => {
		const wrong = { ...more, ...fullKey, password: '0123456789abcdef0123456789abcdef' };
		const { status, message } = await testCredentials({ url }, 'full', wrong);
		expect(status).toBe('Error');
		expect(message).toContain('The shop refused the access key');
	});
});

test.each(Object.keys(pickers))('the list %s can be filled', async (method) => {
	const { results } = await searchList(bench(), method);
	for (const { name, value } of results) {
		expect(name).not.toBe('');
		expect(String(value)).not.toBe('');
	}
});

describe('reads', () => {
	test.each(reads)('$name', async ({ name, operation }) => {
		const parameters = await parametersOf(name, operation.fields);
		if (!parameters) return;
		for (const simplify of [true, false]) {
			const { items, error } = await run(name, { ...parameters, simplify });
			expect(error?.message).toBeUndefined();
			if ('limit' in parameters) expect(items.length).toBeLessThanOrEqual(3);
			for (const { pairedItem } of items) expect(pairedItem).toEqual({ item: 0 });
			expectNoKeys(items);
		}
	});
});

(limitedKey ? describe : describe.skip)('with the limited key', () => {
	const limited = reads.filter(({ name }) => LIMITED_READS.includes(name));

	test('covers what the permissions promise', () => {
		expect(limited.map(({ name }) => name).sort()).toEqual([...LIMITED_READS].sort());
	});

	test.each(limited)('$name', async ({ name, operation }) => {
		const parameters = await parametersOf(name, operation.fields);
		if (!parameters) return;
		const { items, error } = await run(name, parameters, limitedKey);
		expect(error?.message).toBeUndefined();
		expectNoKeys(items);
	});

	test('purchase prices and additional prices come', async () => {
		const { items } = await run('product.getAll', { limit: 3 }, limitedKey);
		for (const { json } of items) expect(json).not.toHaveProperty('_missing');
	});
});

test('a record that does not exist is named', async () => {
	const { error } = await run('order.get', { orderId: byId(99_999_999) });
	expect(error?.message).toContain('no order with the ID "99999999"');
	expectNoKeys(error?.message);
});

test.each(events.map(({ value }) => value))('a test event of %s', async (event) => {
	try {
		const [item] = await trigger({ event }).poll('manual', 'manual');
		expect(item?.json.event).toMatchObject({ type: event, id: expect.any(String) });
	} catch (error) {
		const message = (error as Error).message;
		expect(message).toContain('nothing that matches');
		notTried.push(`test event of ${event}: ${message}`);
	}
});

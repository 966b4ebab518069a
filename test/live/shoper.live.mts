/**
 * The nodes against a real Shoper shop, reading only: every reading operation of the table, the lists
 * of the editor, and test events of the trigger. What the shop has no data for is named at the end.
 */
import type { INodeParameters } from 'n8n-workflow';
import { resources } from '../../nodes/Shoper/actions/index.ts';
import { events } from '../../nodes/Shoper/triggers/events.ts';
import { pickers } from '../../nodes/Shoper/pickers/index.ts';
import { testCredentials } from '../Shoper/fixtures.mts';
import { searchList } from '../support/engine.mts';
import { byId, parametersFor } from './parameters.mts';
import { admin, apiToken, bench, byLogin, byToken, first, run, trigger } from './shoperShop.mts';

/** What a help desk reads with its login (docs/shoper.md). */
const HELP_DESK = [
	'order.get',
	'order.getAll',
	'order.getLatest',
	'orderProduct.getAll',
	'status.get',
	'status.getAll',
	'customer.get',
	'customer.getAll',
];

/** Told by the name as well: an operation on any resource names no right. */
const READING = /\.(get|check)/;
const reads = resources
	.flatMap((resource) =>
		resource.operations.map((operation) => ({
			name: `${resource.value}.${operation.value}`,
			operation,
		})),
	)
	.filter(
		({ name, operation: { needs } }) =>
			READING.test(name) && needs.every((need) => need.endsWith(' GET')),
	);

/** What was not tried, and why. */
const notTried: string[] = [];

afterAll(() => {
	if (notTried.length > 0) console.info(`Not tried:\n${notTried.join('\n')}`);
});

function expectNoSecrets(value: unknown): void {
	for (const secret of [apiToken, admin.password].filter((each) => each !== '')) {
		expect(JSON.stringify(value)).not.toContain(secret);
	}
}

/** What no list of the editor offers. */
async function given(name: string): Promise<INodeParameters> {
	if (name.startsWith('anyResource.')) {
		const [language] = (await run('language.getAll', { limit: 1 })).items;
		const resourcePath = { __rl: true, mode: 'path', value: 'languages' } as const;
		return { resourcePath, recordId: String(language?.json.id ?? '') };
	}
	if (name === 'order.getLatest') {
		const order = await first('order.getAll', { limit: 1, simplify: false });
		return { customer: byId(order.user_id) };
	}
	return {};
}

async function parametersOf({ name, operation }: (typeof reads)[number]) {
	const parameters = await parametersFor(bench(), operation.fields, await given(name));
	if (typeof parameters !== 'string') return parameters;
	notTried.push(`${name}: ${parameters}`);
	return undefined;
}

const credentials = [
	...(apiToken === '' ? [] : ([['token', byToken]] as const)),
	...(admin.login === '' ? [] : ([['login', byLogin]] as const)),
];

describe('credential', () => {
	test.each(credentials)('the %s connects', async (_, credential) => {
		const result = await testCredentials(credential);
		expect(result).toMatchObject({ status: 'OK', message: expect.stringContaining('Shoper 5.') });
		expectNoSecrets(result.message);
		console.info(result.message);
	});

	// Not with a wrong password: whether shops lock accounts is not known.
	test('a wrong token is told apart', async () => {
		const wrong = { ...byToken, authentication: 'apiToken', apiToken: '0'.repeat(64) };
		const { status, message } = await testCredentials(wrong);
		expect(status).toBe('Error');
		expect(message).toContain('does not accept the API token');
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
	test.each(reads)('$name', async (read) => {
		const parameters = await parametersOf(read);
		if (!parameters) return;
		for (const simplify of [true, false]) {
			const { items, error } = await run(read.name, { ...parameters, simplify });
			expect(error?.message).toBeUndefined();
			if ('limit' in parameters) expect(items.length).toBeLessThanOrEqual(3);
			for (const { pairedItem } of items) expect(pairedItem).toEqual({ item: 0 });
			expectNoSecrets(items);
		}
	});
});

(admin.login === '' ? describe.skip : describe)('with the login', () => {
	const helpDesk = reads.filter(({ name }) => HELP_DESK.includes(name));

	test('covers what a help desk reads', () => {
		expect(helpDesk.map(({ name }) => name).sort()).toEqual([...HELP_DESK].sort());
	});

	test.each(helpDesk)('$name', async (read) => {
		const parameters = await parametersOf(read);
		if (!parameters) return;
		const { items, error } = await run(read.name, parameters, byLogin);
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
		expect(message).toMatch(/nothing that matches|cannot be watched/);
		notTried.push(`test event of ${event}: ${message}`);
	}
});

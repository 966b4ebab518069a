/**
 * The life of a trigger, rule by rule: what n8n's activation modes, its stored state and the test
 * button get from a poll. Many of these were defects once; the simulation finds them as well.
 */
import { ObservableObject } from 'n8n-workflow';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { pollEvents } from '../../nodes/shared/polling/poll.ts';
import type { Stream, TriggerEvent } from '../../nodes/shared/polling/stream.ts';
import { contextOf } from '../support/pollEngine.mts';
import type { Activation, ContextOptions } from '../support/pollEngine.mts';
import {
	DAY,
	FakeShop,
	HOUR,
	MINUTE,
	SECOND,
	eventsOf,
	instantOf,
	vendor,
} from '../support/simulationShop.mts';
import type { EventName, TableRow } from '../support/simulationShop.mts';

jest.useFakeTimers({
	doNotFake: [
		'hrtime',
		'nextTick',
		'performance',
		'queueMicrotask',
		'setImmediate',
		'setInterval',
		'setTimeout',
	],
});

let shop: FakeShop;
let workflows = 0;

/** n8n's own kind of object, which `structuredClone` refuses. */
const staticData = (): IDataObject => ObservableObject.create({});

/** One activation of a trigger by the default engine. */
function trigger(event: EventName, options: Partial<ContextOptions> & { maxItems?: number } = {}) {
	const { maxItems = 100, ...rest } = options;
	const parameters = { event, statusIds: [], options: { maxItemsPerPoll: maxItems } };
	const about: ContextOptions = {
		staticData: staticData(),
		parameters,
		workflowId: `w${++workflows}`,
		warnings: [],
		...rest,
	};
	const { warnings = [] } = about;
	const events = eventsOf(shop);
	const start = (activation: Activation, more: Partial<ContextOptions> = {}) => {
		const context = contextOf({ ...about, activation, ...more });
		return async () => await pollEvents(context, vendor, events, instantOf);
	};
	return { about, warnings, events, start, poll: start('activate') };
}

function place(record: string, more: { delayMs?: number; completeInMs?: number } = {}): TableRow {
	return shop.insert({ record, status: 0, delayMs: 0, completeInMs: 0, ...more });
}

const uids = (result: INodeExecutionData[][] | null): unknown[] | null =>
	result && (result[0] ?? []).map(({ json }) => json.uid);

const failed = async (poll: () => Promise<unknown>): Promise<string> =>
	await poll().then(
		() => 'no failure',
		(error: Error) => error.message,
	);

beforeEach(() => {
	shop = new FakeShop();
	shop.onTime = () => jest.setSystemTime(shop.now);
	shop.now = Date.UTC(2025, 5, 1);
	shop.pass(0);
});

describe('the first activation', () => {
	test('gives nothing and remembers where it begins, in the very object of n8n', async () => {
		place('a');
		const { poll, about } = trigger('each');
		expect(await poll()).toBeNull();
		expect(about.staticData).toMatchObject({ v: 2, feeds: { each: { watermark: 0 } } });
		expect((about.staticData as { __dataChanged?: boolean }).__dataChanged).toBe(true);
		place('b');
		expect(uids(await poll())).toEqual([2]);
		expect(about.staticData).toMatchObject({ feeds: { each: { stamp: '2025-06-01 02:00:00' } } });
	});

	test('gives what the option "Start From" asks for', async () => {
		for (let day = 0; day < 4; day++) {
			place('a');
			shop.pass(DAY);
		}
		const { about, start } = trigger('each');
		about.parameters.options = { startFrom: 'lastDays', startDays: 2 };
		expect(uids(await start('activate')())).toEqual([3, 4]);
	});

	test('takes a start date without an offset for the wall clock of the shop', async () => {
		for (let hour = 0; hour < 4; hour++) {
			place('a');
			shop.pass(HOUR);
		}
		// The shop is two hours ahead of UTC: its 02:00 was the first row.
		for (const [startDate, wanted] of [
			['2025-06-01T03:00:00', [2, 3, 4]],
			['2025-06-01T03:00:00Z', [4]],
			['2025-06-01T03:00:00+01:00', [3, 4]],
		]) {
			const { about, start } = trigger('each');
			about.parameters.options = { startFrom: 'date', startDate };
			expect(uids(await start('activate')())).toEqual(wanted);
		}
	});

	test('refuses a list that came out empty, which would mean everything', async () => {
		for (const statusIds of ['={{ $json.none }}', ['={{ $json.none }}']]) {
			const { about, start } = trigger('changed');
			about.typed = { statusIds };
			expect(await failed(start('activate'))).toMatch(/"Status" came out empty/);
		}
		const { about, start } = trigger('changed');
		about.typed = { statusIds: [] };
		expect(await start('activate')()).toBeNull();
	});

	test.each<[Activation, boolean, boolean]>([
		['activate', false, false],
		['update', true, false],
		['init', true, true],
		['leadershipChange', true, true],
	])(
		'in the mode %s swallows a passing failure: %s, a lasting one: %s',
		async (mode, passing, lasting) => {
			for (const [failure, isSwallowed] of [
				['transient', passing],
				['permanent', lasting],
			] as const) {
				const { start, warnings } = trigger('each');
				shop.failAfter = 1;
				shop.failure = failure;
				const message = await failed(start(mode));
				expect(message).toMatch(isSwallowed ? /^no failure$/ : /^Poll Testshop: /);
				expect(warnings).toHaveLength(isSwallowed ? 1 : 0);
			}
		},
	);

	test('that fails while nobody attends loses nothing that comes after it', async () => {
		const { start } = trigger('each');
		place('old');
		shop.pass(HOUR);
		shop.downUntil = shop.now + MINUTE;
		const poll = start('init');
		expect(await poll()).toBeNull();
		shop.pass(SECOND);
		place('new');
		await expect(poll()).rejects.toThrow('The shop is down.');
		shop.pass(MINUTE);
		expect(uids(await poll())).toEqual([2]);
		expect(await poll()).toBeNull();
	});

	test('that fails before the eyes of the user leaves nothing behind', async () => {
		const { start, about } = trigger('each');
		shop.failAfter = 1;
		await failed(start('activate'));
		expect(about.staticData).toEqual({});
		shop.pass(3 * DAY);
		place('meanwhile');
		expect(await start('activate')()).toBeNull();
	});

	test('finds the shop down for the durable scheduler once; its ticks then report the failure', async () => {
		const { start } = trigger('each');
		shop.downUntil = shop.now + HOUR;
		expect(await start('update', { staticData: {} })()).toBeNull();
		for (let tick = 0; tick < 3; tick++) {
			await expect(start('update', { staticData: {} })()).rejects.toThrow('The shop is down.');
		}
	});
});

describe('polls of the durable scheduler that are due together', () => {
	/** A trigger that knows the shop, and polls that all got its state as it is now. */
	async function dueTogether(): Promise<() => Promise<unknown>> {
		const { about, start } = trigger('each');
		await start('activate')();
		place('a');
		const before = JSON.stringify(about.staticData);
		const copy = () => ObservableObject.create(JSON.parse(before) as IDataObject);
		return async () => uids(await start('update', { staticData: copy() })());
	}

	test('deliver once, though n8n has not stored yet what the first led to', async () => {
		const poll = await dueTogether();
		expect(await poll()).toEqual([1]);
		expect(await poll()).toBeNull();
		expect(await poll()).toBeNull();
	});

	test('deliver again what n8n could not store', async () => {
		const poll = await dueTogether();
		expect(await poll()).toEqual([1]);
		// n8n may take as long as it holds its lease on the poll.
		shop.pass(MINUTE + 5_000);
		expect(await poll()).toBeNull();
		shop.pass(MINUTE);
		expect(await poll()).toEqual([1]);
	});
});

describe('a shop that asks for patience', () => {
	test('is given some: nothing is lost, and nobody is told for a quarter of an hour', async () => {
		const { poll, about, warnings } = trigger('each');
		expect(await poll()).toBeNull();
		place('a');
		const before = JSON.stringify(about.staticData);
		shop.failsAs = 'busy';
		shop.downUntil = shop.now + HOUR;
		for (let minute = 0; minute < 15; minute++) {
			expect(await poll()).toBeNull();
			expect(warnings).toHaveLength(minute + 1);
			shop.pass(MINUTE);
		}
		await expect(poll()).rejects.toThrow('The shop is busy.');
		expect(JSON.stringify(about.staticData)).toBe(before);
		shop.downUntil = 0;
		expect(uids(await poll())).toEqual([1]);
		// From here the patience counts anew.
		shop.downUntil = shop.now + HOUR;
		expect(await poll()).toBeNull();
	});

	test('is told at once to the user who switches the trigger on', async () => {
		const { poll } = trigger('each');
		shop.failsAs = 'busy';
		shop.failAfter = 1;
		await expect(poll()).rejects.toThrow('The shop is busy.');
	});
});

describe('an idle poll', () => {
	test('is one request and touches nothing, for days', async () => {
		const { poll, about } = trigger('each');
		for (let row = 0; row < 30; row++) place('a');
		await poll();
		place('b');
		await poll();
		const before = JSON.stringify(about.staticData);
		for (let tick = 0; tick < 50; tick++) {
			shop.pass(HOUR);
			const { list, newest, resolve } = shop.calls;
			expect(await poll()).toBeNull();
			expect(shop.calls).toEqual({ list: list + 1, newest, resolve });
		}
		expect(JSON.stringify(about.staticData)).toBe(before);
	});

	test('stays one request when the row at the watermark is deleted', async () => {
		const { poll } = trigger('each');
		for (let row = 0; row < 30; row++) place('a');
		await poll();
		for (const row of shop.rows.slice(0, 15)) row.deleted = true;
		expect(await poll()).toBeNull();
		const { list, newest } = shop.calls;
		expect(await poll()).toBeNull();
		expect(shop.calls).toMatchObject({ list: list + 1, newest });
	});

	test('of an event with a second, rare feed looks at that only now and then, even if clocks go back', async () => {
		const { poll } = trigger('stalled');
		await poll();
		await poll();
		const lists = async (ms: number): Promise<number> => {
			shop.pass(ms);
			const { list } = shop.calls;
			await poll();
			return shop.calls.list - list;
		};
		expect([await lists(MINUTE), await lists(4 * MINUTE), await lists(MINUTE)]).toEqual([1, 2, 1]);
		expect(await lists(-DAY)).toBe(2);
	});
});

describe('polls over each other', () => {
	const hang = (): (() => void) => {
		let release = (): void => {};
		shop.gate = new Promise((resolve) => (release = resolve));
		return () => {
			shop.gate = undefined;
			release();
		};
	};

	test('give each event once: the second waits for the next time', async () => {
		const { poll } = trigger('each');
		await poll();
		place('a');
		const release = hang();
		const first = poll();
		expect(await poll()).toBeNull();
		release();
		expect(uids(await first)).toEqual([1]);
	});

	test('after ten minutes the first is given up, and changes nothing any more', async () => {
		const { poll, about } = trigger('each');
		await poll();
		place('a');
		const release = hang();
		const first = poll();
		await Promise.resolve();
		shop.gate = undefined;
		shop.pass(9 * MINUTE);
		expect(await poll()).toBeNull();
		shop.pass(2 * MINUTE);
		expect(uids(await poll())).toEqual([1]);
		const stored = JSON.stringify(about.staticData);
		release();
		expect(await first).toBeNull();
		expect(JSON.stringify(about.staticData)).toBe(stored);
	});
});

describe('bounds', () => {
	test('maxItemsPerPoll is kept, the rest comes next time, whatever number an expression gives', async () => {
		const { poll } = trigger('each', { maxItems: 2.5 });
		await poll();
		for (let row = 0; row < 5; row++) place('a');
		expect([uids(await poll()), uids(await poll()), uids(await poll())]).toEqual([
			[1, 2],
			[3, 4],
			[5],
		]);
	});

	test.each([[undefined], [36_000]])(
		'time: with a budget of %s ms a poll delivers some and stops',
		async (budgetMs) => {
			const { poll } = trigger('each', { maxItems: 5_000, budgetMs });
			await poll();
			for (let row = 0; row < 2_000; row++) place(`${row}`);
			shop.latencyMs = 12 * SECOND;
			const began = shop.now;
			const first = uids(await poll()) ?? [];
			expect(first.length).toBeGreaterThan(0);
			expect(first.length).toBeLessThan(2_000);
			expect(shop.now - began).toBeLessThanOrEqual((budgetMs ?? 50_000) + 12 * SECOND);
		},
	);

	test('late rows that a cut poll left over are delivered after any break', async () => {
		const { poll } = trigger('each', { maxItems: 3 });
		await poll();
		const late = Array.from({ length: 9 }, () => place('late', { delayMs: 9 * MINUTE }));
		place('early');
		expect(uids(await poll())).toEqual([10]);
		shop.pass(9 * MINUTE);
		const got = [uids(await poll())];
		shop.pass(DAY);
		got.push(uids(await poll()), uids(await poll()), uids(await poll()));
		expect(got.flat()).toEqual([...late.map(({ uid }) => uid), null]);
	});
});

describe('a record that cannot be read', () => {
	test('holds up only its own rows; those of others come at once', async () => {
		const { poll, warnings } = trigger('each');
		await poll();
		for (const record of ['a', 'b', 'c', 'b', 'd']) place(record);
		shop.poison = 2;
		expect(uids(await poll())).toEqual([1, 3, 5]);
		expect(warnings).toEqual([
			expect.stringMatching(/^Record b cannot be read.*A row that cannot/),
		]);
		place('e');
		expect(uids(await poll())).toEqual([6]);
		expect(await poll()).toBeNull();
		shop.poison = undefined;
		expect(uids(await poll())).toEqual([2]);
		expect(uids(await poll())).toEqual([4]);
		expect(await poll()).toBeNull();
	});

	test('is told of after the grace time by what its row says, once, marked and with its ID', async () => {
		const { poll, warnings, about } = trigger('each');
		await poll();
		for (const record of ['a', 'b', 'b']) place(record);
		for (const uid of [2, 3]) shop.unreadable.add(uid);
		expect(uids(await poll())).toEqual([1]);
		shop.pass(14 * MINUTE);
		expect(await poll()).toBeNull();
		shop.pass(MINUTE);
		const [items] = (await poll()) ?? [];
		expect(items).toHaveLength(1);
		expect(items?.[0]?.json).toMatchObject({
			id: 'b',
			uid: 2,
			incomplete: true,
			_missing: [expect.stringContaining('A row that cannot be read.')],
			event: { id: expect.stringContaining(':each:b:2-') },
		});
		expect(warnings.at(-1)).toMatch(/^Record b is told of by what its row says/);
		for (const uid of [2, 3]) shop.unreadable.delete(uid);
		expect(uids(await poll())).toEqual([3]);
		for (let hour = 0; hour < 3; hour++) {
			shop.pass(HOUR);
			expect(await poll()).toBeNull();
		}
		expect(about.staticData).toHaveProperty('feeds.each.pending', {});
	});

	test('is one of many: each of fifty comes, and the shop is not asked without end', async () => {
		const { poll } = trigger('each', { maxItems: 1_000 });
		await poll();
		for (let row = 1; row <= 120; row++) place(`${row}`);
		for (let uid = 1; uid <= 50; uid++) shop.unreadable.add(uid);
		const seen: unknown[] = [];
		for (let minute = 0; minute < 40; minute++) {
			const { resolve } = shop.calls;
			seen.push(...(uids(await poll()) ?? []));
			expect(shop.calls.resolve - resolve).toBeLessThan(100);
			shop.pass(MINUTE);
		}
		expect(seen.sort((a, b) => Number(a) - Number(b))).toEqual(
			Array.from({ length: 120 }, (_, at) => at + 1),
		);
	});

	test('is not blamed for what concerns the whole shop', async () => {
		const { poll, about } = trigger('each');
		await poll();
		for (const record of ['a', 'b', 'c']) place(record);
		const before = JSON.stringify(about.staticData);
		shop.failAfter = 2;
		shop.failure = 'permanent';
		const { resolve } = shop.calls;
		await expect(poll()).rejects.toThrow('The key has no right.');
		expect(shop.calls.resolve).toBe(resolve + 1);
		expect(JSON.stringify(about.staticData)).toBe(before);
	});
});

describe('rows that are not whole', () => {
	test('wait, and later rows of their record with them; after the grace time they come as they are', async () => {
		const { poll } = trigger('each');
		await poll();
		place('a', { completeInMs: HOUR });
		place('a');
		place('b');
		expect(uids(await poll())).toEqual([3]);
		shop.pass(10 * MINUTE);
		expect(await poll()).toBeNull();
		shop.pass(5 * MINUTE);
		expect(uids(await poll())).toEqual([1, 2]);
	});

	test('that are deleted hold nothing up', async () => {
		const { poll, about } = trigger('each');
		await poll();
		const row = place('a', { completeInMs: Infinity });
		await poll();
		row.deleted = true;
		await poll();
		expect(about.staticData).toHaveProperty('feeds.each.pending', {});
	});

	test('come in the end even if n8n stores no poll without events', async () => {
		const { start } = trigger('each');
		const stored = staticData();
		await start('activate', { staticData: stored })();
		place('a', { completeInMs: Infinity });
		const tick = async () =>
			await start('update', { staticData: JSON.parse(JSON.stringify(stored)) as IDataObject })();
		expect(await tick()).toBeNull();
		shop.pass(16 * MINUTE);
		expect(uids(await tick())).toEqual([1]);
	});
});

describe('late rows', () => {
	test('change what a skipped row of their record is, across pages and cut polls', async () => {
		const { poll } = trigger('changed', { maxItems: 1 });
		await poll();
		place('a', { delayMs: MINUTE });
		const change = place('a');
		for (let row = 0; row < 300; row++) place(`${row}`);
		const last = place('a');
		expect(uids(await poll())).toEqual([last.uid]);
		shop.pass(MINUTE);
		expect(uids(await poll())).toEqual([change.uid]);
		expect(await poll()).toBeNull();
	});

	test('across an activation are delivered', async () => {
		place('late', { delayMs: MINUTE });
		for (let row = 0; row < 10; row++) place('a');
		const { poll } = trigger('each');
		await poll();
		shop.pass(MINUTE);
		expect(uids(await poll())).toEqual([1]);
	});
});

describe('what n8n stores', () => {
	test('nothing but a copy per poll, not even from the activation: no event is lost or repeated', async () => {
		const { start } = trigger('each');
		await start('activate', { staticData: {} })();
		place('a');
		const failing = {};
		expect(uids(await start('update', { staticData: failing })())).toEqual([1]);
		// The hand-over failed and was rolled back: n8n shows the old state again some minutes later.
		shop.pass(2 * MINUTE);
		const stored = {};
		expect(uids(await start('update', { staticData: stored })())).toEqual([1]);
		expect(await start('update', { staticData: stored })()).toBeNull();
	});

	test('is not touched by a poll that fails without events', async () => {
		const { poll, about } = trigger('changed');
		await poll();
		const before = JSON.stringify(about.staticData);
		for (let row = 0; row < 60; row++) place(`${row}`);
		shop.failAfter = 2;
		shop.failure = 'permanent';
		await expect(poll()).rejects.toThrow('The key has no right.');
		expect(JSON.stringify(about.staticData)).toBe(before);
	});

	test('may be of the version before, which is continued without an event twice', async () => {
		for (const record of ['a', 'b', 'c']) place(record);
		const stored = ObservableObject.create(
			JSON.parse(`{"v":1,"scope":"https://shop.test each","variant":"each","feeds":{"each":{
				"floor":0,"anchor":null,"marks":[{"position":2,"at":${shop.now}}],
				"rows":{"1@20250601020000":{"position":1,"record":"a","skipped":false}},
				"events":{"row 1-20250601020000":1},
				"waiting":{"2@20250601020000":{"position":2,"since":${shop.now}}},
				"stamp":"2025-06-01 02:00:00","known":{},"complete":1}}}`) as IDataObject,
		);
		const { start, warnings } = trigger('each', { staticData: stored });
		const poll = start('init');
		expect(uids(await poll())).toEqual([2, 3]);
		expect(await poll()).toBeNull();
		expect(warnings).toEqual([]);
	});

	test('may be of another version or broken by hand: the trigger starts anew and says so', async () => {
		const { start, warnings } = trigger('each');
		place('a');
		const broken = { v: 2, scope: 'https://shop.test each', variant: 'each', feeds: { each: 5 } };
		const poll = start('init', { staticData: broken });
		expect(await poll()).toBeNull();
		expect(warnings).toEqual([expect.stringContaining('damaged')]);
		place('b');
		expect(uids(await poll())).toEqual([2]);
	});

	test('is of another event after an edit: the new one counts from then on', async () => {
		const { about, start } = trigger('each');
		await start('activate')();
		place('a');
		about.parameters.event = 'changed';
		const poll = start('update');
		expect(await poll()).toBeNull();
		place('a');
		expect(uids(await poll())).toEqual([2]);
	});
});

test('a database that was set back and overgrew the old numbers: what is new comes, nothing old', async () => {
	const { poll, warnings } = trigger('each');
	await poll();
	for (let row = 0; row < 60; row++) place('a');
	await poll();
	shop.pass(HOUR);
	place('b');
	await poll();
	shop.rows = shop.rows.slice(0, 40);
	shop.nextId = 41;
	shop.pass(MINUTE);
	const fresh = Array.from({ length: 30 }, () => place('c').uid);
	expect(uids(await poll())).toEqual(fresh);
	expect(warnings).toEqual([expect.stringContaining('went back from number 60 to 40')]);
	expect(await poll()).toBeNull();
});

test('a failing second feed does not hold up the first', async () => {
	const { poll, warnings } = trigger('stalled');
	await poll();
	place('a');
	shop.pass(5 * MINUTE);
	// The first feed asks twice: for rows and for what they are.
	shop.failAfter = 3;
	expect(uids(await poll())).toEqual([1]);
	expect(warnings).toHaveLength(1);
});

test('an event that one feed delivered does not come again from another', async () => {
	const { poll } = trigger('stalled');
	await poll();
	place('a', { completeInMs: DAY });
	await poll();
	shop.pass(6 * MINUTE);
	await poll();
	shop.pass(16 * MINUTE);
	expect(uids(await poll())).toEqual([1]);
	shop.pass(2 * DAY);
	expect(await poll()).toBeNull();
});

test('look-ups made for one page are not used for the next', async () => {
	const { poll, events } = trigger('changed', { maxItems: 50 });
	const [stream] = (await events[2]?.open({} as never, undefined))?.streams ?? [];
	await poll();
	for (let row = 0; row < 199; row++) place(`${row}`);
	place('a');
	const list = stream?.list;
	if (!stream || !list) throw new Error('No stream.');
	let pages = 0;
	stream.list = async (...about) => {
		if (++pages === 2) place('a');
		return await list(...about);
	};
	expect(uids(await poll())).toEqual([201]);
});

describe('a feed that shows only the present', () => {
	let present: Array<{ id: number; at: number; value: string }>;

	const stream: Stream<object> = {
		name: 'present',
		list: async (_, after) =>
			toRows(present.filter(({ at }) => at > after).sort((a, b) => a.at - b.at)),
		newest: async (_, count) => toRows([...present].sort((a, b) => b.at - a.at).slice(0, count)),
		cursorAt: async (_, instant) => instant - 1,
		resolve: async (_, rows, { trackedValues }) =>
			rows.map(({ recordId, data, key }) =>
				trackedValues[recordId] === data.value
					? 'skip'
					: {
							key,
							recordId,
							changeId: key,
							occurredAt: null,
							json: { uid: `${recordId}${data.value}` },
						},
			),
		track: ({ data }) => data.value ?? '',
		overlapMs: 62 * MINUTE,
		gracePeriodMs: 0,
		keepsRows: false,
		everyMs: 0,
	};
	const event: TriggerEvent<object> = {
		value: 'present',
		name: '',
		description: '',
		needs: [],
		fields: [],
		open: async () => ({ variant: '', streams: [stream] }),
	};
	const toRows = (found: typeof present) =>
		found.map(({ id, at, value }) => ({
			key: `${id}@${at}:${value}`,
			cursor: at,
			recordId: `${id}`,
			stamp: '',
			data: { value },
		}));

	test.each([
		['now', ['1b', '3c', '2c']],
		['date', ['1a', '1b', '3c', '2c']],
	])(
		'gives each change once from %s on, also in the hour that comes twice',
		async (startFrom, expected) => {
			present = [
				{ id: 2, at: 1_000, value: 'a' },
				{ id: 1, at: 2_000, value: 'a' },
			];
			const parameters = {
				event: 'present',
				options: { startFrom, startDate: new Date(2_000).toISOString() },
			};
			const about = { staticData: staticData(), parameters, workflowId: `w${++workflows}` };
			const context = contextOf(about);
			const poll = async () => uids(await pollEvents(context, vendor, [event], instantOf)) ?? [];
			const got = await poll();
			const change = async (id: number, at: number, value: string) => {
				present = [...present.filter((row) => row.id !== id), { id, at, value }];
				got.push(...(await poll()));
				shop.pass(MINUTE);
			};
			await change(1, HOUR + 55 * MINUTE, 'b');
			await change(2, HOUR + 56 * MINUTE, 'a');
			shop.pass(20 * MINUTE);
			await change(3, HOUR + 5 * MINUTE, 'c');
			await change(2, HOUR + 6 * MINUTE, 'c');
			expect(got).toEqual(expected);
		},
	);
});

describe('"Fetch test event"', () => {
	const fetch = (event: EventName, data: IDataObject = {}) =>
		trigger(event).start('manual', { mode: 'manual', staticData: data });

	test('gives the newest real event and leaves the state alone', async () => {
		place('a');
		place('b', { completeInMs: Infinity });
		const data = Object.freeze({ v: 1 });
		expect(uids(await fetch('each', data)())).toEqual([2]);
		expect(uids(await fetch('created', data)())).toEqual([2]);
	});

	test('says what to do when there is none', async () => {
		expect(await failed(fetch('changed'))).toBe(
			'Fetch a test event from Testshop: The shop has nothing that matches yet. Place a test order (or change one) in the shop and fetch again.',
		);
	});

	test('fails like a poll', async () => {
		shop.failAfter = 1;
		expect(await failed(fetch('each'))).toContain('The shop is down.');
	});
});

test('every event has an ID made of shop, event, record and change', async () => {
	const { poll } = trigger('each');
	await poll();
	place('a');
	expect((await poll())?.[0]?.[0]?.json.event).toEqual({
		id: 'shop.test:each:a:1-20250601020000',
		type: 'each',
		occurredAt: null,
		shop: 'shop.test',
	});
});

/** What a process remembers of its triggers, and when it forgets. */
import type { IPollFunctions } from 'n8n-workflow';
import { TriggerMemories, TriggerMemory } from '../../nodes/shared/polling/processMemory.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

jest.useFakeTimers({ now: Date.UTC(2026, 0, 1), doNotFake: ['nextTick', 'setImmediate'] });

const pass = (ms: number) => jest.setSystemTime(Date.now() + ms);

const contextIn = (mode: string) => ({ getActivationMode: () => mode }) as IPollFunctions;

describe('the triggers of a process', () => {
	test('have one memory each, as long as they poll', () => {
		const memories = new TriggerMemories();
		const first = memories.of('a');
		for (let day = 0; day < 20; day++) {
			pass(DAY);
			expect(memories.of('a')).toBe(first);
			expect(memories.of('b')).not.toBe(first);
		}
		expect(memories.size).toBe(2);
	});

	test('are forgotten a week after their last poll, whoever polls then', () => {
		const memories = new TriggerMemories();
		for (let each = 0; each < 50; each++) memories.of(`gone ${each}`);
		pass(6 * DAY);
		memories.of('alive');
		expect(memories.size).toBe(51);
		pass(DAY);
		memories.of('alive');
		expect(memories.size).toBe(1);
	});

	test('are bounded: those that have not polled for longest go first', () => {
		const memories = new TriggerMemories();
		const first = memories.of('first');
		const second = memories.of('second');
		for (let each = 0; each < 1_998; each++) memories.of(`${each}`);
		expect(memories.of('first')).toBe(first);
		memories.of('one more');
		expect(memories.size).toBe(2_000);
		expect(memories.of('first')).toBe(first);
		expect(memories.of('second')).not.toBe(second);
	});
});

describe('a state that n8n did not store', () => {
	test('is gone on with from the first and the last state it came of, and from itself', () => {
		const memory = new TriggerMemory();
		memory.keep('one', 'two');
		memory.keep('two', 'three');
		for (const stored of ['one', 'two', 'three']) expect(memory.recall(stored)).toBe('three');
	});

	test('is dropped when n8n shows another one', () => {
		const memory = new TriggerMemory();
		memory.keep('one', 'two');
		expect(memory.recall('other')).toBe('other');
		expect(memory.recall('one')).toBe('one');
	});

	test('is all that is kept as a text', () => {
		const memory = new TriggerMemory();
		const long = (letter: string) => letter.repeat(100_000);
		memory.keep(long('a'), long('b'));
		for (let each = 0; each < 50; each++) memory.markHandedOver(long(`${each}`));
		const texts = JSON.stringify(memory, (_, value: unknown) =>
			value instanceof Map ? [...value] : value,
		);
		expect(texts.length).toBeLessThan(110_000);
	});
});

test('events count as handed over for two minutes, for the very state they came of', () => {
	const memory = new TriggerMemory();
	memory.markHandedOver('{"at":1}');
	expect(memory.isHandedOver('{"at":1}')).toBe(true);
	expect(memory.isHandedOver('{"at":2}')).toBe(false);
	pass(2 * MINUTE - 1);
	expect(memory.isHandedOver('{"at":1}')).toBe(true);
	pass(1);
	expect(memory.isHandedOver('{"at":1}')).toBe(false);
});

test('the first poll of an activation is told from the ticks of either engine', () => {
	const memory = new TriggerMemory();
	const context = contextIn('activate');
	expect(memory.isActivation(context)).toBe(true);
	expect(memory.isActivation(context)).toBe(false);
	expect(memory.isActivation(contextIn('update'))).toBe(true);
	expect(memory.isActivation(contextIn('update'))).toBe(false);
	expect(memory.isActivation(contextIn('init'))).toBe(true);
});

describe('the time of polls', () => {
	const ended = { ranOut: false, moved: false, isQuick: true };

	test.each([
		['that got nowhere count in a row', [{ ranOut: true }, { ranOut: true }, { ranOut: true }], 3],
		['that got further count as one', [{ ranOut: true, moved: true }], 1],
		[
			'that got further after some that did not count as one',
			[{ ranOut: true }, { ranOut: true }, { ranOut: true, moved: true }],
			1,
		],
		['that got further do not add up', Array(3).fill({ ranOut: true, moved: true }), 1],
		['that ended slowly leave one', [{ ranOut: true }, { ranOut: true }, { isQuick: false }], 1],
		['that ended slowly are none by themselves', [{ isQuick: false }, { isQuick: false }], 0],
		['that ended soon make an end of it', [{ ranOut: true }, { ranOut: true }, {}], 0],
		['are counted anew after that', [{ ranOut: true }, {}, { ranOut: true }], 1],
	] as Array<[string, Array<Partial<typeof ended>>, number]>)('%s', (_, polls, count) => {
		const memory = new TriggerMemory();
		for (const each of polls) memory.noteTime({ ...ended, ...each });
		expect(memory.timeouts).toBe(count);
	});
});

describe('what a poll has loaded', () => {
	const activation = contextIn('activate');

	/** The memory of a trigger whose last poll loaded something at the time 0. */
	function afterPoll({ ranOut }: { ranOut: boolean }) {
		const memory = new TriggerMemory();
		memory.isActivation(activation);
		const loads = memory.loaded(0);
		loads.set('statuses', Promise.resolve());
		memory.noteTime({ ranOut, moved: false, isQuick: !ranOut });
		return { memory, loads };
	}

	test('is there for the next one only when there was no time left', () => {
		for (const ranOut of [true, false]) {
			const { memory, loads } = afterPoll({ ranOut });
			expect(memory.loaded(MINUTE) === loads).toBe(ranOut);
		}
	});

	test('is not gone back to once a poll had time', () => {
		const { memory, loads } = afterPoll({ ranOut: true });
		memory.noteTime({ ranOut: false, moved: false, isQuick: true });
		expect(memory.loaded(1)).not.toBe(loads);
		memory.noteTime({ ranOut: true, moved: false, isQuick: false });
		expect(memory.loaded(2)).not.toBe(loads);
	});

	test('is five minutes old at most, however often it was of use, either way round', () => {
		const { memory, loads } = afterPoll({ ranOut: true });
		for (const at of [2 * MINUTE, 4 * MINUTE, 5 * MINUTE - 1, 1 - 5 * MINUTE]) {
			expect(memory.loaded(at)).toBe(loads);
		}
		const anew = memory.loaded(5 * MINUTE);
		expect(anew).not.toBe(loads);
		expect(anew.size).toBe(0);
		// And that for five minutes.
		expect(memory.loaded(10 * MINUTE - 1)).toBe(anew);
		expect(memory.loaded(0)).not.toBe(anew);
	});

	test('is dropped at an activation, because the credential may be another one, not at a tick', () => {
		const { memory, loads } = afterPoll({ ranOut: true });
		expect(memory.isActivation(activation)).toBe(false);
		expect(memory.loaded(1)).toBe(loads);
		expect(memory.isActivation(contextIn('activate'))).toBe(true);
		expect(memory.loaded(2)).not.toBe(loads);
	});
});

test('a feed of its own rhythm is due after its time, and when the clock went back', () => {
	const memory = new TriggerMemory();
	expect(memory.isDue('rare', 5 * MINUTE, 1_000)).toBe(true);
	memory.markLookedAt('rare', 1_000);
	expect(memory.isDue('rare', 5 * MINUTE, 1_000 + 5 * MINUTE - 1)).toBe(false);
	expect(memory.isDue('other', 5 * MINUTE, 1_001)).toBe(true);
	expect(memory.isDue('rare', 5 * MINUTE, 1_000 + 5 * MINUTE)).toBe(true);
	expect(memory.isDue('rare', 5 * MINUTE, 0)).toBe(true);
});

test('a busy shop is waited for a quarter of an hour, counted anew once it was reached', () => {
	const memory = new TriggerMemory();
	expect(memory.isPatient()).toBe(true);
	pass(15 * MINUTE - 1);
	expect(memory.isPatient()).toBe(true);
	pass(1);
	expect(memory.isPatient()).toBe(false);
	memory.markReached();
	expect(memory.isPatient()).toBe(true);
});

test('polls of one trigger do not run beside each other; one that hangs is given up after ten minutes', async () => {
	const memory = new TriggerMemory();
	let release = (): void => {};
	const hung = memory.unlessPolling(async (isGivenUp) => {
		await new Promise<void>((resolve) => (release = resolve));
		return isGivenUp();
	});
	expect(await memory.unlessPolling(async () => 'second')).toBeNull();
	pass(10 * MINUTE);
	expect(await memory.unlessPolling(async () => 'third')).toBe('third');
	release();
	expect(await hung).toBe(true);
	await expect(
		memory.unlessPolling(async () => await Promise.reject(new Error('down'))),
	).rejects.toThrow();
	expect(await memory.unlessPolling(async () => 'after a failure')).toBe('after a failure');
});

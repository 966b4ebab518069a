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

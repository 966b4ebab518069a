/** What tests of triggers on every shop need. */
import { jest } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import type { TriggerBench } from './engine.mts';

const MS_PER_MINUTE = 60_000;

/** A clock that goes on by hand only. */
export interface HeldTime {
	pass(minutes: number): void;
	end(): void;
}

/** Takes hold of `Date` alone: the shop's clock and the trigger's go on together, by hand. */
export function holdTime(at: string): HeldTime {
	jest.useFakeTimers({
		now: Date.parse(at),
		doNotFake: [
			'hrtime',
			'nextTick',
			'performance',
			'queueMicrotask',
			'setImmediate',
			'clearImmediate',
			'setInterval',
			'clearInterval',
			'setTimeout',
			'clearTimeout',
		],
	});
	return {
		pass: (minutes) => jest.setSystemTime(Date.now() + minutes * MS_PER_MINUTE),
		end: () => jest.useRealTimers(),
	};
}

/**
 * What a file of trigger tests works with: one sandbox shop and a clock that goes on by hand, for all of
 * its tests. `use` gets them before the first one.
 */
export function heldShop<Shop extends { close(): Promise<void> }>(
	at: string,
	start: () => Promise<Shop>,
	use: (shop: Shop, time: HeldTime) => void,
): void {
	let end = async (): Promise<void> => {};
	beforeAll(async () => {
		const time = holdTime(at);
		const shop = await start();
		end = async () => {
			time.end();
			await shop.close();
		};
		use(shop, time);
	});
	afterAll(async () => await end());
}

/** A trigger past its first poll. */
export async function activated(trigger: TriggerBench, time: HeldTime): Promise<TriggerBench> {
	expect(await trigger.poll('activate')).toEqual([]);
	time.pass(1);
	return trigger;
}

/** The records of the delivered items, in order. */
export function ids(items: Array<{ json: IDataObject }>): number[] {
	return items.map(({ json }) => Number(json.id));
}

/** The event part of an item. */
export function eventOf({ json }: { json: IDataObject }): IDataObject {
	return json.event as IDataObject;
}

/** What tests of triggers on every shop need. */
import { jest } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

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

/** The records of the delivered items, in order. */
export function ids(items: Array<{ json: IDataObject }>): number[] {
	return items.map(({ json }) => Number(json.id));
}

/** The event part of an item. */
export function eventOf({ json }: { json: IDataObject }): IDataObject {
	return json.event as IDataObject;
}

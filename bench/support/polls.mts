import type { INodeExecutionData } from 'n8n-workflow';
import type { TriggerBench } from '../../test/support/engine.mts';
import { pass } from './clock.mts';

/** Activates a trigger and polls it, until it has settled and there is nothing it still keeps an eye on. */
export async function settledTrigger(trigger: TriggerBench): Promise<TriggerBench> {
	await trigger.poll('activate');
	for (let polls = 0; polls < 3; polls++) {
		pass(20);
		await trigger.poll();
	}
	pass(1);
	return trigger;
}

/** Activates a trigger and polls it once a minute until nothing comes any more. */
export async function pollAll(trigger: TriggerBench): Promise<INodeExecutionData[]> {
	const all = await trigger.poll('activate');
	for (;;) {
		pass(1);
		const items = await trigger.poll();
		if (items.length === 0) return all;
		all.push(...items);
	}
}
